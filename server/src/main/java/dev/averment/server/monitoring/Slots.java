package dev.averment.server.monitoring;

import dev.averment.server.monitoring.schedule.IntervalSchedule;
import dev.averment.server.monitoring.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which slot of a schedule a run is for: the nearest, whichever side it comes from. */
final class Slots {
    /** How far back is looked for the slot before a moment, and how many slots are passed on the way. */
    private static final List<Duration> BACK = List.of(
            Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(32), Duration.ofDays(400));

    private final Schedule schedule;

    Slots(Schedule schedule) {
        this.schedule = schedule;
    }

    /** Due again some time after the last, whatever the clock shows. */
    boolean byInterval() {
        return schedule instanceof IntervalSchedule;
    }

    @Nullable
    Instant after(Instant moment) {
        return schedule.next(moment).orElse(null);
    }

    /** The last slot at or before a moment; empty when there was none within 400 days. */
    Optional<Instant> before(Instant moment) {
        for (Duration back : BACK) {
            Instant found = null;
            Instant next = schedule.next(moment.minus(back)).orElse(null);
            while (next != null && !next.isAfter(moment)) {
                found = next;
                next = schedule.next(next).orElse(null);
            }
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Of two that are equally near, the one that was due. */
    @Nullable
    Instant nearest(Instant moment) {
        Instant before = before(moment).orElse(null);
        Instant after = after(moment);
        if (before == null || after == null) {
            return before == null ? after : before;
        }
        return Duration.between(before, moment).compareTo(Duration.between(moment, after)) <= 0 ? before : after;
    }
}
