package dev.averment.checks.runmetrics;

import static dev.averment.checks.drill.Drill.string;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.drill.Drill;
import dev.averment.checks.drill.Workflow;
import dev.averment.checks.target.SignInService;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonNumber;
import dev.averment.evidence.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Runs of a workflow that demands throughput and peak memory: with both, with one of them measured, and without. */
final class RunMetricsCollector implements Collector {
    static final String REPORTED = "a run that reports everything";
    static final String MEASURED = "a run whose throughput is measured";
    static final String NO_MEMORY = "a run without its peak memory";
    static final String NO_THROUGHPUT = "a run without its throughput";
    static final String NO_STATUS = "a run that never says how it ended";

    static final long RECORDS = 5_000;
    static final long THROUGHPUT = 400;
    static final long MEMORY = 73_400_320;

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        try (Drill drill = Drill.in(service)) {
            List<Subject> subjects = new ArrayList<>();
            var slow = new Workflow(drill, form("Canary of silence").with("maxRunSeconds", 1L));
            UUID silent = UUID.randomUUID();
            slow.tell(silent, "start");

            var workflow = new Workflow(drill, form("Canary of figures"));
            subjects.add(of(
                    REPORTED,
                    workflow,
                    JsonObject.of("records_out", 1_200L, "throughput", THROUGHPUT, "peak_memory", MEMORY),
                    true));
            subjects.add(of(MEASURED, workflow, JsonObject.of("records_out", RECORDS, "peak_memory", MEMORY), true));
            subjects.add(of(NO_MEMORY, workflow, JsonObject.of("throughput", THROUGHPUT), true));
            subjects.add(of(NO_THROUGHPUT, workflow, JsonObject.of("peak_memory", MEMORY), false));
            subjects.add(new Subject(NO_STATUS, facts(slow.run(silent, "overrun"))));
            return new Facts(look.clock().instant(), subjects, Map.of());
        }
    }

    private static JsonObject form(String name) {
        return JsonObject.of(
                "name", name, "everySeconds", 86_400L, "requiredMetrics", List.of("throughput", "peak_memory"));
    }

    private static Subject of(String name, Workflow workflow, JsonObject metrics, boolean started)
            throws CollectException {
        UUID run = UUID.randomUUID();
        if (started) {
            workflow.tell(run, "start");
        }
        workflow.tell(run, JsonObject.of("event", "success", "metrics", metrics));
        return new Subject(name, facts(workflow.run(run, true)));
    }

    private static Map<String, Object> facts(JsonObject run) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("status", string(run, "status"));
        facts.put("reason", string(run, "reason"));
        // In thousandths: a figure of a run need not be whole.
        facts.put("throughputMilli", Math.round(metric(run, "throughput") * 1000));
        facts.put("peakMemory", Math.round(metric(run, "peak_memory")));
        try {
            facts.put("millis", run.has("durationMillis") ? run.integer("durationMillis") : -1L);
        } catch (JsonException e) {
            facts.put("millis", -1L);
        }
        return facts;
    }

    /** -1 when the run has none. */
    private static double metric(JsonObject run, String name) {
        try {
            return run.has("metrics") && run.object("metrics").get(name).orElse(null) instanceof JsonNumber number
                    ? number.value()
                    : -1;
        } catch (JsonException e) {
            return -1;
        }
    }
}
