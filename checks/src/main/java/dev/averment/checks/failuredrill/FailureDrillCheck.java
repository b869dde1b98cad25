package dev.averment.checks.failuredrill;

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

/** {@code failure-drill}. */
public final class FailureDrillCheck implements CheckType {

    @Override
    public String name() {
        return "failure-drill";
    }

    @Override
    public String description() {
        return "Makes a workflow of a demo fail on purpose, and follows the run, the incident, the alert and the recovery.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(new Setting(
                        "visible",
                        Kind.LIST,
                        false,
                        "Of run, incident, attempt and recovery; all where it is missing.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The alert of a demo ends in an inbox of its workspace: the queue, the worker and the attempt are shown, and no"
                        + " network.",
                "One of the demo's four workflows is made to fail, in one way.",
                "The interface is read, not what a browser shows of it.");
    }

    @Override
    public Collector collector() {
        return new FailureDrillCollector();
    }

    @Override
    public Judge judge() {
        return new FailureDrillJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(FailureDrillCollector.BEFORE, Map.of("worked", true)),
                        new Subject(
                                FailureDrillCollector.RUN, Map.of("failed", true, "shown", "failed", "output", true)),
                        new Subject(
                                FailureDrillCollector.INCIDENT,
                                Map.of(
                                        "opened",
                                        true,
                                        "affected",
                                        true,
                                        "rootRun",
                                        true,
                                        "lines",
                                        List.of("opened", "told", "resolved"))),
                        new Subject(
                                FailureDrillCollector.ALERT,
                                Map.of("alerts", 1L, "attempts", 1L, "outcomes", List.of("ok"), "delivered", true)),
                        new Subject(
                                FailureDrillCollector.RECOVERY,
                                Map.of("mended", true, "back", "succeeded", "incident", "resolved", "workflow", "up"))),
                Map.of());
    }
}
