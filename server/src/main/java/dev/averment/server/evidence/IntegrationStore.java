package dev.averment.server.evidence;

import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.TileData;
import dev.averment.evidence.merkle.TileSource;
import dev.averment.evidence.merkle.TreeUpdate;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The integrator's SQL, on a connection of {@code averment_log} whose transaction the integrator ends. */
final class IntegrationStore {
    /** A sequenced leaf: its bytes as they are stored. */
    record QueuedLeaf(UUID id, byte[] bytes) {}

    /** A log's state before the batch. */
    record TreeState(String origin, long size, Hash root) {}

    private final Connection connection;

    IntegrationStore(Connection connection) {
        this.connection = connection;
    }

    /** One integrator at a time, on whichever replica: true for the one that may go on in this transaction. */
    boolean lead() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(
                        "select pg_try_advisory_xact_lock(hashtextextended('averment.integrator', 0))");
                ResultSet r = s.executeQuery()) {
            return r.next() && r.getBoolean(1);
        }
    }

    /** A log with the state of its tree, and the checkpoint over it when there is one. */
    record Standing(
            UUID workspace, TreeState state, @Nullable String note) {}

    /** Every log as it stands. */
    List<Standing> standing() throws SQLException {
        var all = new ArrayList<Standing>();
        try (PreparedStatement s = connection.prepareStatement("""
                        select l.workspace_id, l.origin, coalesce(t.size, 0), coalesce(t.root, sha256('')), c.note
                          from evidence.log l
                          left join evidence.tree t on t.workspace_id = l.workspace_id
                          left join evidence.checkpoint c on c.workspace_id = t.workspace_id and c.size = t.size""");
                ResultSet r = s.executeQuery()) {
            while (r.next()) {
                all.add(new Standing(
                        r.getObject(1, UUID.class),
                        new TreeState(r.getString(2), r.getLong(3), Hash.of(r.getBytes(4))),
                        r.getString(5)));
            }
        }
        return all;
    }

    /**
     * Takes up to {@code limit} leaves off the queue, oldest first, by workspace; none of {@code leftOut}. The runtime role
     * may write into the queue, so an entry may come twice or again: a leaf that has its place already, or that isn't
     * there, is taken off and passed over.
     */
    Map<UUID, List<QueuedLeaf>> take(int limit, Collection<UUID> leftOut) throws SQLException {
        var taken = new LinkedHashMap<UUID, List<QueuedLeaf>>();
        try (PreparedStatement s = connection.prepareStatement("""
                with next as (
                    select workspace_id, place from evidence.pending
                     where workspace_id <> all (?) order by place limit ?
                ), taken as (
                    delete from evidence.pending p using next n
                     where p.workspace_id = n.workspace_id and p.place = n.place
                    returning p.workspace_id, p.place, p.leaf_id
                )
                select t.workspace_id, t.leaf_id, l.bytes
                  from (select workspace_id, leaf_id, min(place) as place from taken group by workspace_id, leaf_id) t
                  join evidence.leaf l on l.workspace_id = t.workspace_id and l.leaf_id = t.leaf_id
                 where not exists (select from evidence.leaf_index i
                                    where i.workspace_id = t.workspace_id and i.leaf_id = t.leaf_id)
                 order by t.place""")) {
            s.setArray(1, connection.createArrayOf("uuid", leftOut.toArray()));
            s.setInt(2, limit);
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    taken.computeIfAbsent(r.getObject(1, UUID.class), _ -> new ArrayList<>())
                            .add(new QueuedLeaf(r.getObject(2, UUID.class), r.getBytes(3)));
                }
            }
        }
        return taken;
    }

    /** State of each log, locked until the transaction ends; a log without a tree yet is empty. */
    Map<UUID, TreeState> lock(Collection<UUID> workspaces) throws SQLException, IOException {
        var states = new HashMap<UUID, TreeState>();
        Array ids = connection.createArrayOf("uuid", workspaces.toArray());
        try (PreparedStatement s = connection.prepareStatement("""
                insert into evidence.tree (workspace_id, size, root)
                select w, 0, sha256('') from unnest(?) w on conflict do nothing""")) {
            s.setArray(1, ids);
            s.executeUpdate();
        }
        try (PreparedStatement s = connection.prepareStatement("""
                select t.workspace_id, l.origin, t.size, t.root
                  from evidence.tree t join evidence.log l on l.workspace_id = t.workspace_id
                 where t.workspace_id = any(?) order by t.workspace_id for update of t""")) {
            s.setArray(1, ids);
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    states.put(
                            r.getObject(1, UUID.class),
                            new TreeState(r.getString(2), r.getLong(3), Hash.of(r.getBytes(4))));
                }
            }
        }
        return states;
    }

    /** Writes the places of a batch: one statement for all logs. */
    void index(List<UUID> workspaces, List<Long> seqs, List<UUID> leaves, byte[] hashes) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("""
                insert into evidence.leaf_index (workspace_id, seq, leaf_id, leaf_hash)
                select w, s, l, substring(? from ((o - 1) * 32 + 1)::integer for 32)
                  from unnest(?, ?, ?) with ordinality as batch (w, s, l, o)""")) {
            s.setBytes(1, hashes);
            s.setArray(2, connection.createArrayOf("uuid", workspaces.toArray()));
            s.setArray(3, connection.createArrayOf("int8", seqs.toArray()));
            s.setArray(4, connection.createArrayOf("uuid", leaves.toArray()));
            s.executeUpdate();
        }
    }

    /** Writes changed tiles, new states and checkpoints of a batch. */
    void write(Map<UUID, TreeUpdate> updates, Map<UUID, Integrator.Signed> signed, Instant signedAt)
            throws SQLException {
        try (PreparedStatement tile = connection.prepareStatement("""
                        insert into evidence.tile (workspace_id, level, n, data) values (?, ?, ?, ?)
                        on conflict (workspace_id, level, n) do update set data = excluded.data""");
                PreparedStatement tree = connection.prepareStatement(
                        "update evidence.tree set size = ?, root = ? where workspace_id = ?");
                PreparedStatement checkpoint = connection.prepareStatement("""
                        insert into evidence.checkpoint (workspace_id, size, signed_at, note) values (?, ?, ?, ?)""")) {
            for (var update : updates.entrySet()) {
                for (TileData data : update.getValue().tiles()) {
                    tile.setObject(1, update.getKey());
                    tile.setInt(2, data.tile().level());
                    tile.setLong(3, data.tile().index());
                    tile.setBytes(4, data.bytes());
                    tile.addBatch();
                }
                tree.setLong(1, update.getValue().size());
                tree.setBytes(2, update.getValue().root().bytes());
                tree.setObject(3, update.getKey());
                tree.addBatch();
                checkpoint.setObject(1, update.getKey());
                checkpoint.setLong(2, update.getValue().size());
                checkpoint.setTimestamp(3, Timestamp.from(signedAt));
                checkpoint.setString(4, new String(note(signed, update.getKey()), StandardCharsets.UTF_8));
                checkpoint.addBatch();
            }
            tile.executeBatch();
            tree.executeBatch();
            checkpoint.executeBatch();
        }
    }

    private static byte[] note(Map<UUID, Integrator.Signed> signed, UUID workspace) {
        return java.util.Objects.requireNonNull(signed.get(workspace)).note();
    }

    /** The stored tiles of one log. */
    TileSource tiles(UUID workspace) {
        return tile -> {
            try (PreparedStatement s = connection.prepareStatement(
                    "select data from evidence.tile where workspace_id = ? and level = ? and n = ?")) {
                s.setObject(1, workspace);
                s.setInt(2, tile.level());
                s.setLong(3, tile.index());
                try (ResultSet r = s.executeQuery()) {
                    if (!r.next()) {
                        throw new FileNotFoundException(tile.path() + " is missing");
                    }
                    return r.getBytes(1);
                }
            } catch (SQLException e) {
                throw new IOException("a tile can't be read: " + e.getMessage(), e);
            }
        };
    }

    /** Adds the anchor log's leaves: one for each checkpoint. */
    void appendCheckpoints(UUID workspace, Collection<Anchor.Anchored> checkpoints) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("""
                insert into evidence.leaf (workspace_id, leaf_id, action, bytes)
                values (?, ?, 'checkpoint.anchored', ?)""")) {
            for (Anchor.Anchored checkpoint : checkpoints) {
                s.setObject(1, workspace);
                s.setObject(2, checkpoint.leaf());
                s.setBytes(3, checkpoint.note());
                s.addBatch();
            }
            s.executeBatch();
        }
    }
}
