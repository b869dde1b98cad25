package dev.averment.checks.sessionrevocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRevocationCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("refused", "next-request");

    private final SessionRevocationCheck type = new SessionRevocationCheck();

    @ParameterizedTest
    @ValueSource(strings = {"accessToken", "refreshToken", "cookies"})
    void what_still_works_is_failing_and_named(String way) {
        var judgement = Altered.of(type, EXPECT).subject(SessionRevocationCollector.OPERATOR, way, true);
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains(SessionRevocationCollector.OPERATOR);
    }

    @Test
    void a_session_that_never_worked_shows_no_revocation() {
        assertThat(Altered.of(type, EXPECT).subjects("acceptedBefore", false).verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_cause_that_was_not_tried_proves_nothing() {
        assertThat(Altered.of(type, EXPECT).value("causes", List.of("thunder")).verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void the_reason_says_on_how_many_servers() {
        assertThat(Altered.of(type, EXPECT).value("servers", 1L).reason()).contains("the one server");
        assertThat(Altered.of(type, EXPECT).value("servers", 3L).reason()).contains("3 servers");
        assertThat(Altered.of(type, EXPECT).value("servers", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
