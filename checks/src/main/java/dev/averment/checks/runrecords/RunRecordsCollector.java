package dev.averment.checks.runrecords;

import static dev.averment.checks.drill.Drill.objects;
import static dev.averment.checks.drill.Drill.string;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.drill.Drill;
import dev.averment.checks.drill.Workflow;
import dev.averment.checks.target.SignInService;
import dev.averment.evidence.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Runs that go through every change that a run can go through by what is said of it, or not said. */
final class RunRecordsCollector implements Collector {
    static final String MONITOR = "the workflow itself";

    /** What each run goes through. */
    static final Map<String, List<String>> EXPECTED = Map.of(
            "a run that succeeds", List.of("running", "succeeded"),
            "a run that fails", List.of("running", "failed"),
            "a run that is heard of at its end", List.of("succeeded"),
            "a run that takes too long", List.of("running", "overrun"));

    /** What the workflow goes through by them. */
    static final List<String> STATES = List.of("up", "down", "up");

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        try (Drill drill = Drill.in(service)) {
            List<Subject> subjects = new ArrayList<>();
            var slow = new Workflow(
                    drill, JsonObject.of("name", "Canary of overruns", "everySeconds", 86_400L, "maxRunSeconds", 1L));
            UUID overrun = UUID.randomUUID();
            slow.tell(overrun, "start");

            var workflow = new Workflow(drill, JsonObject.of("name", "Canary of runs", "everySeconds", 86_400L));
            subjects.add(succeeding(drill, workflow));
            UUID failing = UUID.randomUUID();
            workflow.tell(failing, "start");
            workflow.tell(failing, JsonObject.of("event", "fail", "exit", 3L));
            subjects.add(of("a run that fails", failing, workflow.run(failing, true)));
            UUID told = UUID.randomUUID();
            workflow.tell(told, "success");
            subjects.add(of("a run that is heard of at its end", told, workflow.run(told, true)));
            subjects.add(monitor(drill, workflow));
            subjects.add(of("a run that takes too long", overrun, slow.run(overrun, "overrun")));
            return new Facts(look.clock().instant(), subjects, Map.of());
        }
    }

    /** With a line of output on its way, and a note. */
    private static Subject succeeding(Drill drill, Workflow workflow) throws CollectException {
        UUID run = UUID.randomUUID();
        workflow.tell(run, "start");
        workflow.tell(run, JsonObject.of("event", "success", "output", "1200 rows\n"));
        JsonObject seen = workflow.run(run, true);
        if (string(seen, "id").isEmpty()) {
            return of("a run that succeeds", run, seen);
        }
        String text = "Canary: looked at by a check.";
        String path = workflow.below() + "/runs/" + string(seen, "id");
        drill.expect(201, drill.send("POST", path + "/notes", JsonObject.of("note", text)), "Writing a note on a run");
        JsonObject noted = drill.read(path);
        Map<String, Object> facts = new LinkedHashMap<>(of("", run, noted).facts());
        List<JsonObject> notes = objects(noted, "notes").stream()
                .filter(note -> string(note, "note").equals(text))
                .toList();
        facts.put("noted", notes.size() == 1);
        facts.put("noteTimed", notes.stream().anyMatch(note -> timed(note)));
        facts.put(
                "noteActor",
                notes.stream().anyMatch(note -> string(note, "actor").equals("user:" + drill.account())));
        facts.put("output", noted.get("output").map(Object::toString).orElse("").contains("1200 rows"));
        return new Subject("a run that succeeds", facts);
    }

    private static Subject of(String name, UUID rid, JsonObject run) {
        List<JsonObject> changes = objects(run, "transitions").stream()
                .filter(change -> string(change, "of").equals("run"))
                .toList();
        Map<String, Object> facts = new LinkedHashMap<>(changed(changes));
        facts.put(
                "job",
                string(run, "rid").equals(rid.toString()) && !string(run, "id").isEmpty());
        facts.put("status", string(run, "status"));
        return new Subject(name, facts);
    }

    private static Subject monitor(Drill drill, Workflow workflow) throws CollectException {
        List<JsonObject> changes = objects(drill.read(workflow.below() + "/transitions"), "transitions").stream()
                .filter(change -> string(change, "of").equals("monitor"))
                .toList()
                .reversed();
        Map<String, Object> facts = new LinkedHashMap<>(changed(changes));
        facts.put(
                "withoutEntry",
                changes.stream()
                        .filter(change -> string(change, "leaf").isEmpty())
                        .count());
        facts.put("status", string(drill.read(workflow.below()), "state"));
        return new Subject(MONITOR, facts);
    }

    /** From where to where, in order, and how many changes lack their time or who made them. */
    private static Map<String, Object> changed(List<JsonObject> changes) {
        return Map.of(
                "from", changes.stream().map(change -> string(change, "from")).toList(),
                "to", changes.stream().map(change -> string(change, "to")).toList(),
                "untimed", changes.stream().filter(change -> !timed(change)).count(),
                // Who it was is a word for what, and an id or a name.
                "byNobody",
                        changes.stream()
                                .filter(change -> !string(change, "actor").matches("[a-z_]+:\\S+"))
                                .count(),
                "by",
                        changes.stream()
                                .flatMap(change ->
                                        Stream.of(string(change, "actor").replaceFirst(":.*", "")))
                                .distinct()
                                .sorted()
                                .toList());
    }

    private static boolean timed(JsonObject of) {
        try {
            Instant.parse(string(of, "at"));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
