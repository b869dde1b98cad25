package dev.averment.server.monitoring;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A monitor went from one state to another.
 *
 * @param name      the monitor's, as people gave it
 * @param run       the run that made it so; empty when a run did not come, or a person changed it
 * @param reason    a sentence that says why
 * @param dependsOn the monitors of the same workspace that this one depends on
 */
public record MonitorChange(
        UUID workspace,
        UUID monitor,
        String name,
        MonitorState from,
        MonitorState to,
        Optional<UUID> run,
        String reason,
        Instant at,
        List<UUID> dependsOn) {
    public MonitorChange {
        dependsOn = List.copyOf(dependsOn);
    }
}
