package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.BundledEntries;
import dev.averment.checks.target.Database;
import dev.averment.server.tenancy.WellKnown;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Entries of the operator's log, read from the table where they lie.
 *
 * @param database read as the runtime role
 */
record InstanceEntries(Database database) implements BundledEntries.Source {

    @Override
    public Map<Long, byte[]> between(long from, long to) throws CollectException {
        var found = new HashMap<Long, byte[]>();
        try (Connection c = database.connect(Database.Role.RUNTIME)) {
            c.setAutoCommit(false);
            database.enter(c, WellKnown.OPERATOR);
            try (PreparedStatement s = c.prepareStatement("""
                    select i.seq, l.bytes
                      from evidence.leaf_index i
                      join evidence.leaf l on l.workspace_id = i.workspace_id and l.leaf_id = i.leaf_id
                     where i.workspace_id = ? and i.seq >= ? and i.seq < ?""")) {
                s.setObject(1, WellKnown.OPERATOR);
                s.setLong(2, from);
                s.setLong(3, to);
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        found.put(r.getLong(1), r.getBytes(2));
                    }
                }
            }
            c.rollback();
            return found;
        } catch (SQLException e) {
            throw new CollectException("The log's entries can't be read: " + e.getMessage(), e);
        }
    }
}
