package dev.averment.server.evidence;

import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Puts the checkpoints of all logs into the anchor log, so that one log, which anyone may witness, fixes the history of
 * every other: two checkpoints of one origin in it that contradict each other would be there for good. An entry of the
 * anchor log is a signed checkpoint, byte for byte.
 */
public final class Anchor {
    private final DataSource pool;
    private final InstantSource clock;
    private final UUID anchorLog;
    private final Map<UUID, Waiting> waiting = new ConcurrentHashMap<>();

    /** How far back is looked for one that a reader's checkpoint covers: newer ones came while he was being served. */
    private static final int CANDIDATES = 4;

    /**
     * A checkpoint on its way into the anchor log.
     *
     * @param leaf its id there
     */
    record Waiting(UUID leaf, byte[] note) {}

    /**
     * A checkpoint of another log that stands in the anchor log.
     *
     * @param seq  its place there
     * @param note the entry: the checkpoint's exact bytes
     */
    public record Anchored(long seq, Checkpoint checkpoint, byte[] note) {}

    /** @param pool of {@code averment_log} */
    public Anchor(DataSource pool, InstantSource clock, UUID anchorLog) {
        this.pool = pool;
        this.clock = clock;
        this.anchorLog = anchorLog;
    }

    /** The anchor log's workspace. */
    public UUID log() {
        return anchorLog;
    }

    /** Notes a published checkpoint for the next anchoring; a newer one of the same log replaces it. */
    public void offer(UUID workspace, Checkpoint checkpoint, byte[] note) {
        if (!workspace.equals(anchorLog)) {
            waiting.put(workspace, new Waiting(LeafIds.next(clock), note));
        }
    }

    /**
     * The newest checkpoint of a log in the anchor log, as the database has it: what other processes and those before a
     * restart put there counts as well.
     *
     * @param origin of the log
     * @param within the anchor log's size, as published: what stands beyond it nobody can be shown
     * @param upTo   the size of the log that the reader knows of
     */
    public Optional<Anchored> newest(String origin, long within, long upTo) throws SQLException, NoteException {
        try (Connection connection = pool.getConnection()) {
            for (var entry : new IntegrationStore(connection).anchored(anchorLog, origin, within, CANDIDATES)) {
                Checkpoint checkpoint = Checkpoint.peek(entry.note());
                if (checkpoint.size() <= upTo) {
                    return Optional.of(new Anchored(entry.seq(), checkpoint, entry.note()));
                }
            }
            return Optional.empty();
        }
    }

    /** Adds a leaf for each log whose checkpoint changed since the last time; returns how many. */
    public int anchor() throws SQLException {
        Map<UUID, Waiting> batch = new HashMap<>(waiting);
        if (batch.isEmpty()) {
            return 0;
        }
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            new IntegrationStore(connection).appendCheckpoints(anchorLog, batch.values());
            connection.commit();
        }
        batch.forEach(waiting::remove);
        return batch.size();
    }
}
