package dev.averment.server.delivery;

import dev.averment.server.jobs.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a delivery is tried again: the schedule that Standard Webhooks suggests, over three days, each wait up to a fifth longer
 * or shorter. Where a receiver asks to wait ({@code Retry-After}) that counts, as far as it is no shorter than the schedule and
 * no longer than a quarter of an hour or twice the schedule.
 */
public final class RetrySchedule {
    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** Tries in all. */
    public static final int TRIES = WAITS.size() + 1;

    private static final Duration LONGEST_ASKED = Duration.ofMinutes(15);
    private static final Duration SLOW = Duration.ofMinutes(1);

    private RetrySchedule() {}

    /**
     * @param tries   failed so far, from 1
     * @param asked   what the receiver asked for
     * @param slow    whether the receiver has too much to do: answered 429, 502 or 504, or not in time
     * @return empty when there is no further try
     */
    static Optional<Duration> after(int tries, Optional<Duration> asked, boolean slow, RandomGenerator random) {
        if (tries >= TRIES) {
            return Optional.empty();
        }
        Duration usual = WAITS.get(tries - 1);
        Duration base = slow && usual.compareTo(SLOW) < 0 ? SLOW : usual;
        Duration jittered = RetryPolicy.jittered(base, random);
        Duration most = max(LONGEST_ASKED, base.multipliedBy(2));
        return Optional.of(asked.map(wait -> wait.compareTo(most) > 0 ? most : max(wait, jittered))
                .orElse(jittered));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** RFC 9110 §10.2.3: seconds or a date; empty for whatever is neither. */
    static Optional<Duration> retryAfter(String header, Instant now) {
        String value = header.strip();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Duration until = Duration.between(
                    now,
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                            .toInstant());
            return until.isNegative() ? Optional.empty() : Optional.of(until);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
