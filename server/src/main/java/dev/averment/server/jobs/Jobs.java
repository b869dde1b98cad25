package dev.averment.server.jobs;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Jobs as the rest of the server sees them: added in the transaction of the change that asks for them, so that both are there
 * afterwards or neither; looked at and brought back when they died.
 */
public final class Jobs {
    /** Tries that a dead job gets when it is replayed. */
    public static final int TRIES_OF_A_REPLAY = 5;

    private final AtomicReference<Runnable> afterCommit = new AtomicReference<>(() -> {});
    private final JobStore store = new JobStore();
    private final InstantSource clock;

    public Jobs(InstantSource clock) {
        this.clock = clock;
    }

    /** Called after a transaction that added a job has committed; the worker of this process wakes on it. */
    public void onCommit(Runnable signal) {
        afterCommit.set(signal);
    }

    /**
     * Adds a job, inside {@code Workspaces.in} of that workspace.
     *
     * @return false if one with the same unique key is already waiting or running; then nothing was added
     */
    public boolean add(JdbcClient transaction, UUID workspace, NewJob job) {
        boolean added = store.insert(transaction, workspace, job, clock.instant());
        if (added) {
            wakeAfterCommit();
        }
        return added;
    }

    /** As {@link #add}, many in one statement; returns how many were added. */
    public int addAll(JdbcClient transaction, UUID workspace, List<NewJob> jobs) {
        int added = jobs.isEmpty() ? 0 : store.insertAll(transaction, workspace, jobs, clock.instant());
        if (added > 0) {
            wakeAfterCommit();
        }
        return added;
    }

    /**
     * Ends a running job in the transaction of what it did, so that its effect is there once and no more, whatever happens to
     * the worker. A handler whose answer is false rolls its transaction back: somebody else has the job meanwhile.
     */
    public boolean finish(JdbcClient transaction, Job job) {
        return store.finish(transaction, job, clock.instant());
    }

    /** A dead job, and why it died. @param error of its last attempt, empty when there was none */
    public record DeadJob(
            long id, String kind, String args, int attempts, Instant made, Instant died, String error) {}

    /** Dead jobs of the workspace, newest first. @param before an id of a dead job; those after it are left out */
    public List<DeadJob> dead(JdbcClient transaction, UUID workspace, long before, int most) {
        return store.dead(transaction, workspace, before, most);
    }

    /** What became of a replay. */
    public enum Replay {
        STARTED,
        /** There is no dead job with that id in the workspace. */
        NOT_DEAD,
        /** One with the same unique key waits or runs already. */
        TAKEN
    }

    /** Brings a dead job back, due at once, with {@link #TRIES_OF_A_REPLAY} more tries. */
    public Replay replay(JdbcClient transaction, UUID workspace, long id) {
        Replay replay = store.replay(transaction, workspace, id, clock.instant(), TRIES_OF_A_REPLAY);
        if (replay == Replay.STARTED) {
            wakeAfterCommit();
        }
        return replay;
    }

    /** Takes jobs of one kind that wait under that key away; running ones go on. */
    public int cancel(JdbcClient transaction, UUID workspace, String kind, String uniqueKey) {
        return store.cancel(transaction, workspace, kind, uniqueKey);
    }

    /** One try of a job. @param outcome {@code done}, {@code again}, {@code failed}, {@code dead}, {@code lost} or {@code handed-back} */
    public record Attempt(int n, UUID worker, Instant started, Instant ended, String outcome, String error) {}

    /** Tries of one job that ended, newest first, 100 at most. */
    public List<Attempt> attempts(JdbcClient transaction, UUID workspace, long id) {
        return store.attempts(transaction, workspace, id);
    }

    private void wakeAfterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            afterCommit.get().run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                afterCommit.get().run();
            }
        });
    }
}
