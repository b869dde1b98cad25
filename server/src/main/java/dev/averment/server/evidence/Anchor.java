package dev.averment.server.evidence;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.note.Checkpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Puts the checkpoints of all logs into the anchor log, so that one log, which anyone may witness, fixes the history of
 * every other: two checkpoints of one origin in it that contradict each other would be there for good.
 */
public final class Anchor {
    private final DataSource pool;
    private final InstantSource clock;
    private final UUID anchorLog;
    private final String origin;
    private final Map<UUID, Checkpoint> waiting = new ConcurrentHashMap<>();

    /** @param pool of {@code averment_log} */
    public Anchor(DataSource pool, InstantSource clock, UUID anchorLog, String origin) {
        this.pool = pool;
        this.clock = clock;
        this.anchorLog = anchorLog;
        this.origin = origin;
    }

    /** Notes a published checkpoint for the next anchoring; a newer one of the same log replaces it. */
    public void offer(UUID workspace, Checkpoint checkpoint) {
        if (!workspace.equals(anchorLog)) {
            waiting.put(workspace, checkpoint);
        }
    }

    /** Adds a leaf for each log whose checkpoint changed since the last time; returns how many. */
    public int anchor() throws SQLException {
        Map<UUID, Checkpoint> batch = Map.copyOf(waiting);
        if (batch.isEmpty()) {
            return 0;
        }
        Instant now = clock.instant();
        List<Leaf> leaves = new ArrayList<>(batch.size());
        batch.forEach((_, checkpoint) -> leaves.add(Leaf.of(origin, "checkpoint.anchored")
                .id(LeafIds.next(clock))
                .time(now, now)
                .category(Leaf.Category.admin)
                .crud(Leaf.Crud.c)
                .actor(Leaf.ActorType.system, "integrator")
                .target("log", checkpoint.origin())
                .detail(JsonObject.of(
                        "origin",
                        checkpoint.origin(),
                        "size",
                        Long.toString(checkpoint.size()),
                        "root",
                        checkpoint.root().base64()))
                .build()));
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            new IntegrationStore(connection).appendLeaves(anchorLog, leaves);
            connection.commit();
        }
        batch.forEach(waiting::remove);
        return leaves.size();
    }
}
