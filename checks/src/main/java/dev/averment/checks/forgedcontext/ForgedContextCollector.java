package dev.averment.checks.forgedcontext;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.postgres.Attempt;
import dev.averment.checks.postgres.TenantTable;
import dev.averment.checks.postgres.TenantTables;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Finds a table in which each canary shows in its own context, so that a forgery has something to reach. */
final class ForgedContextCollector implements Collector {

    @Override
    public Facts collect(Look look) throws CollectException {
        Database database = look.target().require(Database.class);
        Database.ContextSettings context = database.contextSettings()
                .orElseThrow(
                        () -> new CollectException(
                                "The target does not say in which settings the application keeps its workspace context,"
                                        + " so nobody can try to forge one; add setting under postgres.context in the target file."));
        try {
            List<TenantTable> tables = TenantTables.of(database);
            TenantTable table = tableWithCanaries(database, tables);
            return new Facts(
                    look.clock().instant(),
                    new Forgeries(database, context, table, tables).all(),
                    Map.of(
                            "table",
                            table.label(),
                            "sealed",
                            context.seal().isPresent() || database.sealing().isPresent()));
        } catch (SQLException broken) {
            throw new CollectException(
                    "The attempts on the context broke off (SQL state " + broken.getSQLState()
                            + "); see that the runtime role of the target can connect and enter the canary workspaces, and that"
                            + " the statements of postgres.pool in a target file run.",
                    broken);
        }
    }

    private static TenantTable tableWithCanaries(Database database, List<TenantTable> tables)
            throws CollectException, SQLException {
        try (Connection runtime = database.connect(Database.Role.RUNTIME)) {
            for (TenantTable table : tables) {
                if (table.select()
                        && shows(database, runtime, table, database.canaries().a())
                        && shows(database, runtime, table, database.canaries().b())) {
                    return table;
                }
            }
        }
        throw new CollectException(
                "No tenant table shows a row of each canary workspace in its own context, so a forgery would"
                        + " have nothing to reach; make the canary rows.");
    }

    private static boolean shows(Database database, Connection runtime, TenantTable table, UUID workspace)
            throws SQLException {
        return Attempt.of(
                                runtime,
                                c -> database.enter(c, workspace),
                                "select count(*) from (select 1 from " + table.sql() + " where " + table.tenantSql()
                                        + " = ? limit 1) r",
                                workspace)
                        .rows()
                > 0;
    }
}
