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

    /**
     * One integrator at a time, on whichever replica: true for the one that may go on in this transaction. No lock is
     * waited for longer than ten seconds: whoever holds one must not stop the log unseen.
     */
    boolean lead() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("""
                        select pg_try_advisory_xact_lock(hashtextextended('averment.integrator', 0)),
                               set_config('lock_timeout', '10s', true)""");
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
     * Takes up to {@code limit} leaves off the queue, oldest first, by workspace; none of {@code leftOut}. An
     * entry that comes twice or again (no role may do that, but the database isn't trusted): a leaf that has its place
     * already, or that isn't there, is taken off and passed over.
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
    Map<UUID, TreeState> lock(Collection<UUID> workspaces) throws SQLException {
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
            return states(s);
        }
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

    /** Writes changed tiles and new states of a batch: one statement each for all logs. */
    void writeTrees(Map<UUID, TreeUpdate> updates) throws SQLException {
        var owners = new ArrayList<UUID>();
        var tiles = new ArrayList<TileData>();
        var roots = new ArrayList<byte[]>();
        updates.forEach((workspace, update) -> {
            roots.add(update.root().bytes());
            update.tiles().forEach(data -> {
                owners.add(workspace);
                tiles.add(data);
            });
        });
        try (PreparedStatement tile = connection.prepareStatement("""
                        insert into evidence.tile (workspace_id, level, n, data) select * from unnest(?, ?, ?, ?)
                        on conflict (workspace_id, level, n) do update set data = excluded.data""");
                PreparedStatement tree = connection.prepareStatement("""
                        update evidence.tree t set size = u.size, root = u.root
                          from unnest(?, ?, ?) as u (workspace_id, size, root)
                         where t.workspace_id = u.workspace_id""")) {
            tile.setArray(1, connection.createArrayOf("uuid", owners.toArray()));
            tile.setArray(
                    2,
                    connection.createArrayOf(
                            "int2",
                            tiles.stream().map(t -> (short) t.tile().level()).toArray()));
            tile.setArray(
                    3,
                    connection.createArrayOf(
                            "int8", tiles.stream().map(t -> t.tile().index()).toArray()));
            tile.setArray(
                    4,
                    connection.createArrayOf(
                            "bytea", tiles.stream().map(TileData::bytes).toArray(byte[][]::new)));
            tile.executeUpdate();
            tree.setArray(1, connection.createArrayOf("uuid", updates.keySet().toArray()));
            tree.setArray(
                    2,
                    connection.createArrayOf(
                            "int8",
                            updates.values().stream().map(TreeUpdate::size).toArray()));
            tree.setArray(3, connection.createArrayOf("bytea", roots.toArray(byte[][]::new)));
            if (tree.executeUpdate() != updates.size()) {
                throw new SQLException("a locked tree is gone");
            }
        }
    }

    /** Writes signed checkpoints. One that is there already says the same: signatures of Ed25519 are deterministic. */
    void writeCheckpoints(Map<UUID, Integrator.Signed> signed, Instant signedAt) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("""
                insert into evidence.checkpoint (workspace_id, size, signed_at, note)
                select w, s, ?, n from unnest(?, ?, ?) as signed (w, s, n) on conflict do nothing""")) {
            s.setTimestamp(1, Timestamp.from(signedAt));
            s.setArray(2, connection.createArrayOf("uuid", signed.keySet().toArray()));
            s.setArray(
                    3,
                    connection.createArrayOf(
                            "int8",
                            signed.values().stream()
                                    .map(c -> c.checkpoint().size())
                                    .toArray()));
            s.setArray(
                    4,
                    connection.createArrayOf(
                            "text",
                            signed.values().stream()
                                    .map(c -> new String(c.note(), StandardCharsets.UTF_8))
                                    .toArray()));
            s.executeUpdate();
        }
    }

    /** Trees whose present size has no checkpoint, locked until the transaction ends. */
    Map<UUID, TreeState> unsigned() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("""
                select t.workspace_id, l.origin, t.size, t.root
                  from evidence.tree t join evidence.log l on l.workspace_id = t.workspace_id
                 where t.size > 0 and not exists (
                           select 1 from evidence.checkpoint c
                            where c.workspace_id = t.workspace_id and c.size = t.size)
                 order by t.workspace_id for update of t""")) {
            return states(s);
        }
    }

    private static Map<UUID, TreeState> states(PreparedStatement s) throws SQLException {
        var states = new LinkedHashMap<UUID, TreeState>();
        try (ResultSet r = s.executeQuery()) {
            while (r.next()) {
                states.put(
                        r.getObject(1, UUID.class),
                        new TreeState(r.getString(2), r.getLong(3), Hash.of(r.getBytes(4))));
            }
        }
        return states;
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
    void appendCheckpoints(UUID workspace, Collection<Anchor.Waiting> checkpoints) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("""
                insert into evidence.leaf (workspace_id, leaf_id, action, bytes)
                values (?, ?, 'checkpoint.anchored', ?)""")) {
            for (Anchor.Waiting checkpoint : checkpoints) {
                s.setObject(1, workspace);
                s.setObject(2, checkpoint.leaf());
                s.setBytes(3, checkpoint.note());
                s.addBatch();
            }
            for (int written : s.executeBatch()) {
                if (written != 1) {
                    throw new SQLException("evidence.leaf took a checkpoint of the anchor log and kept none");
                }
            }
        }
    }

    /** An integrated entry of the anchor log. */
    record AnchoredEntry(long seq, byte[] note) {}

    /**
     * The newest entries, newest first, that are checkpoints of the log {@code origin} and stand before {@code size}.
     *
     * @param limit how many at most
     */
    List<AnchoredEntry> anchored(UUID anchorLog, String origin, long size, int limit) throws SQLException {
        var entries = new ArrayList<AnchoredEntry>();
        // The expression is that of the index anchored_by_origin.
        try (PreparedStatement s = connection.prepareStatement("""
                select i.seq, l.bytes
                  from evidence.leaf l
                  join evidence.leaf_index i on i.workspace_id = l.workspace_id and i.leaf_id = l.leaf_id
                 where l.workspace_id = ? and l.action = 'checkpoint.anchored'
                   and substring(l.bytes from 1 for position('\\x0a'::bytea in l.bytes)) = ?
                   and i.seq < ?
                 order by l.leaf_id desc limit ?""")) {
            s.setObject(1, anchorLog);
            s.setBytes(2, (origin + "\n").getBytes(StandardCharsets.UTF_8));
            s.setLong(3, size);
            s.setInt(4, limit);
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    entries.add(new AnchoredEntry(r.getLong(1), r.getBytes(2)));
                }
            }
        }
        return entries;
    }
}
