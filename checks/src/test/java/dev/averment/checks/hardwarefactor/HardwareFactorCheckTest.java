package dev.averment.checks.hardwarefactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HardwareFactorCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("coverage", "all", "otherFactor", "refused");

    private final HardwareFactorCheck type = new HardwareFactorCheck();

    @Test
    void an_operator_without_a_key_in_hardware_is_failing_and_named() {
        var judgement = Altered.of(type, EXPECT).subject("operator 1", "hardware", 0L);
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("operator 1");
    }

    @Test
    void operating_with_less_is_failing_and_what_it_was_is_named() {
        for (String trial : HardwareFactorCollector.TRIALS) {
            var judgement = Altered.of(type, EXPECT).subject(trial, "operated", true);
            assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
            assertThat(judgement.reason()).contains(trial);
        }
    }

    @Test
    void a_factor_that_could_not_be_shown_proves_nothing() {
        for (String trial : HardwareFactorCollector.TRIALS) {
            assertThat(Altered.of(type, EXPECT)
                            .subject(trial, "signedIn", false)
                            .verdict())
                    .isEqualTo(Verdict.UNPROVEN);
        }
        assertThat(Altered.of(type, EXPECT).value("opensAtAll", false).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).value("operators", 2L).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
