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

/** Reads the keys from the catalog and tries each. */
final class CrossReferencesCollector implements Collector {

    @Override
    public Facts collect(Look look) throws CollectException {
        Database database = look.target().require(Database.class);
        try {
            Map<String, TenantTable> tables = new HashMap<>();
            TenantTables.of(database).forEach(table -> tables.put(table.label(), table));
            List<Subject> subjects = new ArrayList<>();
            try (Connection runtime = database.connect(Database.Role.RUNTIME)) {
                Crossing crossing = new Crossing(database, runtime);
                for (ForeignKey key : ForeignKey.of(database)) {
                    TenantTable child = tables.get(key.table());
                    TenantTable parent = tables.get(key.parent());
                    Optional<Attempt.Outcome> outcome =
                            child == null || parent == null ? Optional.empty() : crossing.attempt(key, child, parent);
                    subjects.add(subject(key, outcome));
                }
            }
            return new Facts(look.clock().instant(), subjects, Map.of("tables", (long) tables.size()));
        } catch (SQLException broken) {
            throw new CollectException(
                    "The probe of foreign keys broke off (SQL state " + broken.getSQLState()
                            + "); see that the runtime and probe roles of the target can connect.",
                    broken);
        }
    }

    private static Subject subject(ForeignKey key, Optional<Attempt.Outcome> outcome) {
        boolean tried = outcome.map(Crossing::conclusive).orElse(false);
        return new Subject(
                key.table() + " (" + key.name() + ")",
                Map.of(
                        "parent", key.parent(),
                        "composite", key.composite(),
                        "usesOwnKey", key.usesOwnKey(),
                        "tried", tried,
                        "insertRefused",
                                tried && !outcome.map(Attempt.Outcome::worked).orElse(true),
                        "sqlState", outcome.map(Attempt.Outcome::state).orElse("none")));
    }
}
