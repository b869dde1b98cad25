package dev.averment.checks.modificationaudit;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Catalog;
import dev.averment.checks.postgres.ReviewedCatalog;
import dev.averment.checks.postgres.TenantTable;
import dev.averment.checks.postgres.TenantTables;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the triggers from the catalog and, where the target gives the trail, watches them at work. */
final class ModificationAuditCollector implements Collector {

    @Override
    public Facts collect(Look look) throws CollectException {
        Database database = look.target().require(Database.class);
        if (database.allowances().modificationTrigger().isEmpty()) {
            throw new CollectException("The target does not say which function records changes; add modificationTrigger"
                    + " under postgres.allow in the target file.");
        }
        try {
            Map<String, TenantTable> tables = new HashMap<>();
            TenantTables.of(database).forEach(table -> tables.put(table.label(), table));
            Optional<Database.AuditTrail> trail = database.auditTrail();
            List<Subject> subjects = new ArrayList<>();
            try (Connection runtime = database.connect(Database.Role.RUNTIME)) {
                for (AuditTrigger trigger : AuditTrigger.of(database)) {
                    Map<String, Object> facts = new HashMap<>();
                    facts.put("trigger", trigger.present());
                    facts.put("always", trigger.always());
                    facts.put("insert", trigger.insert());
                    facts.put("update", trigger.update());
                    facts.put("delete", trigger.delete());
                    TenantTable table = tables.get(trigger.table());
                    if (trail.isPresent() && table != null) {
                        ChangeProbe a = new ChangeProbe(
                                database,
                                trail.get(),
                                runtime,
                                database.canaries().a());
                        ChangeProbe b = new ChangeProbe(
                                database,
                                trail.get(),
                                runtime,
                                database.canaries().b());
                        write(facts, "insert", both(a.insert(table), b.insert(table)));
                        write(facts, "update", both(a.update(table), b.update(table)));
                        write(facts, "delete", both(a.delete(table), b.delete(table)));
                    }
                    subjects.add(new Subject(trigger.table(), facts));
                }
            }
            return new Facts(
                    look.clock().instant(),
                    subjects,
                    Map.of(
                            "trail",
                            trail.isPresent(),
                            "unaudited",
                            (long) database.allowances().unauditedTables().size(),
                            "function",
                            AuditTrigger.function(database),
                            "unreviewedTriggers",
                            unreviewed(database)));
        } catch (SQLException broken) {
            throw new CollectException(
                    "The probe of the modification trigger broke off (SQL state " + broken.getSQLState()
                            + "); see that the runtime role of the target can connect, enter a canary workspace and read the"
                            + " records there, with the statements of postgres.audit where a target file gives them.",
                    broken);
        }
    }

    /** Triggers, on any table, that are not as they were reviewed: one that comes first can drop a row and say nothing. */
    private static List<String> unreviewed(Database database) throws SQLException {
        try (Catalog catalog = Catalog.open(database)) {
            return ReviewedCatalog.triggers(catalog);
        }
    }

    private static Optional<ChangeProbe.Change> both(Optional<ChangeProbe.Change> a, Optional<ChangeProbe.Change> b) {
        return a.isPresent() && b.isPresent() ? Optional.of(a.get().plus(b.get())) : a.or(() -> b);
    }

    private static void write(Map<String, Object> facts, String command, Optional<ChangeProbe.Change> change) {
        change.ifPresent(seen -> {
            facts.put(command + "Rows", seen.rows());
            facts.put(command + "Leaves", seen.leaves());
            facts.put(command + "Stayed", seen.stayed());
        });
    }
}
