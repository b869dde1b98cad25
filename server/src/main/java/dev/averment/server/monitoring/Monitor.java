package dev.averment.server.monitoring;

import dev.averment.server.monitoring.schedule.IntervalSchedule;
import dev.averment.server.monitoring.schedule.Schedule;
import dev.averment.server.monitoring.schedule.ScheduleException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of a workflow.
 *
 * @param pingId          whoever knows it can ping
 * @param slug            its name in the addresses of pings, may be empty and may be shared
 * @param plan            when its runs are due
 * @param grace           how late a run may start
 * @param maxRun          how long one may take; null for {@link #LONGEST_RUN}
 * @param minRun          how long one takes at least when it has done anything
 * @param failuresAllowed breaks in a row that alarm nobody yet
 * @param mutedUntil      until when nobody is told
 * @param postOnly        whether only pings by POST count
 * @param manualResume    whether a pause ends by hand alone
 * @param tokenOnly       whether pings need a token
 * @param requiredMetrics without which a run is incomplete
 */
public record Monitor(
        UUID workspace,
        UUID id,
        UUID pingId,
        String slug,
        String name,
        List<String> tags,
        String description,
        Plan plan,
        Duration grace,
        @Nullable Duration maxRun,
        @Nullable Duration minRun,
        int failuresAllowed,
        @Nullable Instant mutedUntil,
        boolean postOnly,
        boolean manualResume,
        boolean tokenOnly,
        List<String> requiredMetrics,
        Instant madeAt) {
    /** How long a run may take of which nothing else was said. */
    public static final Duration LONGEST_RUN = Duration.ofDays(28);

    public Monitor {
        tags = List.copyOf(tags);
        requiredMetrics = List.copyOf(requiredMetrics);
    }

    /**
     * A schedule as people wrote it.
     *
     * @param expression cron line or calendar expression; null for an interval
     * @param zone       where its hours are counted
     * @param every      null for an expression
     */
    public record Plan(
            @Nullable String expression,
            String zone,
            @Nullable Duration every) {
        public static Plan every(Duration time) {
            return new Plan(null, "UTC", time);
        }

        public static Plan at(String expression, String zone) {
            return new Plan(expression, zone, null);
        }

        /** @throws ScheduleException with what is wrong, for who wrote it */
        public Schedule read() throws ScheduleException {
            if (expression == null) {
                if (every == null) {
                    throw new ScheduleException("A monitor needs a schedule or an interval.");
                }
                try {
                    return new IntervalSchedule(every);
                } catch (IllegalArgumentException e) {
                    throw new ScheduleException("An interval is between one second and 365 days.");
                }
            }
            try {
                return Schedule.of(expression, ZoneId.of(zone));
            } catch (DateTimeException e) {
                throw new ScheduleException("\"" + zone + "\" is no time zone, such as Europe/Berlin.");
            }
        }
    }

    /** A time in which breaks are expected. */
    public record Maintenance(UUID id, UUID monitor, Instant from, Instant to, String reason) {
        boolean holds(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(to);
        }
    }

    Duration longestRun() {
        return maxRun == null ? LONGEST_RUN : maxRun;
    }

    boolean mutedAt(Instant moment) {
        return mutedUntil != null && moment.isBefore(mutedUntil);
    }
}
