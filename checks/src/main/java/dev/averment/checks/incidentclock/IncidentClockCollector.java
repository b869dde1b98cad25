package dev.averment.checks.incidentclock;

import static dev.averment.checks.drill.Drill.clock;
import static dev.averment.checks.drill.Drill.kinds;
import static dev.averment.checks.drill.Drill.objects;
import static dev.averment.checks.drill.Drill.string;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.drill.Drill;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.target.SignInService;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** An incident of each severity, taken up, told of, resolved and closed; one that nobody takes up; and one without owner. */
final class IncidentClockCollector implements Collector {
    static final List<String> SEVERITIES = List.of("P1", "P2", "P3");
    static final String MISSED = "an answer that is late";
    static final String STRANGER = "an owner who is nobody";
    static final String OWNERLESS = "an incident whose owner left";
    static final String UNGRADED = "an incident of no severity";
    static final String UPDATE = "incident-update";

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        List<Subject> subjects = new ArrayList<>();
        try (Drill drill = Drill.in(service)) {
            for (String severity : SEVERITIES) {
                subjects.add(graded(drill, severity));
            }
            subjects.add(late(drill, look.clock().instant()));
            subjects.add(new Subject(
                    STRANGER,
                    Map.of("refused", refused(drill, "P3", UUID.randomUUID().toString()))));
            subjects.add(new Subject(UNGRADED, Map.of("refused", refused(drill, "P9", ""))));
            subjects.add(ownerless(drill));
            JsonObject calendar = drill.read("/calendar");
            return new Facts(
                    look.clock().instant(),
                    subjects,
                    Map.of(
                            "zone", string(calendar, "zone"),
                            "region", string(calendar, "region"),
                            "week", string(calendar, "week"),
                            "closures", string(calendar, "closures")));
        }
    }

    static String response(String severity) {
        return "incident-response-" + severity.toLowerCase(Locale.ROOT);
    }

    private static Subject graded(Drill drill, String severity) throws CollectException {
        String incident = drill.incident(severity);
        Map<String, Object> facts = new LinkedHashMap<>();
        JsonObject opened = drill.read(incident);
        JsonObject clock = clock(opened, response(severity));
        facts.put("severity", string(opened, "severity"));
        facts.put("owned", string(opened, "owner").equals(drill.account()));
        facts.put("opened", string(opened, "opened"));
        facts.put("started", string(clock, "started"));
        facts.put("due", string(clock, "due"));
        facts.put("running", running(clock));
        facts.put("updatesWhenOpened", updates(opened));

        say(drill, incident, "/acknowledge", JsonObject.of());
        say(drill, incident, "/updates", JsonObject.of("text", "A drill goes on."));
        JsonObject updated = drill.read(incident);
        facts.put("outcome", string(clock(updated, response(severity)), "outcome"));
        // The one from the opening has ended; it takes another to say that updates go on.
        facts.put(
                "updatesAfterOne",
                string(clock(updated, UPDATE), "started").equals(string(clock(opened, UPDATE), "started"))
                        ? ""
                        : updates(updated));
        say(drill, incident, "/resolve", JsonObject.of("reason", "The drill is over."));
        facts.put("updatesWhenResolved", updates(drill.read(incident)));
        say(
                drill,
                incident,
                "/reviews",
                JsonObject.of("happened", "A drill.", "cause", "A check.", "actions", "None."));
        say(drill, incident, "/close", JsonObject.of());
        JsonObject closed = drill.read(incident);
        facts.put("updatesWhenClosed", updates(closed));
        facts.put("lines", kinds(closed));
        return new Subject(severity, facts);
    }

    private static void say(Drill drill, String incident, String what, JsonObject body) throws CollectException {
        drill.expect(
                204,
                body.members().isEmpty()
                        ? drill.send("POST", incident + what)
                        : drill.send("POST", incident + what, body),
                "Going on with an incident (" + what + ")");
    }

    private static boolean running(JsonObject clock) {
        return clock.has("due") && !clock.has("stopped") && !clock.has("outcome");
    }

    /** Term of the clock for the next update; empty when none runs. */
    private static String updates(JsonObject incident) {
        JsonObject clock = clock(incident, UPDATE);
        return running(clock) ? string(clock, "term") : "";
    }

    /** Nobody takes it up: its clock is put back until it is over. */
    private static Subject late(Drill drill, Instant now) throws CollectException {
        drill.channel("Canary of deadlines");
        long before = missed(drill);
        String incident = drill.incident("P1");
        boolean moved = drill.records()
                .move(
                        drill.workspace(),
                        incident.substring(incident.lastIndexOf('/') + 1),
                        response("P1"),
                        now.minus(Duration.ofHours(9)),
                        now.minus(Duration.ofHours(1)));
        JsonObject seen = Drill.until(
                i -> kinds(i).contains("late"), () -> drill.read(incident), moved ? PATIENCE : Duration.ZERO);
        List<JsonObject> alerts = Drill.until(
                found -> found.stream().anyMatch(IncidentClockCollector::arrived),
                () -> drill.deliveries(incident),
                kinds(seen).contains("late") ? PATIENCE : Duration.ZERO);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("outcome", string(clock(seen, response("P1")), "outcome"));
        facts.put("line", kinds(seen).contains("late"));
        facts.put("alerted", alerts.stream().anyMatch(IncidentClockCollector::arrived));
        facts.put("counted", missed(drill) > before);
        say(drill, incident, "/acknowledge", JsonObject.of());
        facts.put("outcomeAfterwards", string(clock(drill.read(incident), response("P1")), "outcome"));
        return new Subject(MISSED, facts);
    }

    private static boolean arrived(JsonObject delivery) {
        return string(delivery, "kind").equals("escalate")
                && string(delivery, "state").equals("delivered");
    }

    /** How many answers to a P1 are counted as late. */
    private static long missed(Drill drill) throws CollectException {
        try {
            for (JsonObject rule : objects(drill.read("/clocks?days=2"), "attainment")) {
                if (string(rule, "rule").equals(response("P1"))) {
                    return rule.integer("missed");
                }
            }
            return 0;
        } catch (JsonException e) {
            throw new CollectException("How deadlines were kept is answered in another form than expected.", e);
        }
    }

    private static boolean refused(Drill drill, String severity, String owner) throws CollectException {
        var answer = drill.send(
                "POST",
                "/incidents",
                JsonObject.of("title", "Canary", "severity", severity, "owner", owner, "text", "A check drills this."));
        if (answer.status() == 201) {
            drill.caused(Canary.text(answer, "id"));
            return false;
        }
        drill.expect(422, answer, "Opening an incident that must not be opened");
        return true;
    }

    private static Subject ownerless(Drill drill) throws CollectException {
        try (Canary leaver = Canary.beside(drill.canary())) {
            String account = leaver.id(leaver.signedIn());
            leaver.join(drill.workspaces(), drill.workspace(), "owner");
            String incident = drill.incident("P3");
            say(drill, incident, "/assign", JsonObject.of("owner", account));
            drill.expect(204, drill.send("DELETE", "/members/" + account), "Taking somebody out of a workspace");
            JsonObject seen = drill.read(incident);
            String id = string(seen, "id");
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put(
                    "shown",
                    seen.get("ownerless").map(Object::toString).orElse("").equals("true"));
            facts.put(
                    "listed",
                    objects(drill.read("/incidents?state=ownerless"), "incidents").stream()
                            .anyMatch(each -> string(each, "id").equals(id)));
            facts.put("line", kinds(seen).contains("ownerless"));
            facts.put("running", running(clock(seen, "incident-owner")));
            return new Subject(OWNERLESS, facts);
        }
    }
}
