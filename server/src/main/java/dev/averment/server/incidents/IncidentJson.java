package dev.averment.server.incidents;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.clocks.Attainment;
import dev.averment.server.clocks.CalendarText;
import dev.averment.server.clocks.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Incidents and what belongs to them, as the interface shows them. */
final class IncidentJson {
    private IncidentJson() {}

    static JsonObject of(Incident i) {
        return JsonObject.of(
                "id", i.id().toString(),
                "cause", i.cause(),
                "title", i.title(),
                "severity", i.severity().name(),
                "worst", i.worst().name(),
                "owner", i.owner().map(UUID::toString).orElse(null),
                "state", i.state().word(),
                "round", i.round(),
                "rootRun", i.rootRun().map(UUID::toString).orElse(null),
                "opened", i.opened().toString(),
                "acknowledged", i.acknowledged().map(Instant::toString).orElse(null),
                "acknowledgedBy", i.by().orElse(null),
                "resolved", i.resolved().map(Instant::toString).orElse(null),
                "closed", i.closed().map(Instant::toString).orElse(null));
    }

    static JsonObject of(Incidents.Detail d) {
        return of(d.incident())
                .with("ownerless", d.ownerless())
                .with(
                        "affected",
                        list(d.affected().stream().map(IncidentJson::of).toList()))
                .with("clocks", list(d.clocks().stream().map(IncidentJson::of).toList()))
                .with("reviews", list(d.reviews().stream().map(IncidentJson::of).toList()))
                .with(
                        "timeline",
                        list(d.timeline().stream().map(IncidentJson::of).toList()));
    }

    private static Object list(List<JsonObject> of) {
        return JsonObject.of("a", of).get("a").orElseThrow();
    }

    private static JsonObject of(AffectedStore.Affected a) {
        return JsonObject.of(
                "monitor", a.monitor().toString(),
                "name", a.name(),
                "root", a.root(),
                "run", a.run().map(UUID::toString).orElse(null),
                "since", a.since().toString(),
                "until", a.until().map(Instant::toString).orElse(null));
    }

    private static JsonObject of(ReviewStore.Review r) {
        return JsonObject.of(
                "version", r.version(),
                "round", r.round(),
                "author", r.author(),
                "written", r.written().toString(),
                "happened", r.happened(),
                "cause", r.cause(),
                "actions", r.actions());
    }

    static JsonObject of(TimelineStore.Entry e) {
        return JsonObject.of(
                "place", e.place(),
                "at", e.at().toString(),
                "actor", e.actor(),
                "kind", e.kind(),
                "text", e.text(),
                "evidence", e.evidence());
    }

    static JsonObject of(Clock c) {
        return JsonObject.of(
                "subject", c.subject(),
                "rule", c.rule(),
                "term", c.term(),
                "calendar", c.calendar(),
                "started", c.started().toString(),
                "due", c.due().toString(),
                "stopped", c.stopped().map(Instant::toString).orElse(null),
                "outcome", c.outcome().map(Clock.Outcome::word).orElse(null),
                "because", c.because());
    }

    static JsonObject of(Attainment a) {
        return JsonObject.of(
                "rule", a.rule(),
                "met", a.met(),
                "missed", a.missed(),
                "withdrawn", a.withdrawn(),
                "running", a.running(),
                "basisPoints", a.basisPoints());
    }

    static JsonObject of(ChainStep s) {
        return JsonObject.of(
                "after", s.after().text(),
                "channels", s.channels().stream().map(UUID::toString).toList(),
                "people", s.people().stream().map(UUID::toString).toList());
    }

    static JsonObject of(RuleStore.Rule r) {
        return JsonObject.of(
                "about", r.about(),
                "subject", r.subject(),
                "severity", r.severity().name(),
                "owner", r.owner().map(UUID::toString).orElse(""));
    }

    static JsonObject of(CalendarText c) {
        return JsonObject.of("zone", c.zone(), "region", c.region(), "week", c.week(), "closures", c.closures());
    }
}
