package dev.averment.server.incidents;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.web.Answers;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Incidents of a workspace over HTTP. */
@RestController
class IncidentRoutes {
    private static final String AT = "/api/v1/workspaces/{workspace}/incidents";
    private static final int LONGEST = 4000;
    private static final int LONGEST_REVIEW = 8000;
    private static final Refusal BAD_TEXT = new Refusal.Invalid(
            "bad-text", "A title has 1 to 300 characters, a text 1 to 4,000, and each part of a review 1 to 8,000.");
    private static final Refusal BAD_SEVERITY =
            new Refusal.Invalid("bad-severity", "A severity is P1, P2 or P3; P1 is the gravest.");
    private static final Refusal BAD_STATE = new Refusal.Invalid(
            "bad-state",
            "A state is open, acknowledged, resolved, closed or ownerless; before is the id of an incident.");
    private static final Refusal BAD_OWNER = new Refusal.Invalid(
            "bad-owner", "An owner is the id of an account; when an incident is opened it may be empty.");

    private final Incidents incidents;

    IncidentRoutes(Incidents incidents) {
        this.incidents = incidents;
    }

    /** @param owner id of an account; empty for whoever opens it */
    record NewIncident(String title, String severity, String owner, String text) {}

    record Text(String text) {}

    record Reason(String reason) {}

    record Owner(String owner) {}

    record NewSeverity(String severity, String reason) {}

    record NewReview(String happened, String cause, String actions) {}

    @Needs(Permission.INCIDENTS_READ)
    @GetMapping(AT)
    ResponseEntity<byte[]> list(
            Entrance entrance,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String before) {
        if (state.equals("ownerless")) {
            return Answers.of(
                    incidents.ownerless(entrance),
                    found -> Answers.json(
                            200,
                            JsonObject.of(
                                    "incidents",
                                    found.stream().map(IncidentJson::of).toList(),
                                    "next",
                                    null)));
        }
        Optional<Incident.State> wanted = Incident.State.parse(state);
        Optional<UUID> cursor = IncidentRules.uuid(before);
        if (wanted.isEmpty() != state.isEmpty() || cursor.isEmpty() != before.isEmpty()) {
            return Answers.problem(BAD_STATE);
        }
        return Answers.of(
                incidents.list(entrance, wanted, cursor),
                listed -> Answers.json(
                        200,
                        JsonObject.of(
                                "incidents",
                                listed.incidents().stream()
                                        .map(IncidentJson::of)
                                        .toList(),
                                "next",
                                listed.next().map(UUID::toString).orElse(null))));
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(AT)
    ResponseEntity<byte[]> open(Entrance entrance, @RequestBody NewIncident body) {
        Optional<Severity> severity = Severity.parse(body.severity());
        Optional<UUID> owner = IncidentRules.uuid(body.owner());
        if (severity.isEmpty()) {
            return Answers.problem(BAD_SEVERITY);
        }
        if (owner.isEmpty() != body.owner().isEmpty()) {
            return Answers.problem(BAD_OWNER);
        }
        if (!fits(body.title(), 300) || !fits(body.text(), LONGEST)) {
            return Answers.problem(BAD_TEXT);
        }
        return Answers.of(
                incidents.open(entrance, body.title(), severity.get(), owner, body.text()),
                id -> Answers.json(201, JsonObject.of("id", id.toString())));
    }

    @Needs(Permission.INCIDENTS_READ)
    @GetMapping(AT + "/{incident}")
    ResponseEntity<byte[]> read(Entrance entrance, @PathVariable UUID incident) {
        return Answers.of(incidents.detail(entrance, incident), detail -> Answers.json(200, IncidentJson.of(detail)));
    }

    /** @param after place of the last line that is known */
    @Needs(Permission.INCIDENTS_READ)
    @GetMapping(AT + "/{incident}/timeline")
    ResponseEntity<byte[]> timeline(
            Entrance entrance, @PathVariable UUID incident, @RequestParam(defaultValue = "0") int after) {
        return Answers.of(
                incidents.timeline(entrance, incident, after),
                lines -> Answers.json(
                        200,
                        JsonObject.of(
                                "timeline", lines.stream().map(IncidentJson::of).toList())));
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(AT + "/{incident}/acknowledge")
    ResponseEntity<byte[]> acknowledge(Entrance entrance, @PathVariable UUID incident) {
        return done(incidents.acknowledge(entrance, incident));
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(AT + "/{incident}/assign")
    ResponseEntity<byte[]> assign(Entrance entrance, @PathVariable UUID incident, @RequestBody Owner body) {
        Optional<UUID> owner = IncidentRules.uuid(body.owner());
        return owner.isEmpty() ? Answers.problem(BAD_OWNER) : done(incidents.assign(entrance, incident, owner.get()));
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(AT + "/{incident}/notes")
    ResponseEntity<byte[]> note(Entrance entrance, @PathVariable UUID incident, @RequestBody Text body) {
        return fitting(body.text(), () -> incidents.note(entrance, incident, body.text()));
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(AT + "/{incident}/updates")
    ResponseEntity<byte[]> update(Entrance entrance, @PathVariable UUID incident, @RequestBody Text body) {
        return fitting(body.text(), () -> incidents.update(entrance, incident, body.text()));
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(AT + "/{incident}/severity")
    ResponseEntity<byte[]> severity(Entrance entrance, @PathVariable UUID incident, @RequestBody NewSeverity body) {
        Optional<Severity> severity = Severity.parse(body.severity());
        return severity.isEmpty()
                ? Answers.problem(BAD_SEVERITY)
                : fitting(body.reason(), () -> incidents.severity(entrance, incident, severity.get(), body.reason()));
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(AT + "/{incident}/resolve")
    ResponseEntity<byte[]> resolve(Entrance entrance, @PathVariable UUID incident, @RequestBody Reason body) {
        return fitting(body.reason(), () -> incidents.resolve(entrance, incident, body.reason()));
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(AT + "/{incident}/reopen")
    ResponseEntity<byte[]> reopen(Entrance entrance, @PathVariable UUID incident, @RequestBody Reason body) {
        return fitting(body.reason(), () -> incidents.reopen(entrance, incident, body.reason()));
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(AT + "/{incident}/reviews")
    ResponseEntity<byte[]> review(Entrance entrance, @PathVariable UUID incident, @RequestBody NewReview body) {
        return fits(body.happened(), LONGEST_REVIEW)
                        && fits(body.cause(), LONGEST_REVIEW)
                        && fits(body.actions(), LONGEST_REVIEW)
                ? done(incidents.review(entrance, incident, body.happened(), body.cause(), body.actions()))
                : Answers.problem(BAD_TEXT);
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(AT + "/{incident}/close")
    ResponseEntity<byte[]> close(Entrance entrance, @PathVariable UUID incident) {
        return done(incidents.close(entrance, incident));
    }

    private static ResponseEntity<byte[]> fitting(String text, Supplier<Outcome<Boolean>> work) {
        return fits(text, LONGEST) ? done(work.get()) : Answers.problem(BAD_TEXT);
    }

    /** PostgreSQL takes no NUL, and counts what Java counts or less. */
    private static boolean fits(String text, int longest) {
        return !text.isBlank() && text.length() <= longest && text.indexOf('\0') < 0;
    }

    private static ResponseEntity<byte[]> done(Outcome<Boolean> outcome) {
        return Answers.of(outcome, _ -> Answers.empty());
    }
}
