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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives sequenced leaves their place. The life of a batch:
 *
 * <ol>
 *   <li>take leaves off the queue and lock their trees, in one transaction;
 *   <li>rehash the stored bytes: nobody's word is taken for a hash;
 *   <li>write their places, the changed tiles and the new roots, and commit: now they are integrated;
 *   <li>when the queue is drained, or {@link #LONGEST_UNSIGNED} after the last time: sign a checkpoint for each changed
 *       log, in that same transaction, and hand it out after the commit: now they are published.
 * </ol>
 *
 * A signature and a durable file a log cost more than all else that a small batch does, and a checkpoint that the next
 * batch replaces at once helps nobody: under load they are made once for many batches.
 *
 * <p>A crash before the commit leaves the queue as it was. A crash between commit and publication is healed when the next
 * integrator starts: it looks at every log first, hands out what was left behind, and signs what was left unsigned. A log
 * whose database state contradicts a checkpoint that went out is never signed again; the others go on.
 */
public final class Integrator {
    private static final Logger log = LoggerFactory.getLogger(Integrator.class);

    /** Under load, integrated leaves wait this long for a signature at most. */
    static final Duration LONGEST_UNSIGNED = Duration.ofSeconds(1);

    /** How often leaves are looked for that nobody queued. */
    static final Duration LOST_EVERY = Duration.ofSeconds(10);

    /** Others hold the integrator's lock for a batch only; whoever holds it for longer stops the log. */
    static final Duration LONGEST_NOT_LEADING = Duration.ofSeconds(10);

    private final DataSource pool;
    private final LogKey key;
    private final Publication publication;
    private final InstantSource clock;
    private final int batchSize;
    private final Map<UUID, TreeEdge> edges = new ConcurrentHashMap<>();
    private final Map<UUID, NoteSigner> signers = new ConcurrentHashMap<>();
    private final Map<UUID, String> refused = new ConcurrentHashMap<>();
    private final Published published;
    /** Integrated and not published yet; each replaces the one before of the same log. */
    private final Map<UUID, Checkpoint> unsigned = new LinkedHashMap<>();

    private final LostLeafStore lost = new LostLeafStore();
    private Instant nextLost = Instant.MIN;
    private @Nullable Instant notLeadingSince;
    private volatile String obstacle = "";

    private Instant lastSigned = Instant.MIN;
    private boolean inspected;
    private boolean soughtUnsigned;

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

    /** What keeps this integrator from working, in a sentence; empty when nothing does. */
    public String obstacle() {
        return obstacle;
    }

    /** Whether this integrator may go on; says so, once, when another session has kept it from that for too long. */
    private boolean lead(IntegrationStore store) throws SQLException {
        Instant now = clock.instant();
        if (store.lead()) {
            notLeadingSince = null;
            if (!obstacle.isEmpty()) {
                obstacle = "";
                log.info("the integrator's lock is free again; leaves get their places");
            }
            return true;
        }
        Instant since = notLeadingSince == null ? now : notLeadingSince;
        notLeadingSince = since;
        if (obstacle.isEmpty() && !now.isBefore(since.plus(LONGEST_NOT_LEADING))) {
            obstacle = "another session of the database has held the integrator's lock since " + since
                    + ", and no leaf gets its place";
            log.error(
                    "{}. Find it with: select pid from pg_locks where locktype = 'advisory' and granted; and end it.",
                    obstacle);
        }
        return false;
    }

    /** Leaves that were written and never queued, when it is time to look: a queue that was switched off must lose nothing. */
    private Map<UUID, List<QueuedLeaf>> unqueued(Connection connection) throws SQLException {
        Instant now = clock.instant();
        // A clock that was ahead and was set right must not put the next look off until it is there again.
        if (now.isBefore(nextLost) && nextLost.isBefore(now.plus(LOST_EVERY.multipliedBy(2)))) {
            return Map.of();
        }
        nextLost = now.plus(LOST_EVERY);
        Map<UUID, List<QueuedLeaf>> found = lost.look(connection, now, batchSize, refused.keySet());
        int leaves = found.values().stream().mapToInt(List::size).sum();
        if (leaves > 0) {
            log.error(
                    "{} leaves had been written and never queued; they get their places now. See whether the trigger"
                            + " queue_leaves on evidence.leaf is enabled, and who disabled it.",
                    leaves);
        }
        return found;
    }

    /** Integrates one batch; returns how many leaves it had. Call it until that is none, and all are signed, too. */
    public synchronized int integrate() throws SQLException, IOException {
        if (!inspected && !inspect()) {
            return 0;
        }
        Map<UUID, TreeUpdate> updates = new LinkedHashMap<>();
        Map<UUID, Checkpoint> due = new LinkedHashMap<>(unsigned);
        Map<UUID, Signed> signed = new LinkedHashMap<>();
        int leaves = 0;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var store = new IntegrationStore(connection);
                if (!lead(store)) {
                    // Whoever leads may stop with trees unsigned.
                    soughtUnsigned = false;
                    connection.rollback();
                    return 0;
                }
                if (!soughtUnsigned) {
                    due.putAll(leftUnsigned(store));
                }
                // Before the queue is emptied: what is taken off it has no place yet, and is not lost.
                Map<UUID, List<QueuedLeaf>> unqueued = unqueued(connection);
                Map<UUID, List<QueuedLeaf>> batch = store.take(batchSize, refused.keySet());
                unqueued.forEach((workspace, found) ->
                        batch.computeIfAbsent(workspace, _ -> new ArrayList<>()).addAll(found));
                leaves = place(store, batch, updates, due);
                if (updates.size() < batch.size()) {
                    // The leaves of a refused log stay queued, and the next batch leaves that log out.
                    connection.rollback();
                    return 0;
                }
                Instant checked = clock.instant();
                boolean sign = leaves < batchSize
                        || checked.isBefore(lastSigned)
                        || !checked.isBefore(lastSigned.plus(LONGEST_UNSIGNED));
                if (sign) {
                    due.keySet().removeAll(superseded(store, updates.keySet(), due));
                }
                if (due.isEmpty()) {
                    soughtUnsigned = true;
                    connection.commit();
                    return 0;
                }
                if (sign) {
                    Instant now = clock.instant();
                    due.forEach((workspace, checkpoint) -> signed.put(
                            workspace,
                            new Signed(checkpoint, checkpoint.sign(signer(workspace, checkpoint.origin())))));
                    store.writeCheckpoints(signed, now);
                    lastSigned = now;
                }
                connection.commit();
            } catch (SQLException | IOException | RuntimeException e) {
                connection.rollback();
                edges.clear();
                throw e;
            }
        }
        soughtUnsigned = true;
        unsigned.keySet().retainAll(due.keySet());
        updates.forEach((workspace, update) -> edges.put(workspace, update.edge()));
        unsigned.putAll(due);
        for (var entry : signed.entrySet()) {
            publish(entry.getKey(), entry.getValue());
            unsigned.remove(entry.getKey());
        }
        return leaves;
    }

    /** Gives the leaves of a batch their places; returns how many, and the new state of each log in the two maps. */
    private int place(
            IntegrationStore store,
            Map<UUID, List<QueuedLeaf>> batch,
            Map<UUID, TreeUpdate> updates,
            Map<UUID, Checkpoint> due)
            throws SQLException, IOException {
        if (batch.isEmpty()) {
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
            updates.put(workspace, update);
            due.put(workspace, new Checkpoint(state.origin(), update.size(), update.root()));
        }
        if (updates.size() == batch.size()) {
            store.index(places.workspaces, places.seqs, places.leaves, places.hashes());
            store.writeTrees(updates);
        }
        return places.seqs.size();
    }

    /**
     * Those of {@code due} that must not be signed: refused meanwhile, or no longer what the database has. A database set
     * back while leaves wait for their signature would otherwise get the history that it lost signed.
     *
     * @param placed logs of this very transaction, whose trees are locked and known
     */
    private Set<UUID> superseded(IntegrationStore store, Set<UUID> placed, Map<UUID, Checkpoint> due)
            throws SQLException {
        var gone = new HashSet<UUID>(refused.keySet());
        var waiting = new HashSet<UUID>(due.keySet());
        waiting.removeAll(placed);
        if (!waiting.isEmpty()) {
            Map<UUID, TreeState> states = store.lock(waiting);
            for (UUID workspace : waiting) {
                TreeState state = states.get(workspace);
                if (state == null
                        || !new Checkpoint(state.origin(), state.size(), state.root()).equals(due.get(workspace))) {
                    gone.add(workspace);
                }
            }
        }
        return gone;
    }

    /** Trees that an integrator before this one left without a checkpoint, unless what went out contradicts them. */
    private Map<UUID, Checkpoint> leftUnsigned(IntegrationStore store) throws SQLException, IOException {
        Map<UUID, Checkpoint> left = new LinkedHashMap<>();
        for (var entry : store.unsigned().entrySet()) {
            TreeState state = entry.getValue();
            edge(store, entry.getKey(), state);
            if (!refused.containsKey(entry.getKey())) {
                left.put(entry.getKey(), new Checkpoint(state.origin(), state.size(), state.root()));
            }
        }
        return left;
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
                if (!lead(store)) {
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
            TreeEdge read = TreeEdge.read(state.size(), state.root(), store.tiles(workspace));
            // Only now: a log that is taken back and refused again at every look would be said at every look.
            refused.remove(workspace);
            return read;
        } catch (MerkleException | FileNotFoundException e) {
            refuse(workspace, state.origin(), e.getMessage() == null ? "its tiles are damaged" : e.getMessage());
            return TreeEdge.empty();
        }
    }

    private void refuse(UUID workspace, String origin, String reason) {
        if (refused.put(workspace, reason) == null) {
            log.error(
                    "the log {} is not signed any more: {}. Restore a database that is not behind what was published and start"
                            + " again; \"When a log is refused\" in docs/operating.md says what else there is.",
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
