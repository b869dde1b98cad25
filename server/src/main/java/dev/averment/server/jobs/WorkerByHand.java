package dev.averment.server.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A worker that takes jobs of one workspace alone, and only when it is told to, by the statements of every worker. It reaps
 * nothing: what becomes of its jobs when it dies is up to the others.
 */
public final class WorkerByHand {
    private final UUID id = UUID.randomUUID();
    private final WorkerStore store;
    private final UUID workspace;
    private final Duration lease;
    private final InstantSource clock;

    /** @param workerPool of {@code averment_worker} */
    public WorkerByHand(DataSource workerPool, UUID workspace, Duration lease, InstantSource clock) {
        this.store = new WorkerStore(workerPool, id);
        this.workspace = workspace;
        this.lease = lease;
        this.clock = clock;
    }

    public UUID id() {
        return id;
    }

    /** Takes up to {@code most} jobs that are ready. */
    public List<Job> take(int most) {
        // Of every other workspace it may have none; of this one, so many more than none.
        var before = new UUID(workspace.getMostSignificantBits(), workspace.getLeastSignificantBits() - 1);
        return store.claim(before, Map.of(workspace, -most), 0, most, clock.instant(), lease)
                .jobs();
    }

    /** Prolongs the leases of these; returns how many somebody else has meanwhile. */
    public int keep(List<Job> jobs) {
        return store.renew(jobs, clock.instant().plus(lease)).size();
    }
}
