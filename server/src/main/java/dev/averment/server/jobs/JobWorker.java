package dev.averment.server.jobs;

import dev.averment.server.loop.Loop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does jobs: takes what is ready as far as it has room, each on a thread of its own, keeps the leases of all that it holds, and
 * writes down how they ended. Any number of servers do so beside each other. When it stops it lets running jobs end and gives
 * back what it did not begin; when it dies its leases run out, and another takes what it had.
 */
public final class JobWorker implements SmartLifecycle {
    /** Tries that ended are kept so long. */
    public static final Duration KEEP_ATTEMPTS = Duration.ofDays(7);
    /** Dead jobs are kept so long. */
    public static final Duration KEEP_DEAD = Duration.ofDays(90);

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration GATHER = Duration.ofMillis(5);
    private static final Duration PURGE_EVERY = Duration.ofHours(1);
    private static final Duration FIGURES_GOOD = Duration.ofSeconds(2);
    private static final int PURGE_BATCH = 5_000;
    private static final int LONGEST_ERROR = 500;
    private static final Logger log = LoggerFactory.getLogger(JobWorker.class);

    /**
     * A job that was taken and whose end is not yet written.
     *
     * @param thread none until it begins
     */
    private record Held(Job job, Instant started, @Nullable Thread thread) {}

    private final Map<WorkerStore.Key, Held> held = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> running = new ConcurrentHashMap<>();
    private final Map<String, JobHandler> handlers;
    private final WorkerSettings settings;
    private final WorkerStore store;
    private final InstantSource clock;
    private final RetryPolicy retries;
    private final Semaphore slots;
    private final ReentrantLock statements = new ReentrantLock();
    private final Endings endings;
    private final Loop taker;
    private final Loop keeper;
    private final Loop reaper;
    private final Loop purge;
    private volatile boolean stopping;
    private volatile boolean started;
    private UUID after = new UUID(0, 0);
    private Instant promoted = Instant.MIN;
    private Instant counted = Instant.MIN;
    private JobFigures figures = new JobFigures(0, Duration.ZERO, 0, 0, 0);

    /** @param workerPool of {@code averment_worker} */
    public JobWorker(
            DataSource workerPool,
            Jobs jobs,
            List<JobHandler> handlers,
            RetryPolicy retries,
            WorkerSettings settings,
            InstantSource clock) {
        var byKind = new HashMap<String, JobHandler>();
        for (JobHandler handler : handlers) {
            if (byKind.put(handler.kind(), handler) != null) {
                throw new IllegalArgumentException("two handlers of jobs of kind " + handler.kind());
            }
        }
        this.handlers = Map.copyOf(byKind);
        this.settings = settings;
        this.store = new WorkerStore(workerPool, UUID.randomUUID());
        this.clock = clock;
        this.retries = retries;
        this.slots = new Semaphore(settings.slots());
        this.endings = new Endings(store, statements, ended -> held.remove(WorkerStore.Key.of(ended.job())));
        this.taker = Loop.of("job-taker", "due jobs can't be taken now", RETRY, this::take);
        this.keeper = Loop.of("job-leases", "leases of running jobs can't be renewed now", RETRY, this::keep);
        this.reaper = Loop.of("job-reaper", "jobs of lost workers can't be taken back now", RETRY, this::reap);
        this.purge = Loop.of("job-purge", "what is over about jobs can't be taken away now", PURGE_EVERY, this::purge);
        jobs.onCommit(this::wake);
    }

    /** Look for jobs now: some were added, or time has gone on. */
    public void wake() {
        taker.wake();
    }

    /** How the jobs of all workspaces stand; at most two seconds old, for anybody may ask. */
    public synchronized JobFigures figures() {
        Instant now = clock.instant();
        if (counted.plus(FIGURES_GOOD).isBefore(now)) {
            figures = store.figures(now, JobFigures.MOST);
            counted = now;
        }
        return figures;
    }

    /** Takes as much as there is room for, until nothing is ready. */
    private Duration take() throws InterruptedException {
        while (!stopping) {
            promote();
            // A commit for a handful is as dear as one for hundreds: when many are running, wait a moment for more
            // room.
            int room = settings.slots() / 4 + 1;
            if (!slots.tryAcquire(room, GATHER.toMillis(), TimeUnit.MILLISECONDS)) {
                slots.acquire();
                room = 1;
            }
            room += slots.drainPermits();
            int taken = 0;
            try {
                taken = stopping ? 0 : takeUpTo(room);
            } finally {
                slots.release(room - taken);
            }
            if (taken == 0) {
                return settings.poll();
            }
        }
        return settings.poll();
    }

    private void promote() {
        Instant now = clock.instant();
        if (promoted.plus(settings.poll()).isAfter(now)) {
            return;
        }
        while (!stopping && store.promote(now) > 0) {
            // Until none is left whose time has come.
        }
        promoted = now;
    }

    private int takeUpTo(int room) {
        var claimed = store.claim(
                after, Map.copyOf(running), settings.perWorkspace(), room, clock.instant(), settings.lease());
        after = claimed.next();
        for (Job job : claimed.jobs()) {
            running.merge(job.workspace(), 1, Integer::sum);
            var key = WorkerStore.Key.of(job);
            Instant now = clock.instant();
            held.put(key, new Held(job, now, null));
            if (!stopping) {
                Thread thread = Thread.ofVirtual().name("job-" + job.kind()).unstarted(() -> work(job, now));
                held.put(key, new Held(job, now, thread));
                thread.start();
            }
        }
        return claimed.jobs().size();
    }

