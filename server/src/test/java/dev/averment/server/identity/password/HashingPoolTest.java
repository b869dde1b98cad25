package dev.averment.server.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.asvs.Asvs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Asvs({"13.1.2", "16.5.2"})
class HashingPoolTest {
    private static final Duration PATIENT = Duration.ofMinutes(5);

    /** Work that says that it has begun, and ends when it is told to. */
    private static final class Held {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch end = new CountDownLatch(1);

        String work() {
            begun.countDown();
            try {
                if (!end.await(30, TimeUnit.SECONDS)) {
                    throw new AssertionError("nobody ended the work");
                }
            } catch (InterruptedException e) {
                return "interrupted";
            }
            return "done";
        }
    }

    private static void waitUntilWaiting(HashingPool pool, int count) {
        while (pool.waiting() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void no_more_run_at_once_than_there_is_room_for() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        try (var pool = new HashingPool(2, 64, PATIENT);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Integer>>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int n = i;
                all.add(callers.submit(() -> pool.run(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    running.decrementAndGet();
                    return n;
                })));
            }
            for (int i = 0; i < 40; i++) {
                assertThat(all.get(i).get()).contains(i);
            }
            assertThat(most.get()).isLessThanOrEqualTo(2);
            assertThat(pool.ran()).isEqualTo(40);
        }
    }

    @Test
    void what_finds_no_place_to_wait_is_shed_at_once() throws Exception {
        var held = new Held();
        try (var pool = new HashingPool(1, 1, PATIENT);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> running = callers.submit(() -> pool.run(held::work));
            held.begun.await();
            Future<Optional<String>> waiting = callers.submit(() -> pool.run(() -> "second"));
            waitUntilWaiting(pool, 1);
            assertThat(pool.run(() -> "third")).isEmpty();
            held.end.countDown();
            assertThat(running.get()).contains("done");
            assertThat(waiting.get()).contains("second");
        }
    }

    @Test
    void what_has_waited_too_long_is_not_worth_doing() throws Exception {
        var held = new Held();
        var ran = new AtomicInteger();
        try (var pool = new HashingPool(1, 8, Duration.ofNanos(1));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            // An hour of patience for the one that holds the place would need a clock; it gets its place at once or not
            // at
            // all, and either way what comes after it has waited for longer than a nanosecond.
            callers.submit(() -> pool.run(held::work));
            Future<Optional<Integer>> late = callers.submit(() -> pool.run(ran::incrementAndGet));
            held.end.countDown();
            assertThat(late.get()).isEmpty();
            assertThat(ran.get()).isZero();
        }
    }

    @Test
    void work_that_fails_gives_its_place_back() {
        try (var pool = new HashingPool(1, 1, PATIENT)) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> pool.run(() -> {
                            throw new IllegalStateException("no such figures");
                        }))
                        .hasMessage("a password hash failed")
                        .hasRootCauseMessage("no such figures");
                assertThatThrownBy(() -> pool.run(() -> {
                            throw new OutOfMemoryError("a hostile row");
                        }))
                        .hasRootCauseMessage("a hostile row");
            }
            assertThat(pool.run(() -> "still here")).contains("still here");
        }
    }

    /** The place belongs to the work: a caller that gives up does not let a second hash begin beside his. */
    @Test
    void a_caller_who_gives_up_leaves_the_place_to_his_work() throws Exception {
        var held = new Held();
        try (var pool = new HashingPool(1, 4, PATIENT)) {
            var answer = new CountDownLatch(1);
            Thread impatient = Thread.ofVirtual().start(() -> {
                if (pool.run(held::work).isEmpty() && Thread.currentThread().isInterrupted()) {
                    answer.countDown();
                }
            });
            held.begun.await();
            impatient.interrupt();
            assertThat(answer.await(30, TimeUnit.SECONDS)).isTrue();
            var second = new CountDownLatch(1);
            Thread other = Thread.ofVirtual().start(() -> {
                pool.run(() -> "second");
                second.countDown();
            });
            waitUntilWaiting(pool, 1);
            assertThat(second.getCount()).isOne();
            held.end.countDown();
            assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
            impatient.join();
            other.join();
        }
    }

    @Test
    void nobody_waits_for_a_pool_that_was_closed() throws Exception {
        var held = new Held();
        var pool = new HashingPool(1, 4, PATIENT);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> running = callers.submit(() -> pool.run(held::work));
            held.begun.await();
            Future<Optional<String>> waiting = callers.submit(() -> pool.run(() -> "never"));
            waitUntilWaiting(pool, 1);
            pool.close();
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isEmpty();
            assertThat(running.get(30, TimeUnit.SECONDS)).contains("interrupted");
            assertThat(pool.run(() -> "never")).isEmpty();
        }
    }
}
