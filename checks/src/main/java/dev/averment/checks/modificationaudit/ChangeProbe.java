package dev.averment.checks.modificationaudit;

import dev.averment.checks.postgres.Attempt;
import dev.averment.checks.postgres.FreshRow;
import dev.averment.checks.postgres.TenantTable;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Changes a canary row of one table in each way that the runtime role may, and counts the records it left. */
final class ChangeProbe {
    private static final int MOST_COLUMNS = 20;

    private final Database database;
    private final Database.AuditTrail trail;
    private final Connection connection;
    private final UUID a;

    /** @param canary whose row is changed */
    ChangeProbe(Database database, Database.AuditTrail trail, Connection connection, UUID canary) {
        this.database = database;
        this.trail = trail;
        this.connection = connection;
        this.a = canary;
    }

    /**
     * @param rows  changed rows, one each
     * @param leaves records that they left in the transaction
     * @param stayed records that were still there after the rollback
     */
    record Change(long rows, long leaves, long stayed) {
        Change plus(Change other) {
            return new Change(rows + other.rows, leaves + other.leaves, stayed + other.stayed);
        }
    }

    /** A statement, and how many rows of the audited table each of its rows stands for. */
    private record Statement(String sql, Object[] values, int changes) {}

    Optional<Change> insert(TenantTable table) throws SQLException {
        if (!table.select() || !table.insertable()) {
            return Optional.empty();
        }
        List<Statement> ways = new ArrayList<>();
        FreshRow fresh = FreshRow.copyOf(table, a, Map.of());
        ways.add(new Statement(fresh.sql(), fresh.values(), 1));
        if (table.delete() && table.columns().stream().allMatch(c -> !c.insert() || c.select())) {
            // The very row again: deleted and inserted in one statement, so that keys pointing at it never miss it.
            String names = table.columns().stream()
                    .filter(TenantTable.Column::insert)
                    .map(TenantTable.Column::quoted)
                    .collect(Collectors.joining(", "));
            ways.add(new Statement(
                    "with gone as (delete from " + table.sql() + oneOfA(table) + " returning " + names
                            + ") insert into " + table.sql() + " (" + names + ") select " + names + " from gone",
                    new Object[] {a},
                    2));
        }
        return first(table, ways);
    }

    Optional<Change> update(TenantTable table) throws SQLException {
        if (!table.select()) {
            return Optional.empty();
        }
        List<Statement> ways = new ArrayList<>();
        for (TenantTable.Column column : table.columns()) {
            if (column.update() && !column.key() && !column.foreign() && ways.size() < MOST_COLUMNS) {
                altered(column).ifPresent(value -> ways.add(set(table, column, value)));
            }
        }
        // Each column by itself: a trigger that passes one over would not show by another.
        Optional<Change> each = Optional.empty();
        for (Statement way : ways) {
            Optional<Change> change = tried(table, way);
            each = each.isPresent() && change.isPresent()
                    ? Optional.of(each.get().plus(change.get()))
                    : each.or(() -> change);
        }
        if (each.isPresent()) {
            return each;
        }
        ways.clear();
        // Last the same value again: a trigger may rightly pass that over only when nothing else could be changed.
        table.columns().stream()
                .filter(TenantTable.Column::update)
                .findFirst()
                .ifPresent(column -> ways.add(set(table, column, column.quoted())));
        return first(table, ways);
    }

    Optional<Change> delete(TenantTable table) throws SQLException {
        if (!table.select() || !table.delete()) {
            return Optional.empty();
        }
        return first(table, List.of(new Statement("delete from " + table.sql() + oneOfA(table), new Object[] {a}, 1)));
    }

    private Statement set(TenantTable table, TenantTable.Column column, String value) {
        return new Statement(
                "update " + table.sql() + " set " + column.quoted() + " = " + value + oneOfA(table),
                new Object[] {a},
                1);
    }

    private static String oneOfA(TenantTable table) {
        return " where (tableoid, ctid) = (select tableoid, ctid from " + table.sql() + " where " + table.tenantSql()
                + " = ? limit 1)";
    }

    private static Optional<String> altered(TenantTable.Column column) {
        String name = column.quoted();
        String type = column.type();
        if (type.startsWith("timestamp")) {
            return Optional.of("coalesce(" + name + ", now()) + interval '1 second'");
        }
        if (type.equals("boolean")) {
            return Optional.of("not coalesce(" + name + ", false)");
        }
        if (type.equals("text")) {
            return Optional.of("coalesce(" + name + ", '') || 'x'");
        }
        if (type.equals("integer") || type.equals("bigint") || type.equals("smallint")) {
            return Optional.of("coalesce(" + name + ", 0) + 1");
        }
        return Optional.empty();
    }

    /** The first way that the database lets through. */
    private Optional<Change> first(TenantTable table, List<Statement> ways) throws SQLException {
        for (Statement way : ways) {
            Optional<Change> change = tried(table, way);
            if (change.isPresent()) {
                return change;
            }
        }
        return Optional.empty();
    }

    private Optional<Change> tried(TenantTable table, Statement way) throws SQLException {
        Set<String> written;
        long rows;
        connection.setAutoCommit(false);
        try {
            rows = changed(way);
            // A trail that can't be read breaks the probe off: it is no refusal of the change.
            written = rows == 0 ? Set.of() : trail.written(connection, table.label());
        } finally {
            connection.rollback();
        }
        if (rows == 0) {
            return Optional.empty();
        }
        return Optional.of(new Change(rows * way.changes(), written.size(), stayed(written)));
    }

    /** How many rows the statement changed in the open transaction; none when it was refused. */
    private long changed(Statement way) throws SQLException {
        try {
            Attempt.limit(connection);
            database.enter(connection, a);
            return Attempt.run(connection, way.sql(), way.values());
        } catch (SQLException refused) {
            if (refused.getSQLState() == null || refused.getSQLState().startsWith("08")) {
                throw refused;
            }
            return 0;
        }
    }

    private long stayed(Set<String> written) throws SQLException {
        long stayed = 0;
        try {
            database.enter(connection, a);
            for (String id : written) {
                if (trail.present(connection, id)) {
                    stayed++;
                }
            }
        } finally {
            connection.rollback();
        }
        return stayed;
    }
}
