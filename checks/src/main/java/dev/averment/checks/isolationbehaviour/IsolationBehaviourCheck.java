package dev.averment.checks.isolationbehaviour;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code isolation-behaviour}. */
public final class IsolationBehaviourCheck implements CheckType {

    @Override
    public String name() {
        return "isolation-behaviour";
    }

    @Override
    public String description() {
        return "As the application's own database role, tries to read, change, delete and write another workspace's rows in every"
                + " tenant table.";
    }

    @Override
    public Settings settings() {
        return Settings.NONE;
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Shows what the database refuses, not that the application enters the right workspace for a request.",
                "Reaches for the rows of two canary workspaces; a policy that favours one certain other workspace shows only when"
                        + " rows can be read.",
                "Every attempt is rolled back; sequence values that a trigger draws meanwhile stay drawn.",
                "Sees tables with the tenant column only; tables without it are the catalog check's part.",
                "Does not measure how long answers take.");
    }

    @Override
    public Collector collector() {
        return new IsolationBehaviourCollector();
    }

    @Override
    public Judge judge() {
        return new IsolationBehaviourJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        Map<String, Object> table = new HashMap<>();
        IsolationBehaviourJudge.ATTEMPTS.keySet().forEach(attempt -> table.put(attempt, 0L));
        table.put("canary", true);
        table.put("ownRow", true);
        table.put("appendOnly", false);
        table.put("reachable", true);
        table.put("byPrivilege", List.of());
        table.put("unclear", List.of());
        return new Facts(now, List.of(new Subject("app.note", table)), Map.of("tables", 1L));
    }
}
