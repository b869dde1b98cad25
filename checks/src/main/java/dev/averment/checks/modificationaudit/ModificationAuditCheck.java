package dev.averment.checks.modificationaudit;

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

/** {@code modification-audit}. */
public final class ModificationAuditCheck implements CheckType {

    @Override
    public String name() {
        return "modification-audit";
    }

    @Override
    public String description() {
        return "Reads that every tenant table carries the modification trigger, and counts the records that changes of a canary row"
                + " leave in the same transaction.";
    }

    @Override
    public Settings settings() {
        return Settings.NONE;
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Counts records and does not read them: what they say is the evidence log's part.",
                "Tables on the reviewed lists of unaudited tables and schemas, which are the record themselves, are not looked at.",
                "A trigger that passes over rows of certain other workspaces, or values of certain kinds, shows only where the"
                        + " target gives its function's reviewed digest.",
                "Commands that the application's role may not use, or that keys prevent for the canary row, are judged by the catalog"
                        + " alone.",
                "The owner of a table and superusers can take a trigger away; its absence then shows at the next look.");
    }

    @Override
    public Collector collector() {
        return new ModificationAuditCollector();
    }

    @Override
    public Judge judge() {
        return new ModificationAuditJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        Map<String, Object> facts = new HashMap<>();
        for (String flag : List.of("trigger", "always", "insert", "update", "delete")) {
            facts.put(flag, true);
        }
        for (String command : List.of("insert", "update", "delete")) {
            facts.put(command + "Rows", 1L);
            facts.put(command + "Leaves", 1L);
            facts.put(command + "Stayed", 0L);
        }
        return new Facts(
                now,
                List.of(new Subject("app.note", facts)),
                Map.of("trail", true, "unaudited", 1L, "function", "none", "unreviewedTriggers", List.of()));
    }
}
