package dev.averment.checks.intakelimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntakeLimitsCheckTest {
    private static final Map<String, Object> EXPECT =
            Map.of("beyond", "refused", "retryAfter", "present", "replicas", "shared");

    private final IntakeLimitsCheck type = new IntakeLimitsCheck();

    @Test
    void a_way_without_a_limit_or_a_refusal_without_a_time_is_failing() {
        for (String way : List.of(IntakeLimitsCollector.PINGS, IntakeLimitsCollector.EVENTS)) {
            assertThat(Altered.of(type, EXPECT).subject(way, "refused", false).verdict())
                    .as(way)
                    .isEqualTo(Verdict.FAILING);
            assertThat(Altered.of(type, EXPECT)
                            .subject(way, "retryAfterSeconds", -1L)
                            .verdict())
                    .as(way)
                    .isEqualTo(Verdict.FAILING);
        }
    }

    @Test
    void without_numbers_nothing_is_proven() {
        assertThat(Altered.of(type, EXPECT).subjects("tried", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).value("servers", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_promise_of_something_else_is_not_judged() {
        Map<String, Object> other = Map.of("replicas", "other");
        var said = type.judge().judge(type.passingExample(other, Altered.NOW), other, Altered.NOW);
        assertThat(said.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(said.reason()).contains("replicas");
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
