package dev.averment.checks.target;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An audit trail that is asked by statements of the target file.
 *
 * @param written ids of the open transaction's records about the table that its one parameter names
 * @param present a row when the record with the id of its one parameter is there
 */
record StatementTrail(String written, String present) implements Database.AuditTrail {

    /** A probe changes two rows at most; a statement that finds more has forgotten to ask for the transaction's own. */
    private static final int MOST = 1_000;

    @Override
    public Set<String> written(Connection connection, String table) throws SQLException {
        Set<String> ids = new LinkedHashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(written)) {
            statement.setMaxRows(MOST);
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(String.valueOf(rows.getString(1)));
                }
            }
        }
        return ids;
    }

    @Override
    public boolean present(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(present)) {
            statement.setString(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
