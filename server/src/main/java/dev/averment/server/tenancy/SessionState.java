package dev.averment.server.tenancy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a transaction leaves on its session, beyond its rows. SQL that was injected into a transaction of one workspace could
 * otherwise wait there for the next one on the same pooled connection: a prepared statement under a name that the driver
 * uses would run in the other workspace's context, a setting would carry away what it read, an advisory lock would stop
 * whoever needs it.
 */
final class SessionState {
    /** DISCARD ALL would do it as well, and throw away every cached plan of every function with it. */
    private static final String FORGET =
            "deallocate all; close all; unlisten *; reset all; select pg_advisory_unlock_all()";

    private static final Logger log = LoggerFactory.getLogger(SessionState.class);

    private SessionState() {}

    /** Brings the session back to how it was opened; a connection on which that fails is closed and not used again. */
    static void forget(DataSource pool, Connection connection) {
        try {
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                // Never under a name on the server: this is the one statement that must not be replaced.
                statement.unwrap(PGStatement.class).setPrepareThreshold(0);
                statement.execute(FORGET);
            }
            if (connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
                // What the driver calls COMMIT was something else.
                throw new SQLException("its transaction is still open", "25001");
            }
        } catch (SQLException e) {
            log.warn("a connection could not be brought back to its beginning and is closed: {}", e.getMessage());
            if (pool instanceof HikariDataSource hikari) {
                hikari.evictConnection(connection);
            }
        }
    }
}
