package dev.averment.server.incidents;

import dev.averment.server.clocks.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One incident as people read it.
 *
 * @param ownerless whether it is unresolved and nobody answers for it
 * @param monitors  that are part of it, the root among them
 * @param clocks    its deadlines
 * @param reviews   what was learnt, oldest first
 * @param lines     what happened, in order, up to {@link Incidents#PAGE}
 */
public record IncidentStory(
        Incident incident,
        boolean ownerless,
        List<Part> monitors,
        List<Clock> clocks,
        List<Learnt> reviews,
        List<Line> lines) {

    /** @param run the one with which it went down */
    public record Part(
            UUID monitor, String name, boolean root, Optional<UUID> run, Instant since, Optional<Instant> until) {}

    public record Learnt(String author, Instant written, String happened, String cause, String actions) {}

    /** @param evidence path of what it rests on; empty for none */
    public record Line(Instant at, String actor, String kind, String text, String evidence) {}

    static IncidentStory of(Incidents.Detail d) {
        return new IncidentStory(
                d.incident(),
                d.ownerless(),
                d.affected().stream()
                        .map(a -> new Part(a.monitor(), a.name(), a.root(), a.run(), a.since(), a.until()))
                        .toList(),
                d.clocks(),
                d.reviews().stream()
                        .map(r -> new Learnt(r.author(), r.written(), r.happened(), r.cause(), r.actions()))
                        .toList(),
                d.timeline().stream()
                        .map(e -> new Line(e.at(), e.actor(), e.kind(), e.text(), e.evidence()))
                        .toList());
    }
}
