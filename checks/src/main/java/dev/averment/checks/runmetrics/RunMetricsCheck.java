package dev.averment.checks.runmetrics;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code run-metrics}. */
public final class RunMetricsCheck implements CheckType {

    @Override
    public String name() {
        return "run-metrics";
    }

    @Override
    public String description() {
        return "Tells of runs with their figures, with some of them and with none, and compares what is recorded.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting(
                                "fields",
                                Kind.LIST,
                                false,
                                "throughput, peakMemory, status: named for readers; all are always demanded."),
                        new Setting(
                                "missing",
                                Kind.TEXT,
                                false,
                                "incomplete: how a run is marked that lacks one of them.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The runs are the check's own, in a workspace made for checks and of a workflow that demands these figures:"
                        + " which of the operator's workflows demand them is not seen.",
                "What a job reports of itself is kept and not doubted; only the throughput is measured where it is missing.",
                "A run that never says how it ended is marked as one that took too long, when its time is over.");
    }

    @Override
    public Collector collector() {
        return new RunMetricsCollector();
    }

    @Override
    public Judge judge() {
        return new RunMetricsJudge();
    }

    private static Subject run(String name, String status, long throughputMilli, long memory) {
        return new Subject(
                name,
                Map.of(
                        "status",
                        status,
                        "reason",
                        "",
                        "throughputMilli",
                        throughputMilli,
                        "peakMemory",
                        memory,
                        "millis",
                        100L));
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        long memory = RunMetricsCollector.MEMORY;
        long throughput = RunMetricsCollector.THROUGHPUT * 1000;
        return new Facts(
                now,
                List.of(
                        run(RunMetricsCollector.REPORTED, "succeeded", throughput, memory),
                        run(RunMetricsCollector.MEASURED, "succeeded", RunMetricsCollector.RECORDS * 10_000, memory),
                        run(RunMetricsCollector.NO_MEMORY, "incomplete", throughput, -1),
                        run(RunMetricsCollector.NO_THROUGHPUT, "incomplete", -1000, memory),
                        run(RunMetricsCollector.NO_STATUS, "overrun", -1000, -1)),
                Map.of());
    }
}
