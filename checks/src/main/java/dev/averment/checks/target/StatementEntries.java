package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Log entries where they lie in the database, read as the runtime role in the context of the log's workspace.
 *
 * @param statement sequence and bytes of the entries from its first parameter up to, and without, its second
 */
record StatementEntries(Database database, UUID workspace, String statement) implements BundledEntries.Source {

    @Override
    public Map<Long, byte[]> between(long from, long to) throws CollectException {
        Map<Long, byte[]> found = new HashMap<>();
        try (Connection connection = database.connect(Database.Role.RUNTIME)) {
            connection.setAutoCommit(false);
            try {
                database.enter(connection, workspace);
                try (PreparedStatement entries = connection.prepareStatement(statement)) {
                    entries.setMaxRows(Math.toIntExact(to - from) + 1);
                    entries.setLong(1, from);
                    entries.setLong(2, to);
                    try (ResultSet rows = entries.executeQuery()) {
                        while (rows.next()) {
                            byte[] bytes = rows.getBytes(2);
                            if (bytes == null || found.put(rows.getLong(1), bytes) != null) {
                                throw new CollectException("log.entries.statement gives no bytes, or twice, for entry "
                                        + rows.getLong(1) + "; it must select the sequence and the bytes.");
                            }
                        }
                    }
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new CollectException(
                    "The log's entries can't be read (SQL state " + e.getSQLState()
                            + "); see that log.entries.statement runs as the runtime role in the context of log.workspace.",
                    e);
        }
        return found;
    }
}
