package dev.averment.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private final SplittableRandom random = new SplittableRandom(7);

    private Duration after(int tries, Duration asked, boolean slow) {
        return RetrySchedule.after(tries, Optional.ofNullable(asked), slow, random).orElseThrow();
    }

    @Test
    void waits_are_those_of_standard_webhooks_a_fifth_more_or_less() {
        List<Duration> waits = List.of(
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                Duration.ofHours(5),
                Duration.ofHours(10),
                Duration.ofHours(14),
                Duration.ofHours(20),
                Duration.ofHours(24));
        for (int tries = 1; tries <= waits.size(); tries++) {
            Duration wait = waits.get(tries - 1);
            for (int i = 0; i < 100; i++) {
                assertThat(after(tries, null, false))
                        .isBetween(wait.multipliedBy(4).dividedBy(5), wait.multipliedBy(6).dividedBy(5));
            }
        }
        assertThat(RetrySchedule.after(RetrySchedule.TRIES, Optional.empty(), false, random))
                .isEmpty();
    }

    @Test
    void a_receiver_may_ask_for_more_time_within_reason_and_never_for_less() {
        assertThat(after(1, Duration.ofSeconds(90), false)).isEqualTo(Duration.ofSeconds(90));
        assertThat(after(1, Duration.ofDays(400), false)).isEqualTo(Duration.ofMinutes(15));
        assertThat(after(4, Duration.ofHours(3), false)).isEqualTo(Duration.ofHours(3));
        assertThat(after(4, Duration.ofHours(30), false)).isEqualTo(Duration.ofHours(4));
        assertThat(after(4, Duration.ZERO, false)).isGreaterThan(Duration.ofMinutes(90));
        assertThat(after(1, null, true)).as("too much to do").isGreaterThanOrEqualTo(Duration.ofSeconds(48));
    }

    @Test
    void retry_after_is_seconds_or_a_date() {
        assertThat(RetrySchedule.retryAfter("120", NOW)).contains(Duration.ofSeconds(120));
        assertThat(RetrySchedule.retryAfter("Wed, 25 Nov 2026 12:02:00 GMT", NOW)).contains(Duration.ofSeconds(120));
        assertThat(RetrySchedule.retryAfter("Wed, 25 Nov 2026 11:00:00 GMT", NOW)).isEmpty();
        assertThat(RetrySchedule.retryAfter("soon", NOW)).isEmpty();
        assertThat(RetrySchedule.retryAfter("-5", NOW)).isEmpty();
    }

    @Test
    void answers_are_kept_without_secrets_and_in_8_kib() {
        byte[] echo = "no hook at /services/T0/secretsecret, https:\\/\\/x\\/secretsecret; token tok-123456 \u0000"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Redaction.of(echo, List.of("/services/T0/secretsecret", "secretsecret", "tok-123456")))
                .isEqualTo("no hook at [redacted], https:\\/\\/x\\/[redacted]; token [redacted] \ufffd");
        assertThat(Redaction.of("ü".repeat(8_192).getBytes(StandardCharsets.UTF_8), List.of())
                        .getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(8_192);
    }
}
