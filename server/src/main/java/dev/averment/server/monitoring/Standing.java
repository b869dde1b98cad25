package dev.averment.server.monitoring;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a monitor stands, as its row says.
 *
 * @param told     the state that was last told to those who listen
 * @param due      the next slot that no run has answered; null when nobody waits for one
 * @param lastSlot the slot before that
 * @param failures breaks in a row
 * @param quiet    the run that further slots of the same verdict are counted on
 */
public record Standing(
        MonitorState state,
        Instant since,
        MonitorState told,
        @Nullable Instant due,
        @Nullable Instant lastSlot,
        int failures,
        @Nullable UUID quiet) {
    static Standing fresh(Instant since) {
        return new Standing(MonitorState.NEW, since, MonitorState.NEW, null, null, 0, null);
    }
}
