package dev.averment.checks.isolationbehaviour;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.TenantTable;
import dev.averment.checks.postgres.TenantTables;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the tenant tables in the catalog and probes each on one connection of the runtime role. */
final class IsolationBehaviourCollector implements Collector {

    @Override
    public Facts collect(Look look) throws CollectException {
        Database database = look.target().require(Database.class);
        try {
            List<TenantTable> tables = TenantTables.of(database);
            List<Subject> subjects = new ArrayList<>();
            try (Connection runtime = database.connect(Database.Role.RUNTIME)) {
                for (TenantTable table : tables) {
                    subjects.add(new TableProbe(database, runtime, table).run());
                }
            }
            return new Facts(look.clock().instant(), subjects, Map.of("tables", (long) tables.size()));
        } catch (SQLException broken) {
            throw new CollectException(
                    "The probe of the tenant tables broke off (SQL state " + broken.getSQLState()
                            + "); see that the runtime and probe roles of the target can connect.",
                    broken);
        }
    }
}
