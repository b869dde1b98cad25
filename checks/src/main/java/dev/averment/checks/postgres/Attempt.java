package dev.averment.checks.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Statements that must not work, tried in a transaction that is always rolled back. Locks and statements have short time
 * limits, so that a probe on a busy database gives up before anybody waits for it.
 */
public final class Attempt {
    private Attempt() {}

    /** insufficient_privilege: refused by a missing privilege, by a row-level policy or by a context that is no context. */
    public static final String REFUSED = "42501";

    /** Rollbacks, resources, locks and time limits, operators, system and internal errors. */
    private static final Set<String> BROKEN = Set.of("25", "40", "53", "54", "55", "57", "58", "XX");

    /** {@code foreign_key_violation}. */
    public static final String NO_SUCH_PARENT = "23503";

    /**
     * What came of it.
     *
     * @param rows     rows touched or counted; 0 when it failed
     * @param sqlState null when the statement worked
     */
    public record Outcome(long rows, @Nullable String sqlState) {
        public boolean refused() {
            return REFUSED.equals(sqlState);
        }

        public boolean worked() {
            return sqlState == null;
        }

        /** An integrity violation: the statement came past every privilege and policy before something else stopped it. */
        public boolean cameThrough() {
            return sqlState == null || sqlState.startsWith("23");
        }

        /**
         * The database was busy, full or ill rather than unwilling: nothing was learned. Any other error is an answer, if
         * not always a polite one.
         */
        public boolean broken() {
            return sqlState != null && BROKEN.contains(sqlState.substring(0, 2));
        }

        /** For a fact: {@code none} when it worked. */
        public String state() {
            return sqlState == null ? "none" : sqlState;
        }
    }

    /** What to do first in the transaction, such as entering a workspace. */
    @FunctionalInterface
    public interface Before {
        void prepare(Connection connection) throws SQLException;
    }

    /** Nothing first: a transaction without any context. */
    public static final Before NO_CONTEXT = connection -> {};

    /**
     * Runs one statement. A query's first column of its first row is the count. An error of {@code before} counts as the
     * statement's own.
     *
     * @throws SQLException when the connection itself is broken, or can't roll back
     */
    public static Outcome of(Connection connection, Before before, String sql, Object... values) throws SQLException {
        connection.setAutoCommit(false);
        try {
            limit(connection);
            before.prepare(connection);
            return new Outcome(run(connection, sql, values), null);
        } catch (SQLException refused) {
            String state = refused.getSQLState();
            if (state == null || state.startsWith("08")) {
                throw refused;
            }
            return new Outcome(0, state);
        } finally {
            connection.rollback();
        }
    }

    /** The time limits of a probe, for the open transaction. */
    public static void limit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '500ms'; set local statement_timeout = '5s'");
        }
    }

    /** Runs one statement in the open transaction: rows touched, or a query's first number. */
    public static long run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            if (!statement.execute()) {
                return statement.getUpdateCount();
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
