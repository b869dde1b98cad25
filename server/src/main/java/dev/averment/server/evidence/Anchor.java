package dev.averment.server.evidence;

import dev.averment.evidence.note.Checkpoint;
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
    private final Map<UUID, Anchored> waiting = new ConcurrentHashMap<>();
    private final Map<UUID, Anchored> anchored = new ConcurrentHashMap<>();

    /**
     * A checkpoint in the anchor log.
     *
     * @param leaf its id there
     */
    public record Anchored(UUID leaf, Checkpoint checkpoint, byte[] note) {}

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
            waiting.put(workspace, new Anchored(LeafIds.next(clock), checkpoint, note));
        }
    }

    /** The newest checkpoint of a log that this process put into the anchor log. */
    public Optional<Anchored> newest(UUID workspace) {
        return Optional.ofNullable(anchored.get(workspace));
    }

    /** Adds a leaf for each log whose checkpoint changed since the last time; returns how many. */
    public int anchor() throws SQLException {
        Map<UUID, Anchored> batch = new HashMap<>(waiting);
        if (batch.isEmpty()) {
            return 0;
        }
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            new IntegrationStore(connection).appendCheckpoints(anchorLog, batch.values());
            connection.commit();
        }
        batch.forEach(waiting::remove);
        anchored.putAll(batch);
        return batch.size();
    }
}
