package dev.averment.server.monitoring.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** When something is due. Immutable, and the same answer for the same question for ever. */
public sealed interface Schedule permits IntervalSchedule, WallClockSchedule {
    /** Longest expression taken, in characters. */
    int MAX_LENGTH = 100;

    /**
     * The first due time after an instant.
     *
     * @return strictly later; empty when the expression names years that are over
     */
    Optional<Instant> next(Instant after);

    /**
     * Reads an expression: five or six fields are a cron line, anything else is a calendar expression.
     *
     * @param zone where its hours are counted, unless a calendar expression names a zone itself
     * @throws ScheduleException with what is wrong, for the user who wrote it
     */
    static Schedule of(String expression, ZoneId zone) throws ScheduleException {
        String text = expression.strip();
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new ScheduleException("A schedule has 1 to " + MAX_LENGTH + " characters.");
        }
        int fields = text.split("\\s+", -1).length;
        return text.startsWith("@") || fields == 5 || fields == 6
                ? CronLine.read(text, zone)
                : CalendarExpression.read(text, zone);
    }
}
