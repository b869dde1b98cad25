package dev.averment.checks.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitCheckTest {
    private static final Map<String, Object> EXPECT =
            Map.of("beyond", "refused", "retryAfter", "present", "replicas", "shared");

    private final RateLimitCheck type = new RateLimitCheck();

    @Test
    void a_way_that_is_never_refused_is_failing() {
        assertThat(Altered.of(type, EXPECT).subject("reset", "refused", false).reason())
                .startsWith("Reset was not refused in 6 tries");
    }

    @Test
    void a_refusal_without_a_time_is_failing() {
        assertThat(Altered.of(type, EXPECT).subjects("retryAfterSeconds", -1L).verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, Map.of("beyond", "refused"))
                        .subjects("retryAfterSeconds", -1L)
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void the_reason_says_on_how_many_servers() {
        assertThat(Altered.of(type, EXPECT).value("servers", 2L).reason()).contains("2 servers together");
        assertThat(Altered.of(type, EXPECT).value("servers", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
