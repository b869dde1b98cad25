package dev.averment.checks.tenantkey;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code tenant-key}. */
public final class TenantKeyCheck implements CheckType {

    @Override
    public String name() {
        return "tenant-key";
    }

    @Override
    public String description() {
        return "Reads from the catalog that every table of the application carries the tenant's key, never null, never filled in"
                + " by itself, and first in its primary key.";
    }

    @Override
    public Settings settings() {
        return Settings.NONE;
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "A default that is the context's tenant, as the policy takes it, is let pass; a trigger that fills the column is"
                        + " not looked at.",
                "Shows how rows are keyed, not that anything filters by the key.",
                "Tables on the reviewed list of global tables are believed to hold no tenant data.",
                "Tables without the tenant column that the application's role can't reach are not looked at.");
    }

    @Override
    public Collector collector() {
        return new TenantKeyCollector();
    }

    @Override
    public Judge judge() {
        return new TenantKeyJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(new Subject(
                        "app.note",
                        Map.of(
                                "column",
                                "workspace_id",
                                "notNull",
                                true,
                                "leadsPrimaryKey",
                                true,
                                "filledBy",
                                "nothing"))),
                Map.of("globalTables", 0L));
    }
}
