package dev.averment.checks.crossreferences;

import dev.averment.checks.postgres.Attempt;
import dev.averment.checks.postgres.FreshRow;
import dev.averment.checks.postgres.TenantTable;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * In the context of canary A, points a row of A at canary B's parent: by an update of A's row where that is allowed, else by an
 * insert of a copy. The row keeps its own tenant; every other column of the key takes the value of B's parent.
 */
final class Crossing {
    private final Database database;
    private final Connection connection;

    Crossing(Database database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    /** @return what came of it; empty when the canaries leave nothing to try it with */
    Optional<Attempt.Outcome> attempt(ForeignKey key, TenantTable child, TenantTable parent) throws SQLException {
        List<@Nullable String> values = parentOfB(key, parent);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> crossed = new LinkedHashMap<>();
        for (int i = 0; i < key.columns().size(); i++) {
            String value = values.get(i);
            if (!key.columns().get(i).equals(child.tenant()) && value != null) {
                crossed.put(key.columns().get(i), value);
            }
        }
        if (crossed.isEmpty()) { // a key on the tenant alone: to cross is to move the row
            crossed.put(child.tenant(), database.canaries().b().toString());
        }
        Optional<Attempt.Outcome> updated = byUpdate(child, crossed);
        return updated.isPresent() && conclusive(updated.get())
                ? updated
                : byInsert(child, crossed).or(() -> updated);
    }

    /** A refusal by the key or by the policy, or no refusal at all. */
    static boolean conclusive(Attempt.Outcome outcome) {
        return outcome.worked() || outcome.refused() || Attempt.NO_SUCH_PARENT.equals(outcome.sqlState());
    }

    private Optional<Attempt.Outcome> byUpdate(TenantTable child, Map<String, String> crossed) throws SQLException {
        boolean allowed = child.select()
                && crossed.keySet().stream()
                        .allMatch(c ->
                                child.column(c).map(TenantTable.Column::update).orElse(false));
        if (!allowed) {
            return Optional.empty();
        }
        String set = crossed.keySet().stream()
                .map(c -> TenantTable.quote(c) + " = ?::" + type(child, c))
                .collect(Collectors.joining(", "));
        List<Object> values = new ArrayList<>(crossed.values());
        values.add(database.canaries().a());
        Attempt.Outcome outcome = Attempt.of(
                connection,
                this::enterChecked,
                "update " + child.sql() + " set " + set + " where " + child.tenantSql() + " = ?",
                values.toArray());
        return outcome.worked() && outcome.rows() == 0 ? Optional.empty() : Optional.of(outcome);
    }

    private Optional<Attempt.Outcome> byInsert(TenantTable child, Map<String, String> crossed) throws SQLException {
        if (!child.select() || !child.insertable()) {
            return Optional.empty();
        }
        FreshRow row = FreshRow.copyOf(child, database.canaries().a(), crossed);
        Attempt.Outcome outcome = Attempt.of(connection, this::enterChecked, row.sql(), row.values());
        return outcome.worked() && outcome.rows() == 0 ? Optional.empty() : Optional.of(outcome);
    }

    /** A deferred key would say nothing before the commit that never comes. */
    private void enterChecked(Connection connection) throws SQLException {
        database.enter(connection, database.canaries().a());
        Attempt.run(connection, "set constraints all immediate");
    }

    private List<@Nullable String> parentOfB(ForeignKey key, TenantTable parent) throws SQLException {
        UUID b = database.canaries().b();
        String columns =
                key.parents().stream().map(c -> TenantTable.quote(c) + "::text").collect(Collectors.joining(", "));
        connection.setAutoCommit(false);
        try {
            database.enter(connection, b);
            try (PreparedStatement statement = connection.prepareStatement(
                    "select " + columns + " from " + parent.sql() + " where " + parent.tenantSql() + " = ? limit 1")) {
                statement.setObject(1, b);
                try (ResultSet rows = statement.executeQuery()) {
                    List<@Nullable String> values = new ArrayList<>();
                    if (rows.next()) {
                        for (int i = 1; i <= key.parents().size(); i++) {
                            values.add(rows.getString(i));
                        }
                    }
                    return values;
                }
            }
        } catch (SQLException noSight) {
            if (Attempt.REFUSED.equals(noSight.getSQLState())) {
                return List.of(); // the runtime role can't read the parent, so neither can this check
            }
            throw noSight;
        } finally {
            connection.rollback();
        }
    }

    private static String type(TenantTable table, String column) {
        return table.column(column).map(TenantTable.Column::type).orElse("text");
    }
}
