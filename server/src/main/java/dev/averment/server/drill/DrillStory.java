package dev.averment.server.drill;

import dev.averment.server.delivery.Delivery;
import dev.averment.server.incidents.Incident;
import dev.averment.server.monitoring.Monitors;
import dev.averment.server.monitoring.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A demo as it stands, and what came of its last drill.
 *
 * @param workflows each with its monitor; one that somebody deleted is missing
 * @param run       that failed; empty until it did
 * @param incident  that was opened; empty until it was
 * @param alerts    about it, oldest first, each with its tries
 * @param back      the run that went well afterwards
 */
public record DrillStory(
        Demo demo,
        Map<Workflow, Monitors.Seen> workflows,
        Optional<Run> run,
        Optional<Incident> incident,
        List<Alert> alerts,
        Optional<Run> back) {

    /** @param attempts newest first */
    public record Alert(Delivery delivery, List<Delivery.Attempt> attempts) {}

    /** When all was well again: the incident is resolved. */
    public Optional<Instant> recovered() {
        return incident.flatMap(Incident::resolved);
    }
}
