package dev.averment.checks.incidentevidence;

import static dev.averment.checks.drill.Drill.kinds;
import static dev.averment.checks.drill.Drill.objects;
import static dev.averment.checks.drill.Drill.string;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.drill.Drill;
import dev.averment.checks.drill.Workflow;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** A run fails with a secret in a long output; what is kept of the incident that opens is read by those who may, and by others. */
final class IncidentEvidenceCollector implements Collector {
    static final String TIMELINE = "the timeline";
    static final String RUN = "the run in which it began";
    static final String OUTPUT = "what the run wrote";
    static final String ATTEMPTS = "attempts to deliver its alert";
    static final String OTHERS = "somebody of another workspace";
    static final String VIEWER = "a viewer of its workspace";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Longer than what is kept of an output. */
    private static final String FILLING = "0123456789abcde\n".repeat(2_000);

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        try (Drill drill = Drill.in(service)) {
            drill.channel("Canary of evidence");
            var workflow = new Workflow(drill, JsonObject.of("name", "Canary of evidence", "everySeconds", 86_400L));
            List<String> secrets = List.of(secret(), secret());
            String output = "password=" + secrets.getFirst() + "\n" + FILLING + "Authorization: Bearer "
                    + secrets.getLast() + "\n";
            UUID rid = UUID.randomUUID();
            workflow.tell(rid, "start");
            workflow.tell(rid, JsonObject.of("event", "fail", "exit", 1L, "output", output));
            JsonObject run = workflow.run(rid, true);
            String incident = incident(drill, workflow);
            List<JsonObject> deliveries = Drill.until(
                    found -> found.stream()
                            .anyMatch(each -> string(each, "state").equals("delivered")),
                    () -> drill.deliveries(incident),
                    PATIENCE);
            JsonObject seen = drill.read(incident);

            List<Subject> subjects = new ArrayList<>();
            subjects.add(new Subject(TIMELINE, timeline(seen)));
            subjects.add(new Subject(RUN, root(seen, run, workflow)));
            subjects.add(new Subject(OUTPUT, output(run, seen, secrets, output)));
            List<JsonObject> attempts = new ArrayList<>();
            String delivery = "";
            for (JsonObject each : deliveries) {
                delivery = "/deliveries/" + string(each, "id");
                attempts.addAll(objects(drill.read(delivery), "attempts"));
            }
            subjects.add(new Subject(
                    ATTEMPTS,
                    Map.of(
                            "deliveries",
                            (long) deliveries.size(),
                            "attempts",
                            (long) attempts.size(),
                            "delivered",
                            deliveries.stream()
                                    .anyMatch(each -> string(each, "state").equals("delivered")),
                            "outcomes",
                            attempts.stream()
                                    .map(attempt -> string(attempt, "outcome"))
                                    .distinct()
                                    .sorted()
                                    .toList())));
            List<String> parts = new ArrayList<>(List.of(incident, incident + "/timeline"));
            if (!string(run, "id").isEmpty()) {
                parts.add(workflow.below() + "/runs/" + string(run, "id"));
            }
            if (!delivery.isEmpty()) {
                parts.add(delivery);
            }
            subjects.addAll(readers(drill, incident, parts));
            return new Facts(look.clock().instant(), subjects, Map.of());
        }
    }

    private static String secret() {
        return "canary" + UUID.randomUUID().toString().replace("-", "");
    }

    private static String incident(Drill drill, Workflow workflow) throws CollectException {
        String id = Drill.until(
                found -> !found.isEmpty(),
                () -> objects(drill.read("/incidents"), "incidents").stream()
                        .filter(each -> string(each, "cause").equals("monitors/" + workflow.id()))
                        .map(each -> string(each, "id"))
                        .findFirst()
                        .orElse(""),
                PATIENCE);
        if (id.isEmpty()) {
            throw new CollectException(
                    "A run failed, and no incident was opened for it; see that the workflow's rules and"
                            + " the service's loop are in order.");
        }
        return drill.caused(id);
    }

    private static Map<String, Object> timeline(JsonObject incident) {
        List<JsonObject> lines = objects(incident, "timeline");
        boolean complete = true;
        for (int i = 0; i < lines.size(); i++) {
            complete &= place(lines.get(i)) == i + 1
                    && !string(lines.get(i), "at").isEmpty()
                    && !string(lines.get(i), "actor").isEmpty()
                    && !string(lines.get(i), "text").isEmpty();
        }
        return Map.of("lines", kinds(incident), "complete", complete);
    }

    private static long place(JsonObject line) {
        return number(line, "place");
    }

    private static long number(JsonObject of, String member) {
        try {
            return of.has(member) ? of.integer(member) : -1;
        } catch (JsonException e) {
            return -1;
        }
    }

    private static Map<String, Object> root(JsonObject incident, JsonObject run, Workflow workflow) {
        String id = string(run, "id");
        return Map.of(
                "named", !id.isEmpty() && string(incident, "rootRun").equals(id),
                "monitor",
                        objects(incident, "affected").stream()
                                .anyMatch(part -> string(part, "monitor").equals(workflow.id())
                                        && string(part, "run").equals(id)),
                "status", string(run, "status"),
                "evidence",
                        objects(incident, "timeline").stream()
                                .anyMatch(line -> string(line, "evidence").equals("runs/" + id)));
    }

    private static Map<String, Object> output(
            JsonObject run, JsonObject incident, List<String> secrets, String written) {
        JsonObject kept;
        try {
            kept = run.has("output") ? run.object("output") : JsonObject.of();
        } catch (JsonException e) {
            kept = JsonObject.of();
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kept", kept.has("head"));
        String shown = run.toJson() + incident.toJson();
        facts.put("leaked", secrets.stream().anyMatch(shown::contains));
        facts.put("planted", (long) secrets.size());
        facts.put("redactions", number(kept, "redactions"));
        Set<String> kinds = new TreeSet<>(List.of(string(kept, "redacted").split(" ")));
        kinds.remove("");
        facts.put("kinds", List.copyOf(kinds));
        facts.put("written", (long) written.getBytes(StandardCharsets.UTF_8).length);
        facts.put("size", number(kept, "size"));
        facts.put("leftOut", number(kept, "leftOut"));
        return facts;
    }

    /** Somebody else reads the same: first as one of another workspace, then as the least of this one. */
    private static List<Subject> readers(Drill drill, String incident, List<String> parts) throws CollectException {
        WorkspaceService workspaces = drill.workspaces();
        try (Canary other = Canary.beside(drill.canary())) {
            Credentials credentials = other.signedIn();
            other.join(workspaces, workspaces.otherWorkspace(), "owner");
            List<Long> foreign = new ArrayList<>();
            List<Long> inOwn = new ArrayList<>();
            for (String part : parts) {
                foreign.add(read(other, credentials, workspaces, drill.workspace(), part));
                inOwn.add(read(other, credentials, workspaces, workspaces.otherWorkspace(), part));
            }
            String list = other.send(
                            credentials, "GET", workspaces.path() + "/" + workspaces.otherWorkspace() + "/incidents")
                    .text();
            boolean listed = list.contains(incident.substring(incident.lastIndexOf('/') + 1));
            Subject others = new Subject(OTHERS, Map.of("foreign", foreign, "inOwn", inOwn, "listed", listed));
            if (foreign.stream().anyMatch(status -> status == 200)) {
                // Whoever is let in already can't be let in as a viewer.
                return List.of(others);
            }
            other.join(workspaces, drill.workspace(), "viewer");
            List<Long> own = new ArrayList<>();
            for (String part : parts) {
                own.add(read(other, credentials, workspaces, drill.workspace(), part));
            }
            return List.of(others, new Subject(VIEWER, Map.of("answers", own)));
        }
    }

    private static long read(
            Canary reader, Credentials credentials, WorkspaceService workspaces, String workspace, String part)
            throws CollectException {
        return reader.send(credentials, "GET", workspaces.path() + "/" + workspace + part)
                .status();
    }
}