    private void work(Job job, Instant began) {
        try {
            endings.add(attempt(job, began));
        } finally {
            Integer left = running.computeIfPresent(job.workspace(), (_, n) -> n == 1 ? null : n - 1);
            slots.release();
            if ((left == null ? 0 : left) == settings.perWorkspace() - 1) {
                // It was at its limit, and may have more that is ready.
                taker.wake();
            }
        }
    }

    private Ended attempt(Job job, Instant began) {
        try {
            JobHandler handler = handlers.get(job.kind());
            if (handler == null) {
                return failed(job, began, "no server of this version does jobs of kind " + job.kind());
            }
            JobOutcome outcome = handler.run(job);
            Instant now = clock.instant();
            return switch (outcome) {
                case JobOutcome.Done _ -> new Ended(job, began, now, WorkerStore.DONE, now, "done", null, 0);
                case JobOutcome.Again again ->
                    new Ended(
                            job,
                            began,
                            now,
                            again.at().isAfter(now) ? WorkerStore.SCHEDULED : WorkerStore.READY,
                            again.at(),
                            "again",
                            null,
                            1);
                case JobOutcome.Dead dead ->
                    new Ended(job, began, now, WorkerStore.DEAD, now, "dead", shortened(dead.reason()), 0);
            };
        } catch (Throwable e) {
            if (stopping) {
                Instant now = clock.instant();
                return new Ended(job, began, now, WorkerStore.READY, now, "handed-back", "the server stopped", 1);
            }
            return failed(job, began, reason(e));
        }
    }

    private Ended failed(Job job, Instant began, String reason) {
        Instant now = clock.instant();
        boolean last = job.attempt() >= job.maxAttempts();
        if (last) {
            log.warn("job {} of kind {} is dead after {} attempts: {}", job.id(), job.kind(), job.attempt(), reason);
        }
        return new Ended(
                job,
                began,
                now,
                last ? WorkerStore.DEAD : WorkerStore.SCHEDULED,
                now.plus(retries.after(job.attempt(), new SplittableRandom())),
                "failed",
                shortened(reason),
                0);
    }

    /** Messages of exceptions may hold whatever was being worked on; where it happened does not. */
    private static String reason(Throwable e) {
        if (e instanceof JobFailure failure) {
            return String.valueOf(failure.getMessage());
        }
        StackTraceElement[] trace = e.getStackTrace();
        String where = java.util.Arrays.stream(trace)
                .filter(frame -> frame.getClassName().startsWith("dev.averment."))
                .findFirst()
                .map(frame -> " in " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
        return e.getClass().getSimpleName() + where;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR - 1) + "…";
    }

    private Duration keep() {
        List<Held> all = List.copyOf(held.values());
        if (!all.isEmpty()) {
            Set<WorkerStore.Key> lost;
            statements.lock();
            try {
                lost = new HashSet<>(store.renew(
                        all.stream().map(Held::job).toList(), clock.instant().plus(settings.lease())));
            } finally {
                statements.unlock();
            }
            for (Held one : all) {
                var key = WorkerStore.Key.of(one.job());
                Thread thread = one.thread();
                // One whose end was written meanwhile is held no longer.
                if (lost.contains(key) && one.equals(held.get(key)) && thread != null && thread.isAlive()) {
                    log.warn(
                            "the lease of job {} of kind {} was lost; it is given up here",
                            one.job().id(),
                            one.job().kind());
                    thread.interrupt();
                }
            }
        }
        return settings.lease().dividedBy(3);
    }

    private Duration reap() {
        int lost;
        while ((lost = store.reap(clock.instant(), settings.lease(), retries)) > 0) {
            log.warn("{} jobs of workers that went away are tried again or dead", lost);
        }
        return settings.lease().dividedBy(6);
    }

    private Duration purge() {
        Instant now = clock.instant();
        while (!stopping && store.purgeAttempts(now.minus(KEEP_ATTEMPTS), PURGE_BATCH) > 0) {
            // Until none is left.
        }
        while (!stopping && store.purgeDead(now.minus(KEEP_DEAD), PURGE_BATCH) > 0) {
            // Until none is left.
        }
        return PURGE_EVERY;
    }

    /** Looks now whether leases are to be renewed, and whether others' are over. */
    void wakeKeepers() {
        keeper.wake();
        reaper.wake();
    }

    @Override
    public void start() {
        stopping = false;
        started = true;
        endings.start();
        taker.start();
        keeper.start();
        reaper.start();
        purge.start();
    }

    @Override
    public void stop() {
        if (!started) {
            return;
        }
        stopping = true;
        taker.stop();
        reaper.stop();
        purge.stop();
        letRunningEnd();
        keeper.stop();
        endings.stop();
        try {
            endings.write();
            List<Job> begun = held.values().stream()
                    .filter(one -> one.thread() != null)
                    .map(Held::job)
                    .toList();
            int back = store.handBack(begun);
            if (back > 0) {
                log.info("{} jobs that were not begun were given back", back);
            }
        } catch (RuntimeException e) {
            log.warn("jobs can't be given back; their leases bring them back: {}", e.getMessage());
        }
        started = false;
    }

    private void letRunningEnd() {
        try {
            int all = running.values().stream().mapToInt(Integer::intValue).sum();
            boolean ended = all == 0 || ended(settings.grace());
            if (!ended) {
                held.values().forEach(one -> {
                    if (one.thread() != null) {
                        one.thread().interrupt();
                    }
                });
                if (!ended(settings.grace())) {
                    log.warn("jobs that don't end are left to their leases");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ended(Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        for (Held one : List.copyOf(held.values())) {
            Thread thread = one.thread();
            if (thread != null && !thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
