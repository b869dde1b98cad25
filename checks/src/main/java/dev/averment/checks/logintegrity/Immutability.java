package dev.averment.checks.logintegrity;

import dev.averment.checks.CollectException;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Tries UPDATE, DELETE and TRUNCATE on every append-only table as the application's role, each inside a transaction that
 * is rolled back whatever happens. A change goes for one row at most, so that a table which is open by mistake is not
 * locked whole. Refused is 42501 (no privilege) or P0001 (a trigger raised); anything that succeeds was not.
 */
final class Immutability {
    private static final String NO_PRIVILEGE = "42501";
    private static final String RAISED = "P0001";
    /** The wait for a lock begins after the privilege was granted: whoever waits was not refused. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Database database;

    Immutability(Database database) {
        this.database = database;
    }

    List<Subject> attempts() throws CollectException {
        List<Subject> subjects = new ArrayList<>();
        try (Connection connection = database.connect(Database.Role.RUNTIME)) {
            connection.setAutoCommit(false);
            try {
                execute(connection, "SET LOCAL lock_timeout = '2s'");
                execute(connection, "SET LOCAL statement_timeout = '10s'");
                database.enter(connection, database.canaries().a());
                for (String table : new TreeSet<>(database.allowances().appendOnlyTables())) {
                    String name = quoted(table);
                    String oneRow = " WHERE (tableoid, ctid) IN (SELECT tableoid, ctid FROM " + name + " LIMIT 1)";
                    Optional<String> column = column(connection, table);
                    if (column.isEmpty()) {
                        throw new CollectException("The append-only table " + table
                                + " does not exist or has no columns; correct the list of append-only tables.");
                    }
                    String c = quotedPart(column.get());
                    subjects.add(attempt(
                            connection, "UPDATE " + table, "UPDATE " + name + " SET " + c + " = " + c + oneRow));
                    subjects.add(attempt(connection, "DELETE " + table, "DELETE FROM " + name + oneRow));
                    subjects.add(attempt(connection, "TRUNCATE " + table, "TRUNCATE " + name));
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new CollectException(
                    "The application's role could not try to alter the log (SQLSTATE " + e.getSQLState()
                            + "); see whether the database is up and the role may connect.",
                    e);
        }
        return subjects;
    }

    private static Subject attempt(Connection connection, String name, String sql)
            throws SQLException, CollectException {
        Savepoint before = connection.setSavepoint();
        try {
            execute(connection, sql);
            connection.rollback(before);
            return new Subject(name, Map.of("kind", "attempt", "refused", false, "sqlState", "00000"));
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            connection.rollback(before);
            return switch (state) {
                case NO_PRIVILEGE, RAISED ->
                    new Subject(name, Map.of("kind", "attempt", "refused", true, "sqlState", state));
                case LOCK_NOT_AVAILABLE ->
                    new Subject(name, Map.of("kind", "attempt", "refused", false, "sqlState", state));
                default ->
                    throw new CollectException(
                            name + " ended with SQLSTATE " + state
                                    + ", which is neither refusal nor success; look into it.",
                            e);
            };
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Optional<String> column(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT attname FROM pg_catalog.pg_attribute
                 WHERE attrelid = pg_catalog.to_regclass(?) AND attnum > 0 AND NOT attisdropped
                   AND attgenerated = '' AND attidentity <> 'a'
                 ORDER BY attnum DESC LIMIT 1
                """)) {
            statement.setString(1, quoted(table));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    private static String quoted(String table) {
        int dot = table.indexOf('.');
        return dot < 0
                ? quotedPart(table)
                : quotedPart(table.substring(0, dot)) + "." + quotedPart(table.substring(dot + 1));
    }

    private static String quotedPart(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
