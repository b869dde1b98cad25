package dev.averment.server.monitoring.ingest;

import dev.averment.server.edge.ClientAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Puts the lane together. */
public final class IngestRoom {
    private IngestRoom() {}

    /**
     * The one writer.
     *
     * @param ingestPool of {@code averment_ingest}
     * @param written    hears what was committed
     */
    public static GroupCommit commit(DataSource ingestPool, Consumer<List<Recorded>> written) {
        return new GroupCommit(new IngestStore(ingestPool), written);
    }

    public static IngestLane lane(
            GroupCommit commit,
            IngestLimits limits,
            IngestTokens tokens,
            PingEntry.Provision provision,
            ClientAddress addresses,
            InstantSource clock) {
        return new IngestLane(
                new PingEntry(commit, limits, tokens, provision, clock),
                new RunEntry(commit, limits, tokens, clock),
                addresses);
    }
}
