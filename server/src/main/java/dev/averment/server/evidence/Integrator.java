package dev.averment.server.evidence;

import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.MerkleException;
import dev.averment.evidence.merkle.TileSource;
import dev.averment.evidence.merkle.TreeEdge;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.evidence.merkle.TreeUpdate;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.note.NoteSigner;
import dev.averment.server.evidence.IntegrationStore.QueuedLeaf;
import dev.averment.server.evidence.IntegrationStore.Standing;
import dev.averment.server.evidence.IntegrationStore.TreeState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives sequenced leaves their place. The life of a batch:
 *
 * <ol>
 *   <li>take leaves off the queue and lock their trees, in one transaction;
 *   <li>rehash the stored bytes: nobody's word is taken for a hash;
 *   <li>write their places, the changed tiles and the new roots;
 *   <li>sign a checkpoint for each log and commit: now they are integrated;
 *   <li>hand the checkpoints out: now they are published.
 * </ol>
 *
 * A crash before the commit leaves the queue as it was. A crash between commit and publication is healed when the next
 * integrator starts: it looks at every log first, and hands out what was left behind. A log whose database state
 * contradicts a checkpoint that went out is never signed again; the others go on.
 */
public final class Integrator {
    private static final Logger log = LoggerFactory.getLogger(Integrator.class);

    private final DataSource pool;
    private final LogKey key;
    private final Publication publication;
    private final InstantSource clock;
    private final int batchSize;
    private final Map<UUID, TreeEdge> edges = new ConcurrentHashMap<>();
    private final Map<UUID, NoteSigner> signers = new ConcurrentHashMap<>();
    private final Map<UUID, String> refused = new ConcurrentHashMap<>();
    private final Published published;
    private volatile boolean inspected;

    /** A checkpoint and its signed form. */
    record Signed(Checkpoint checkpoint, byte[] note) {}

    /** Told of each checkpoint after it went out. */
    @FunctionalInterface
    public interface Published {
        void accept(UUID workspace, Checkpoint checkpoint, byte[] note);
    }

    /**
     * @param pool      of {@code averment_log}
     * @param batchSize leaves at most in one transaction
     */
    public Integrator(
            DataSource pool,
            LogKey key,
            Publication publication,
            InstantSource clock,
            int batchSize,
            Published published) {
        this.pool = pool;
        this.key = key;
        this.publication = publication;
        this.clock = clock;
        this.batchSize = batchSize;
        this.published = published;
    }

    /** Logs that are not signed any more, with the reason. */
    public Map<UUID, String> refused() {
        return Map.copyOf(refused);
    }

