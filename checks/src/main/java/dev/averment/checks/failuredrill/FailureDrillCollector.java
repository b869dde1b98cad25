package dev.averment.checks.failuredrill;

import static dev.averment.checks.drill.Drill.kinds;
import static dev.averment.checks.drill.Drill.objects;
import static dev.averment.checks.drill.Drill.string;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.drill.Drill;
import dev.averment.checks.target.SignInService;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Breaks a demo as its page does, and looks for what comes of it: first in the demo's own account, then where it says it is. */
final class FailureDrillCollector implements Collector {
    static final String BEFORE = "the workflow before the drill";
    static final String RUN = "the run";
    static final String INCIDENT = "the incident";
    static final String ALERT = "the alert";
    static final String RECOVERY = "the recovery";

    private static final String BROKEN = "load";
    private static final long MENDS_AFTER_SECONDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        try (Drill drill = Drill.in(service)) {
            String monitor = string(workflow(drill.demo(MENDS_AFTER_SECONDS)), "monitor");
            if (monitor.isEmpty()) {
                throw new CollectException("The demo has no workflow \"" + BROKEN
                        + "\" that could be broken; take the demo away and run the check again.");
            }
            String below = "/monitors/" + monitor;
            boolean worked = Drill.until(
                            newest -> newest.equals("succeeded"),
                            () -> objects(drill.read(below + "/runs"), "runs").stream()
                                    .map(run -> string(run, "status"))
                                    .findFirst()
                                    .orElse(""),
                            PATIENCE)
                    .equals("succeeded");
            drill.expect(202, drill.send("POST", "/demo/drill"), "Breaking a demo on purpose");

            List<Subject> subjects = new ArrayList<>();
            subjects.add(new Subject(BEFORE, Map.of("worked", worked)));
            String run = string(
                    member(
                            follow(
                                    drill,
                                    seen -> !string(member(seen, "run"), "id").isEmpty()),
                            "run"),
                    "id");
            subjects.add(new Subject(RUN, run(drill, below, run)));
            // Each follows from the one before; what the first lacks, the second can't have.
            JsonObject told = run.isEmpty()
                    ? JsonObject.of()
                    : follow(
                            drill,
                            seen -> !string(member(seen, "incident"), "id").isEmpty());
            String incident = string(member(told, "incident"), "id");
            if (!incident.isEmpty()) {
                drill.caused(incident);
                follow(drill, seen -> alerts(seen).stream().anyMatch(FailureDrillCollector::accepted));
            }
            JsonObject last = run.isEmpty()
                    ? follow(drill, _ -> true)
                    : follow(
                            drill,
                            seen -> !string(member(seen, "back"), "id").isEmpty()
                                    && (incident.isEmpty()
                                            || string(member(seen, "incident"), "state")
                                                    .equals("resolved")));
            subjects.add(new Subject(INCIDENT, incident(drill, incident, monitor, run)));
            subjects.add(new Subject(ALERT, alert(drill, last)));
            subjects.add(new Subject(
                    RECOVERY,
                    Map.of(
                            "mended", !string(last, "mended").isEmpty(),
                            "back", string(member(last, "back"), "status"),
                            "incident", string(member(last, "incident"), "state"),
                            "workflow", string(workflow(drill.read("/demo")), "state"))));
            return new Facts(look.clock().instant(), subjects, Map.of());
        }
    }

    /** What the demo tells of its drill, as soon as it is as wanted; as it is when that takes too long. */
    private static JsonObject follow(Drill drill, Predicate<JsonObject> wanted) throws CollectException {
        return Drill.until(wanted, () -> member(drill.read("/demo"), "drill"), PATIENCE);
    }

    private static JsonObject workflow(JsonObject demo) {
        return objects(demo, "workflows").stream()
                .filter(each -> string(each, "name").equals(BROKEN))
                .findFirst()
                .orElse(JsonObject.of());
    }

    /** Empty where there is none. */
    private static JsonObject member(JsonObject of, String name) {
        try {
            return of.has(name) ? of.object(name) : JsonObject.of();
        } catch (JsonException e) {
            return JsonObject.of();
        }
    }

    private static Map<String, Object> run(Drill drill, String below, String run) throws CollectException {
        String shown = "";
        boolean output = false;
        if (!run.isEmpty()) {
            shown = objects(drill.read(below + "/runs"), "runs").stream()
                    .filter(each -> string(each, "id").equals(run))
                    .map(each -> string(each, "status"))
                    .findFirst()
                    .orElse("");
            output = !string(member(drill.read(below + "/runs/" + run), "output"), "head")
                    .isEmpty();
        }
        return Map.of("failed", !run.isEmpty(), "shown", shown, "output", output);
    }

    private static Map<String, Object> incident(Drill drill, String id, String monitor, String run)
            throws CollectException {
        JsonObject incident = id.isEmpty() ? JsonObject.of() : drill.read("/incidents/" + id);
        return Map.of(
                "opened",
                !id.isEmpty(),
                "affected",
                objects(incident, "affected").stream()
                        .anyMatch(each -> string(each, "monitor").equals(monitor)),
                "rootRun",
                !run.isEmpty() && string(incident, "rootRun").equals(run),
                "lines",
                kinds(incident));
    }

    /** Those that say that something broke; that it is well again is told, too. */
    private static List<JsonObject> alerts(JsonObject drill) {
        return objects(drill, "alerts").stream()
                .filter(each -> string(each, "kind").equals("open"))
                .toList();
    }

    private static boolean accepted(JsonObject alert) {
        return string(alert, "state").equals("delivered")
                && objects(alert, "attempts").stream()
                        .anyMatch(each -> string(each, "outcome").equals("ok"));
    }

    private static Map<String, Object> alert(Drill drill, JsonObject seen) throws CollectException {
        List<JsonObject> alerts = alerts(seen);
        List<JsonObject> attempts = new ArrayList<>();
        boolean delivered = false;
        for (JsonObject alert : alerts) {
            JsonObject delivery = drill.read("/deliveries/" + string(alert, "id"));
            attempts.addAll(objects(delivery, "attempts"));
            delivered |= string(delivery, "state").equals("delivered");
        }
        return Map.of(
                "alerts",
                (long) alerts.size(),
                "attempts",
                (long) attempts.size(),
                "outcomes",
                attempts.stream()
                        .map(each -> string(each, "outcome"))
                        .distinct()
                        .sorted()
                        .toList(),
                "delivered",
                delivered);
    }
}
