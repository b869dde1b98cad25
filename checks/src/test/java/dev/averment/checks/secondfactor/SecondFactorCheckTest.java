package dev.averment.checks.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecondFactorCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("coverage", "all", "withoutFactor", "enrolment-only");

    private final SecondFactorCheck type = new SecondFactorCheck();

    @Test
    void an_operator_without_a_factor_is_failing_and_named() {
        var judgement = Altered.of(type, EXPECT).subject("operator 1", "apps", 0L);
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("operator 1");
    }

    @Test
    void operating_with_a_password_alone_is_failing() {
        assertThat(Altered.of(type, EXPECT)
                        .subject(SecondFactorCollector.WITHOUT, "operated", true)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void an_operator_who_cannot_enrol_is_failing() {
        assertThat(Altered.of(type, EXPECT)
                        .subject(SecondFactorCollector.WITHOUT, "enrolment", false)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_door_that_opens_to_nobody_proves_nothing() {
        assertThat(Altered.of(type, EXPECT)
                        .subject(SecondFactorCollector.WITH, "operated", false)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void an_operator_who_is_missing_from_the_facts_proves_nothing() {
        assertThat(Altered.of(type, EXPECT).value("operators", 2L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).subject("operator 1", "apps", "?").verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