    /** Integrates one batch; returns how many leaves it had. */
    public int integrate() throws SQLException, IOException {
        if (!inspected && !inspect()) {
            return 0;
        }
        Map<UUID, TreeUpdate> updates = new LinkedHashMap<>();
        Map<UUID, Signed> signed = new LinkedHashMap<>();
        int leaves = 0;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var store = new IntegrationStore(connection);
                if (!store.lead()) {
                    connection.rollback();
                    return 0;
                }
                Map<UUID, List<QueuedLeaf>> batch = store.take(batchSize, refused.keySet());
                if (batch.isEmpty()) {
                    connection.commit();
                    return 0;
                }
                Map<UUID, TreeState> states = store.lock(batch.keySet());
                var places = new Places();
                for (var entry : batch.entrySet()) {
                    UUID workspace = entry.getKey();
                    TreeState state = states.get(workspace);
                    if (state == null) {
                        refuse(workspace, workspace.toString(), "it has leaves and was never opened");
                        continue;
                    }
                    TreeEdge edge = edge(store, workspace, state);
                    if (refused.containsKey(workspace)) {
                        continue;
                    }
                    List<Hash> hashes = new ArrayList<>(entry.getValue().size());
                    for (QueuedLeaf leaf : entry.getValue()) {
                        Hash hash = TreeHash.leaf(leaf.bytes());
                        places.add(workspace, state.size() + hashes.size(), leaf.id(), hash);
                        hashes.add(hash);
                    }
                    TreeUpdate update = edge.append(hashes);
                    var checkpoint = new Checkpoint(state.origin(), update.size(), update.root());
                    updates.put(workspace, update);
                    signed.put(workspace, new Signed(checkpoint, checkpoint.sign(signer(workspace, state.origin()))));
                    leaves += hashes.size();
                }
                if (updates.size() < batch.size()) {
                    // The leaves of a refused log stay queued, and the next batch leaves that log out.
                    connection.rollback();
                    return 0;
                }
                store.index(places.workspaces, places.seqs, places.leaves, places.hashes());
                store.write(updates, signed, clock.instant());
                connection.commit();
            } catch (SQLException | IOException | RuntimeException e) {
                connection.rollback();
                edges.clear();
                throw e;
            }
        }
        updates.forEach((workspace, update) -> edges.put(workspace, update.edge()));
        for (var entry : signed.entrySet()) {
            publish(entry.getKey(), entry.getValue());
        }
        return leaves;
    }

    private void publish(UUID workspace, Signed signed) throws IOException {
        try {
            publication.publish(workspace, signed.checkpoint(), signed.note());
        } catch (IOException e) {
            // The batch is committed and may be the last for a long time: look for what is left behind.
            inspected = false;
            throw e;
        }
        published.accept(workspace, signed.checkpoint(), signed.note());
    }

    /** Holds every log against what went out, and publishes what a crash kept back; false when another one leads. */
    private boolean inspect() throws SQLException, IOException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var store = new IntegrationStore(connection);
                if (!store.lead()) {
                    return false;
                }
                for (Standing standing : store.standing()) {
                    inspect(standing, store.tiles(standing.workspace()));
                }
                inspected = true;
                return true;
            } finally {
                connection.rollback();
            }
        }
    }

    private void inspect(Standing standing, TileSource tiles) throws IOException {
        UUID workspace = standing.workspace();
        TreeState state = standing.state();
        var conflict = publication.conflict(workspace, state.origin(), state.size(), tiles);
        if (conflict.isPresent()) {
            refuse(workspace, state.origin(), conflict.get());
            return;
        }
        if (standing.note() == null) {
            return;
        }
        byte[] note = standing.note().getBytes(StandardCharsets.UTF_8);
        try {
            Checkpoint kept = Checkpoint.open(note, key.vkey(state.origin()));
            if (!kept.equals(new Checkpoint(state.origin(), state.size(), state.root()))) {
                refuse(workspace, state.origin(), "the checkpoint in the database is not that of its tree");
            } else if (publication.lacks(workspace, kept)) {
                publish(workspace, new Signed(kept, note));
            }
        } catch (NoteException e) {
            refuse(workspace, state.origin(), "the checkpoint in the database does not verify: " + e.getMessage());
        }
    }

    private TreeEdge edge(IntegrationStore store, UUID workspace, TreeState state) throws IOException {
        TreeEdge known = edges.get(workspace);
        if (known != null && known.size() == state.size()) {
            return known;
        }
        try {
            var conflict = publication.conflict(workspace, state.origin(), state.size(), store.tiles(workspace));
            if (conflict.isPresent()) {
                refuse(workspace, state.origin(), conflict.get());
                return TreeEdge.empty();
            }
            refused.remove(workspace);
            return TreeEdge.read(state.size(), state.root(), store.tiles(workspace));
        } catch (MerkleException | FileNotFoundException e) {
            refuse(workspace, state.origin(), e.getMessage() == null ? "its tiles are damaged" : e.getMessage());
            return TreeEdge.empty();
        }
    }

    private void refuse(UUID workspace, String origin, String reason) {
        if (refused.put(workspace, reason) == null) {
            log.error(
                    "the log {} is not signed any more: {}. Restore the newest backup, or open a new log for this"
                            + " workspace that names the old checkpoint.",
                    origin,
                    reason);
        }
    }

    private NoteSigner signer(UUID workspace, String origin) {
        return signers.computeIfAbsent(workspace, _ -> key.signer(origin));
    }

    /** The places of a batch as columns. */
    private static final class Places {
        final List<UUID> workspaces = new ArrayList<>();
        final List<Long> seqs = new ArrayList<>();
        final List<UUID> leaves = new ArrayList<>();
        private final java.io.ByteArrayOutputStream hashes = new java.io.ByteArrayOutputStream();

        void add(UUID workspace, long seq, UUID leaf, Hash hash) {
            workspaces.add(workspace);
            seqs.add(seq);
            leaves.add(leaf);
            hashes.writeBytes(hash.bytes());
        }

        byte[] hashes() {
            return hashes.toByteArray();
        }
    }
}
