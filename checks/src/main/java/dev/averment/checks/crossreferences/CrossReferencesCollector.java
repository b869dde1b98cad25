package dev.averment.checks.crossreferences;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Attempt;
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
import java.util.Set;
import java.util.TreeSet;

/** Reads the keys from the catalog and tries each. */
final class CrossReferencesCollector implements Collector {

    @Override
    public Facts collect(Look look) throws CollectException {
        Database database = look.target().require(Database.class);
        try {
            Map<String, TenantTable> tables = new HashMap<>();
            TenantTables.of(database).forEach(table -> tables.put(table.label(), table));
            List<Subject> subjects = new ArrayList<>();
            Set<String> gone = new TreeSet<>(database.allowances().reviewed().references());
            boolean fire;
            try (Connection runtime = database.connect(Database.Role.RUNTIME)) {
                fire = firesTriggers(runtime);
                Crossing crossing = new Crossing(database, runtime);
                for (ForeignKey key : ForeignKey.of(database)) {
                    TenantTable child = tables.get(key.table());
                    TenantTable parent = tables.get(key.parent());
                    Optional<Attempt.Outcome> outcome =
                            child == null || parent == null ? Optional.empty() : crossing.attempt(key, child, parent);
                    subjects.add(subject(key, outcome));
                    gone.remove(key.reference());
                }
            }
            return new Facts(
                    look.clock().instant(),
                    subjects,
                    Map.of(
                            "tables",
                            (long) tables.size(),
                            "reviewed",
                            (long) database.allowances().reviewed().references().size(),
                            "gone",
                            List.copyOf(gone),
                            "triggersFire",
                            fire));
        } catch (SQLException broken) {
            throw new CollectException(
                    "The probe of foreign keys broke off (SQL state " + broken.getSQLState()
                            + "); see that the runtime and probe roles of the target can connect.",
                    broken);
        }
    }

    /** In a session that passes for a replica no foreign key is looked at. */
    private static boolean firesTriggers(Connection runtime) throws SQLException {
        return Attempt.run(
                        runtime,
                        "select count(*) where current_setting('session_replication_role') in ('origin', 'local')")
                == 1;
    }

    private static Subject subject(ForeignKey key, Optional<Attempt.Outcome> outcome) {
        boolean tried = outcome.map(Crossing::conclusive).orElse(false);
        return new Subject(
                key.table() + " (" + key.name() + ")",
                Map.of(
                        "parent", key.parent(),
                        "composite", key.composite(),
                        "usesOwnKey", key.usesOwnKey(),
                        "enforced", key.enforced(),
                        "tried", tried,
                        "insertRefused",
                                tried && !outcome.map(Attempt.Outcome::worked).orElse(true),
                        "sqlState", outcome.map(Attempt.Outcome::state).orElse("none")));
    }
}
