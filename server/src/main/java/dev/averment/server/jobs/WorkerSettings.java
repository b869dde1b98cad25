package dev.averment.server.jobs;

import java.time.Duration;

/**
 * How much a worker takes on.
 *
 * @param slots        jobs that run at once
 * @param perWorkspace of those, most of one workspace: while its receivers hang, others still find a slot
 * @param lease        how long a job stays with a worker that says nothing; it is renewed three times in that time
 * @param poll         how often it looks for what other processes added, and for what has become due
 * @param grace        how long running jobs have to end when the server stops
 */
public record WorkerSettings(int slots, int perWorkspace, Duration lease, Duration poll, Duration grace) {
    public static final WorkerSettings USUAL =
            new WorkerSettings(1_024, 256, Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(5));

    public WorkerSettings {
        if (slots < 1 || perWorkspace < 1 || perWorkspace > slots) {
            throw new IllegalArgumentException("a worker has slots, and a workspace at most all of them");
        }
    }
}
