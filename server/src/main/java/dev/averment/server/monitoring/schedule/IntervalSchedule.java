package dev.averment.server.monitoring.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Due again when a time has passed since the last run, whatever the clock on the wall says.
 *
 * @param every one second to 365 days
 */
public record IntervalSchedule(Duration every) implements Schedule {
    private static final Duration LONGEST = Duration.ofDays(365);

    public IntervalSchedule {
        if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("an interval is between one second and 365 days");
        }
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return Optional.of(after.plus(every));
    }
}
