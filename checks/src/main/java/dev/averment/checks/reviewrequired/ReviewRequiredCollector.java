package dev.averment.checks.reviewrequired;

import static dev.averment.checks.drill.Drill.clock;
import static dev.averment.checks.drill.Drill.kinds;
import static dev.averment.checks.drill.Drill.string;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.drill.Drill;
import dev.averment.checks.target.IncidentRecords.Closing;
import dev.averment.checks.target.SignInService;
import dev.averment.evidence.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Incidents that are resolved and not reviewed: closed through the interface and past it, then reviewed and closed. */
final class ReviewRequiredCollector implements Collector {
    static final List<String> SEVERITIES = List.of("P1", "P2", "P3");
    static final String DEMOTED = "a P1 that was made a P3";
    static final String REOPENED = "a P2 that was reviewed and opened again";
    static final String LATE = "a review that is late";

    private static final String RULE = "incident-review";
    private static final JsonObject REVIEW =
            JsonObject.of("happened", "A drill.", "cause", "A check.", "actions", "None.");
    private static final JsonObject RESOLVED = JsonObject.of("reason", "The drill is over.");

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        List<Subject> subjects = new ArrayList<>();
        try (Drill drill = Drill.in(service)) {
            for (String severity : SEVERITIES) {
                String incident = drill.incident(severity);
                say(drill, incident, "/resolve", RESOLVED);
                subjects.add(new Subject(severity, closed(drill, incident)));
            }
            String demoted = drill.incident("P1");
            say(drill, demoted, "/severity", JsonObject.of("severity", "P3", "reason", "A drill."));
            say(drill, demoted, "/resolve", RESOLVED);
            subjects.add(new Subject(DEMOTED, closed(drill, demoted)));

            String reopened = drill.incident("P2");
            say(drill, reopened, "/resolve", RESOLVED);
            say(drill, reopened, "/reviews", REVIEW);
            say(drill, reopened, "/reopen", JsonObject.of("reason", "A drill."));
            say(drill, reopened, "/resolve", RESOLVED);
            subjects.add(new Subject(REOPENED, closed(drill, reopened)));

            subjects.add(new Subject(LATE, late(drill, look.clock().instant())));
            return new Facts(look.clock().instant(), subjects, Map.of());
        }
    }

    private static void say(Drill drill, String incident, String what, JsonObject body) throws CollectException {
        drill.expect(204, drill.send("POST", incident + what, body), "Going on with an incident (" + what + ")");
    }

    /** Whether an incident that is resolved is closed without its review, and with it. */
    private static Map<String, Object> closed(Drill drill, String incident) throws CollectException {
        Map<String, Object> facts = new LinkedHashMap<>();
        JsonObject seen = drill.read(incident);
        JsonObject clock = clock(seen, RULE);
        facts.put("resolved", string(seen, "resolved"));
        facts.put("started", string(clock, "started"));
        facts.put("due", string(clock, "due"));
        facts.put("running", clock.has("due") && !clock.has("stopped"));
        List<Closing> attempts = drill.records().attemptClosing(drill.workspace(), string(seen, "id"));
        facts.put("tried", attempts.stream().map(Closing::way).toList());
        facts.put(
                "letThrough",
                attempts.stream()
                        .filter(attempt ->
                                !attempt.refused() || attempt.sqlState().isEmpty())
                        .map(Closing::way)
                        .toList());
        facts.put("closing", (long) drill.send("POST", incident + "/close").status());
        facts.put("state", string(drill.read(incident), "state"));
        if (!facts.get("state").equals("closed")) {
            say(drill, incident, "/reviews", REVIEW);
            facts.put(
                    "afterwards", (long) drill.send("POST", incident + "/close").status());
        }
        return facts;
    }

    /** Reviewed an hour after the deadline, which is moved back so that it was over then. */
    private static Map<String, Object> late(Drill drill, Instant now) throws CollectException {
        String incident = drill.incident("P1");
        say(drill, incident, "/resolve", RESOLVED);
        boolean moved = drill.records()
                .move(
                        drill.workspace(),
                        incident.substring(incident.lastIndexOf('/') + 1),
                        RULE,
                        now.minus(Duration.ofHours(49)),
                        now.minus(Duration.ofHours(1)));
        say(drill, incident, "/reviews", REVIEW);
        JsonObject seen = drill.read(incident);
        return Map.of(
                "moved", moved,
                "outcome", string(clock(seen, RULE), "outcome"),
                "line", kinds(seen).contains("late"));
    }
}
