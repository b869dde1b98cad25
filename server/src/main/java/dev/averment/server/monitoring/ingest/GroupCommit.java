package dev.averment.server.monitoring.ingest;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Writes what queued while the last commit ran, and waits for nothing else: whoever comes alone is written alone, and under
 * load each commit carries what a commit's time brings. A signal is answered when its commit is done. The queue is bounded, and
 * nobody waits longer than some seconds: he is told to come again, and does not know then whether his signal was written.
 */
public final class GroupCommit implements SmartLifecycle {
    static final int ROOM = 4_096;
    static final int BATCH = 500;
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int TRIES = 5;
    private static final Set<String> AGAIN = Set.of("40P01", "40001", "23505");
    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    /** Where batches go. */
    interface Sink {
        /** All of it, or nothing and an exception. */
        List<Recorded> write(List<Signal> batch) throws SQLException;
    }

    /** Why a signal has no outcome. */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message, null, false, false);
        }
    }

    /** Told apart by being another one: two signals may say the same. */
    private static final class Waiting {
        private final Signal signal;
        private final CompletableFuture<Recorded> answer = new CompletableFuture<>();
        private final long sinceNanos = System.nanoTime();

        Waiting(Signal signal) {
            this.signal = signal;
        }

        Signal signal() {
            return signal;
        }

        CompletableFuture<Recorded> answer() {
            return answer;
        }
    }

    private final Sink sink;
    private final Consumer<List<Recorded>> written;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(ROOM);
    private final Set<Waiting> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private @Nullable Thread writer;
    private @Nullable Thread watch;

    /** @param written hears of what was committed, before those who wait for it do */
    GroupCommit(Sink sink, Consumer<List<Recorded>> written) {
        this.sink = sink;
        this.written = written;
    }

    /** Waits until {@code signal} is committed; refuses at once when the queue is full. */
    public Recorded submit(Signal signal) throws Unavailable, InterruptedException {
        var waiting = new Waiting(signal);
        if (!running || !queue.offer(waiting)) {
            throw new Unavailable(running ? "the queue is full" : "the server is stopping");
        }
        try {
            return waiting.answer().get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof Unavailable unavailable
                    ? unavailable
                    : new Unavailable("the database did not take it");
        }
    }

    @Override
    public void start() {
        running = true;
        writer = Thread.ofVirtual().name("ingest-writer").start(this::run);
        watch = Thread.ofVirtual().name("ingest-watch").start(this::watch);
    }

    private void run() {
        List<Waiting> batch = new ArrayList<>(BATCH);
        while (running || !queue.isEmpty()) {
            batch.clear();
            try {
                Waiting first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
            } catch (InterruptedException e) {
                continue;
            }
            queue.drainTo(batch, BATCH - 1);
            // Who was told to come again does so: writing it as well would write it twice.
            batch.removeIf(waiting -> waiting.answer().isDone());
            if (!batch.isEmpty()) {
                inFlight.addAll(batch);
                write(batch);
                inFlight.clear();
            }
        }
    }

    private void write(List<Waiting> batch) {
        try {
            answer(batch, withPatience(batch.stream().map(Waiting::signal).toList()));
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (batch.size() > 1 && (state.startsWith("22") || state.startsWith("23"))) {
                // One row spoils the whole: each by itself, and only that one is refused.
                batch.forEach(each -> write(List.of(each)));
                return;
            }
            log.warn("{} signals could not be written (SQL state {})", batch.size(), state);
            batch.forEach(each -> each.answer().completeExceptionally(new Unavailable("the database did not take it")));
        } catch (RuntimeException | Error e) {
            log.error("signals could not be written", e);
            batch.forEach(each -> each.answer().completeExceptionally(new Unavailable("the server failed")));
        }
    }

    /** Two servers may meet on the same rows; whoever is sent back tries again. */
    private List<Recorded> withPatience(List<Signal> signals) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return sink.write(signals);
            } catch (SQLException e) {
                if (attempt == TRIES || !AGAIN.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
            }
        }
    }

    private void answer(List<Waiting> batch, List<Recorded> outcomes) {
        try {
            written.accept(outcomes);
        } finally {
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(outcomes.get(i));
            }
        }
    }

    /** Tells those who waited too long; a timer for each would cost more than what it guards. */
    private void watch() {
        var pause = new java.util.concurrent.Semaphore(0);
        while (running) {
            try {
                if (pause.tryAcquire(250, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
            long now = System.nanoTime();
            queue.forEach(waiting -> impatient(waiting, now));
            inFlight.forEach(waiting -> impatient(waiting, now));
        }
    }

    private static void impatient(Waiting waiting, long now) {
        if (now - waiting.sinceNanos > PATIENCE.toNanos()) {
            waiting.answer().completeExceptionally(new Unavailable("the database takes too long"));
        }
    }

    /** Whatever queued is still written. */
    @Override
    public void stop() {
        running = false;
        if (watch != null) {
            watch.interrupt();
        }
        try {
            if (writer != null) {
                writer.join(Duration.ofSeconds(15));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.forEach(waiting -> waiting.answer().completeExceptionally(new Unavailable("the server is stopping")));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Up before the web server listens, and down after it: nobody is let in to find nobody writing. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 10_000;
    }
}
