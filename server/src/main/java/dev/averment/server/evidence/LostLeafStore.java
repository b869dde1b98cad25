package dev.averment.server.evidence;

import dev.averment.server.evidence.IntegrationStore.QueuedLeaf;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Finds leaves that were written and never queued, which takes a trigger that was disabled. Each look has two bounded
 * parts: the newest leaves of every log, and the next portion of the whole table, so that nothing stays lost however old
 * it is. Not thread-safe.
 */
final class LostLeafStore {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int NEWEST = 500;
    private static final int PORTION = 5_000;
    private static final UUID START = new UUID(0, 0);

    private UUID workspace = START;
    private UUID leaf = START;

    /** Those that one look finds, at most {@code limit}, by workspace; none of {@code leftOut}. */
    Map<UUID, List<QueuedLeaf>> look(Connection connection, Instant now, int limit, Collection<UUID> leftOut)
            throws SQLException {
        var lost = new LinkedHashMap<UUID, Set<UUID>>();
        try (PreparedStatement s = connection.prepareStatement("""
                select g.workspace_id, r.leaf_id
                  from evidence.log g
                 cross join lateral (
                       select l.leaf_id from evidence.leaf l
                        where l.workspace_id = g.workspace_id and l.leaf_id > ?
                        order by l.leaf_id desc limit ?) r
                 where not exists (select from evidence.leaf_index i
                                    where i.workspace_id = g.workspace_id and i.leaf_id = r.leaf_id)
                   and not exists (select from evidence.pending p
                                    where p.workspace_id = g.workspace_id and p.leaf_id = r.leaf_id)
                 limit ?""")) {
            s.setObject(1, LeafIds.first(now.minus(WINDOW)));
            s.setInt(2, NEWEST);
            s.setInt(3, limit);
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    add(lost, r.getObject(1, UUID.class), r.getObject(2, UUID.class));
                }
            }
        }
        int read = 0;
        try (PreparedStatement s = connection.prepareStatement("""
                with portion as materialized (
                    select workspace_id, leaf_id from evidence.leaf
                     where (workspace_id, leaf_id) > (?, ?) order by workspace_id, leaf_id limit ?)
                select t.workspace_id, t.leaf_id,
                       not exists (select from evidence.leaf_index i
                                    where i.workspace_id = t.workspace_id and i.leaf_id = t.leaf_id)
                       and not exists (select from evidence.pending p
                                        where p.workspace_id = t.workspace_id and p.leaf_id = t.leaf_id)
                  from portion t order by 1, 2""")) {
            s.setObject(1, workspace);
            s.setObject(2, leaf);
            s.setInt(3, Math.min(limit, PORTION));
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    read++;
                    workspace = r.getObject(1, UUID.class);
                    leaf = r.getObject(2, UUID.class);
                    if (r.getBoolean(3)) {
                        add(lost, workspace, leaf);
                    }
                }
            }
        }
        if (read == 0) {
            workspace = START;
            leaf = START;
        }
        lost.keySet().removeAll(leftOut);
        return read(connection, lost);
    }

    private static void add(Map<UUID, Set<UUID>> lost, UUID workspace, UUID leaf) {
        lost.computeIfAbsent(workspace, _ -> new HashSet<>()).add(leaf);
    }

    private static Map<UUID, List<QueuedLeaf>> read(Connection connection, Map<UUID, Set<UUID>> lost)
            throws SQLException {
        var leaves = new LinkedHashMap<UUID, List<QueuedLeaf>>();
        for (var log : lost.entrySet()) {
            try (PreparedStatement s = connection.prepareStatement("""
                    select leaf_id, bytes from evidence.leaf
                     where workspace_id = ? and leaf_id = any (?) order by leaf_id""")) {
                s.setObject(1, log.getKey());
                s.setArray(2, connection.createArrayOf("uuid", log.getValue().toArray()));
                var found = new ArrayList<QueuedLeaf>();
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        found.add(new QueuedLeaf(r.getObject(1, UUID.class), r.getBytes(2)));
                    }
                }
                if (!found.isEmpty()) {
                    leaves.put(log.getKey(), found);
                }
            }
        }
        return leaves;
    }
}
