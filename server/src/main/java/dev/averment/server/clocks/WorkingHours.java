package dev.averment.server.clocks;

import java.time.LocalTime;

/**
 * A stretch of a working day.
 *
 * @param from opening, on that day
 * @param to   closing, later on that day
 */
public record WorkingHours(LocalTime from, LocalTime to) {
    public WorkingHours {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("working hours begin before they end, both on the same day");
        }
    }
}
