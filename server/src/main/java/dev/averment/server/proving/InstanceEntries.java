package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Database;
import dev.averment.checks.target.EvidenceLog;
import dev.averment.server.tenancy.WellKnown;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Entries of the operator's log, read from the table where they lie, a bundle of 256 at a time. A look asks in ascending
 * order; whoever asks for an earlier entry than the last one begins a new look, and nothing of the old one is kept: or an
 * entry that was altered after the first look would never be noticed.
 */
final class InstanceEntries implements EvidenceLog.StoredEntries {
    private static final int BUNDLE = 256;

    private final Database database;
    private long bundle = -1;
    private long last = -1;
    private Map<Long, byte[]> entries = Map.of();

    InstanceEntries(Database database) {
        this.database = database;
    }

    /** The newest bundle grows, so it is read again whenever something is missing in it. */
    @Override
    public synchronized Optional<byte[]> entry(long sequence) throws CollectException {
        if (sequence <= last || sequence / BUNDLE != bundle || !entries.containsKey(sequence)) {
            read(sequence / BUNDLE);
        }
        last = sequence;
        return Optional.ofNullable(entries.get(sequence));
    }

    private void read(long wanted) throws CollectException {
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
                s.setLong(2, wanted * BUNDLE);
                s.setLong(3, (wanted + 1) * BUNDLE);
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        found.put(r.getLong(1), r.getBytes(2));
                    }
                }
            }
            c.rollback();
        } catch (SQLException e) {
            throw new CollectException("The log's entries can't be read: " + e.getMessage(), e);
        }
        bundle = wanted;
        entries = found;
    }
}
