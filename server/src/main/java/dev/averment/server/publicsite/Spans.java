package dev.averment.server.publicsite;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Lengths of time as people say them: one unit, rounded down, so that nothing looks fresher than it is by a unit. */
final class Spans {

    private Spans() {}

    /** @param unit SECONDS, MINUTES, HOURS or DAYS */
    record Span(long count, ChronoUnit unit) {}

    /**
     * Seconds to 119, minutes to 119, hours to 47, then days: an age keeps two figures where it matters.
     *
     * <p>A negative length (a clock ahead of ours) counts as nothing. {@code ages.js} has the same steps.
     */
    static Span of(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 120) {
            return new Span(seconds, ChronoUnit.SECONDS);
        }
        if (seconds < 120 * 60) {
            return new Span(seconds / 60, ChronoUnit.MINUTES);
        }
        if (seconds < 48 * 3600) {
            return new Span(seconds / 3600, ChronoUnit.HOURS);
        }
        return new Span(seconds / 86_400, ChronoUnit.DAYS);
    }

    static boolean isNow(Duration age) {
        return age.compareTo(Duration.ofSeconds(1)) < 0;
    }
}
