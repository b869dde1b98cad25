package dev.averment.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.limits.Limits.Decision;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalLimitsTest extends LimitsContract {

    @Override
    protected Limits limits() {
        return new LocalLimits(clock);
    }

    @Override
    protected Duration granularity(Limit limit) {
        return limit.window().dividedBy(LocalLimits.PARTS);
    }

    /** A flood of made-up addresses must not fill the memory. */
    @Test
    @Asvs("13.1.2")
    void no_more_keys_are_kept_than_there_is_room_for() {
        var limits = new LocalLimits(clock, 1_000);
        var limit = new Limit("l", 5, Duration.ofMinutes(10));
        for (int i = 0; i < 20_000; i++) {
            limits.take(limit, "key " + i);
        }
        assertThat(limits.keys()).isLessThanOrEqualTo(1_000);
    }

    /** Nor may the flood free somebody who is being guessed at, on a server that has been busy for a while. */
    @Test
    void a_flood_of_keys_that_are_used_once_does_not_push_out_one_that_is_used_often() {
        var limits = new LocalLimits(clock, 1_000);
        var limit = new Limit("l", 5, Duration.ofMinutes(10));
        for (int i = 0; i < 800; i++) {
            limits.take(limit, "somebody " + i);
        }
        for (int i = 0; i < 50; i++) {
            limits.take(limit, "target");
        }
        for (int i = 0; i < 20_000; i++) {
            limits.take(limit, "key " + i);
        }
        assertThat(limits.take(limit, "target")).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void what_nobody_uses_for_days_is_not_kept() {
        var limits = new LocalLimits(clock, 1_000);
        for (int i = 0; i < 100; i++) {
            limits.take(new Limit("l", 5, Duration.ofMinutes(10)), "key " + i);
        }
        clock.step(Duration.ofDays(2).plusMillis(1));
        assertThat(limits.keys()).isZero();
    }

    /** After a clock that was years ahead is put right, nobody waits for years. */
    @Test
    void a_clock_that_was_far_ahead_leaves_nobody_waiting() {
        Limits limits = limits();
        var limit = new Limit("l", 1, Duration.ofMinutes(10));
        clock.step(Duration.ofDays(400));
        limits.take(limit, "a");
        clock.step(Duration.ofDays(-400));
        assertThat(limits.take(limit, "a")).isInstanceOf(Decision.Allowed.class);
        assertThat(limits.take(limit, "a")).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void a_limit_without_sense_is_refused() {
        assertThatThrownBy(() -> new Limit("l", 0, Duration.ofMinutes(1))).hasMessageContaining("the limit l");
        assertThatThrownBy(() -> new Limit("l", 1, Duration.ofMillis(999))).hasMessageContaining("the limit l");
        assertThatThrownBy(() -> new Limit("l", 1, Duration.ofDays(2))).hasMessageContaining("the limit l");
    }
}
