package dev.averment.checks.roleprivileges;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code role-privileges}. */
public final class RolePrivilegesCheck implements CheckType {

    @Override
    public String name() {
        return "role-privileges";
    }

    @Override
    public String description() {
        return "As the application's own database role, tries to change the schema, become another role and reach the server's files"
                + " and programs.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Settings.Setting(
                                "temporaryTables",
                                Settings.Kind.BOOLEAN,
                                false,
                                "true when the application may make temporary tables, which every role may unless the right was revoked;"
                                        + " refused by default, because they can stand before a table that a function means.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "A role may always change its own password and its own defaults.",
                "ALTER SYSTEM and CREATE DATABASE are read from the catalog, because PostgreSQL won't try them inside a"
                        + " transaction.",
                "Looks at one role in one database, and at the others only where the target gives a reviewed list of grants;"
                        + " functions that the application may call can do more than it may.",
                "Of grants to others, those to administrators that the target names, and to superusers as such, are not looked"
                        + " at.",
                "Does not show who else knows the owner's or the superuser's credentials.");
    }

    @Override
    public Collector collector() {
        return new RolePrivilegesCollector();
    }

    @Override
    public Judge judge() {
        return new RolePrivilegesJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        List<String> one = List.of("app.note");
        List<String> kinds = new ArrayList<>(Escalations.against(new Escalations.Objects(
                        "app",
                        "app",
                        List.of("app"),
                        one,
                        List.of("app.definer()"),
                        List.of("owner"),
                        List.of("owner"),
                        List.of("hstore")))
                .kinds());
        kinds.addAll(RolePrivilegesCollector.BY_CATALOG);
        List<Subject> subjects = kinds.stream()
                .map(kind -> new Subject(
                        kind,
                        Map.of(
                                "objects",
                                1L,
                                "refused",
                                true,
                                "accepted",
                                List.of(),
                                "unclear",
                                List.of(),
                                "sqlState",
                                "42501")))
                .toList();
        return new Facts(now, subjects, Map.of("tables", 1L, "roles", 2L, "ownerSessions", 0L));
    }
}
