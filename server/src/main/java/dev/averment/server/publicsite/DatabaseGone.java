package dev.averment.server.publicsite;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Whether a request broke on a database that is away, or takes nothing: that passes, and the request may come again. */
final class DatabaseGone {
    static final String RETRY_AFTER_SECONDS = "10";

    private DatabaseGone() {}

    static boolean isBehind(@Nullable Object error) {
        Throwable cause = error instanceof Throwable thrown ? thrown : null;
        for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLNonTransientConnectionException
                    || cause instanceof SQLRecoverableException
                    || (cause instanceof SQLException sql && passes(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Connections (08), resources such as space (53), a server that stops or starts (57P01 to 57P03), and a database that takes
     * no writes (25006).
     */
    private static boolean passes(@Nullable String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("53")
                        || state.equals("25006")
                        || state.startsWith("57P0"));
    }
}
