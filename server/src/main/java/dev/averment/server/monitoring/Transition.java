package dev.averment.server.monitoring;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run's status or a monitor's state changed.
 *
 * @param run  whose status it is, or which made the monitor's state change
 * @param from empty for a run that is new
 */
record Transition(
        Subject subject, @Nullable UUID run, String from, String to, Instant at, String actor, String reason) {
    enum Subject {
        RUN,
        MONITOR
    }
}
