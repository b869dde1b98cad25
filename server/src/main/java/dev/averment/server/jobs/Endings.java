package dev.averment.server.jobs;

import dev.averment.server.loop.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes down how attempts ended, all in one commit that ended while the last one ran. What can't be written now stays, and is
 * tried again; whoever waits for room waits with it.
 */
final class Endings extends Loop {
    /** Ended and not yet written; beyond that handlers wait. */
    private static final int MOST = 4_096;

    private static final Duration LOOK = Duration.ofMillis(200);

    private final BlockingQueue<Ended> queue = new ArrayBlockingQueue<>(MOST);
    private final List<Ended> batch = new ArrayList<>();
    private final WorkerStore store;
    private final ReentrantLock statements;
    private final Consumer<Ended> written;

    /**
     * @param statements held while rows of jobs are locked: two statements of one worker never wait for each other's rows
     * @param written    called for each ending that is in the database, or that was not this worker's any more
     */
    Endings(WorkerStore store, ReentrantLock statements, Consumer<Ended> written) {
        super("job-endings", "how jobs ended can't be written down now", Duration.ofSeconds(1));
        this.store = store;
        this.statements = statements;
        this.written = written;
    }

    /** Waits for room. An interrupt does not lose the ending. */
    void add(Ended ended) {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(ended);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected Duration round() throws InterruptedException {
        while (isRunning()) {
            Ended first = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                synchronized (batch) {
                    batch.add(first);
                }
            }
            write();
        }
        return Duration.ZERO;
    }

    /** Writes whatever there is. */
    void write() {
        synchronized (batch) {
            queue.drainTo(batch, MOST - batch.size());
            if (batch.isEmpty()) {
                return;
            }
            List<Ended> done =
                    batch.stream().filter(e -> e.state() == WorkerStore.DONE).toList();
            List<Ended> stays =
                    batch.stream().filter(e -> e.state() != WorkerStore.DONE).toList();
            statements.lock();
            try {
                if (!done.isEmpty()) {
                    store.done(done);
                }
                if (!stays.isEmpty()) {
                    store.stays(stays);
                }
            } finally {
                statements.unlock();
            }
            batch.forEach(written);
            batch.clear();
        }
    }
}
