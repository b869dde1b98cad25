package dev.averment.server.identity.password;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Runs password hashes, as many at a time as there are processors. A hash takes megabytes and a good part of a second: a
 * flood of sign-ins that all ran at once would end the process for want of memory. What has waited too long is shed, and
 * the caller answers 503.
 */
public final class HashingPool implements AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final long patienceNanos;
    private final LongAdder ran = new LongAdder();

    /**
     * @param parallel hashes at a time
     * @param waiting  hashes that may wait for their turn
     * @param patience after which a waiting hash is no longer worth doing: whoever asked has given up
     */
    public HashingPool(int parallel, int waiting, Duration patience) {
        this.patienceNanos = patience.toNanos();
        this.threads = new ThreadPoolExecutor(
                parallel,
                parallel,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().name("password-hash-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** The result of {@code work}, or empty when there was no room for it. The place belongs to the work, not to the caller. */
    public <T> Optional<T> run(Supplier<T> work) {
        long asked = System.nanoTime();
        Future<Optional<T>> result;
        try {
            result = threads.submit(() -> {
                if (System.nanoTime() - asked > patienceNanos) {
                    return Optional.<T>empty();
                }
                ran.increment();
                return Optional.of(work.get());
            });
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password hash failed", e.getCause());
        }
    }

    /** Hashes that were begun since the start, whether or not they came to an end. */
    public long ran() {
        return ran.sum();
    }

    /** Hashes that wait for their turn. */
    public int waiting() {
        return threads.getQueue().size();
    }

    /** What still waits is shed: whoever asked for it must not wait for ever. */
    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof Future<?> future) {
                future.cancel(false);
            }
        }
    }
}
