package dev.averment.checks.isolationcatalog;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code isolation-catalog}. */
public final class IsolationCatalogCheck implements CheckType {

    @Override
    public String name() {
        return "isolation-catalog";
    }

    @Override
    public String description() {
        return "Reads the database's catalog and holds every tenant table, key, role, view and function against the rules of"
                + " row-level isolation.";
    }

    @Override
    public Settings settings() {
        return Settings.NONE;
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Reads the text of policies, not what the function behind them decides: that is the behaviour check's part.",
                "Looks at the runtime role only, but for the sealing key; superusers and the owner of the tables can read"
                        + " everything.",
                "Believes the application's reviewed lists. Tables, functions, operators, CHECK constraints, triggers, policies, publications and the server's"
                        + " own functions and views are held against what was reviewed only where a list says it, the server's"
                        + " for its major version only; partitions are not, and what a function calls is not followed.",
                "Believes of an extension that what lies in its schema, belongs to its owner and has no tenant column is its"
                        + " own.",
                "Does not cover large objects, notification payloads, advisory locks, sequence values or other databases.",
                "Knows the holes of PostgreSQL that were published when this version was built.");
    }

    @Override
    public Collector collector() {
        return new IsolationCatalogCollector();
    }

    @Override
    public Judge judge() {
        return new IsolationCatalogJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(new Subject(
                        "app.note",
                        Map.of(
                                "rls", true,
                                "forced", true,
                                "reachable", true,
                                "policies", 1L,
                                "commands", "SELECT,INSERT,UPDATE,DELETE"))),
                Map.of("tables", 1L, "rules", (long) Rule.values().length, "findings", List.of()));
    }
}
