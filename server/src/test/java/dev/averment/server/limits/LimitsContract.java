package dev.averment.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.limits.Limits.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every implementation of limits owes to those who ask it. */
@Asvs({"2.4.1", "6.3.1"})
abstract class LimitsContract {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Limit FIVE = new Limit("five", 5, WINDOW);

    protected final TestClock clock = new TestClock(Instant.parse("2026-11-24T09:03:17.123Z"));

    /** Limits that read {@link #clock} and have counted nothing. */
    protected abstract Limits limits();

    /** How much longer than the window a refusal may last. */
    protected abstract Duration granularity(Limit limit);

    private static boolean allowed(Decision decision) {
        return decision instanceof Decision.Allowed;
    }

    private static Duration wait(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return ((Decision.Refused) decision).retryAfter();
    }

    @Test
    void so_many_are_allowed_and_no_more() {
        Limits limits = limits();
        for (int i = 0; i < 5; i++) {
            assertThat(allowed(limits.take(FIVE, "a"))).as("%d", i).isTrue();
        }
        Decision sixth = limits.take(FIVE, "a");
        assertThat(sixth).isInstanceOf(Decision.Refused.class);
        assertThat(((Decision.Refused) sixth).limit()).isEqualTo(FIVE);
    }

    /** Wherever a window is laid over what happened: the edge of a counter's window is no place to get twice as much. */
    @ParameterizedTest
    @CsvSource({"1, 600", "2, 1", "5, 600", "5, 60", "20, 600", "30, 3600", "200, 600"})
    void no_window_ever_sees_more(int count, int seconds) {
        var limit = new Limit("l", count, Duration.ofSeconds(seconds));
        var random = new Random(count * 31L + seconds);
        Limits limits = limits();
        Deque<Instant> allowed = new ArrayDeque<>();
        long most = limit.window().toMillis();
        for (int i = 0; i < 4_000; i++) {
            // Bursts and pauses: most steps are short against the window, and some are long.
            long step = random.nextInt(10) == 0
                    ? (long) (random.nextDouble() * most)
                    : (long) (random.nextDouble() * most / count / 2);
            Instant now = clock.step(Duration.ofMillis(step));
            if (allowed(limits.take(limit, "a"))) {
                allowed.addLast(now);
            }
            while (!allowed.isEmpty() && !allowed.getFirst().isAfter(now.minus(limit.window()))) {
                allowed.removeFirst();
            }
            assertThat(allowed).hasSizeLessThanOrEqualTo(count);
        }
    }

    /** All at the end of one window of the clock, and then as soon as may be. */
    @Test
    void a_burst_at_the_edge_of_a_window_leaves_no_room_behind_it() {
        Limits limits = limits();
        clock.step(Duration.ofMillis(WINDOW.toMillis() - clock.millis() % WINDOW.toMillis() - 1));
        for (int i = 0; i < 5; i++) {
            assertThat(allowed(limits.take(FIVE, "a"))).isTrue();
        }
        // One key a moment, so that a refused try does not count against the next.
        for (int second = 1; second < 600; second += 7) {
            clock.step(Duration.ofSeconds(7));
            if (second % 5 == 0) {
                assertThat(allowed(limits.take(FIVE, "a")))
                        .as("after %d s", second)
                        .isFalse();
            }
        }
    }

    @Test
    void whoever_waits_as_long_as_he_was_told_is_allowed() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Limits limits = limits();
            Decision last;
            do {
                clock.step(Duration.ofMillis(random.nextInt(120_000)));
                last = limits.take(FIVE, "a");
            } while (allowed(last));
            clock.step(wait(last));
            assertThat(allowed(limits.take(FIVE, "a"))).isTrue();
        }
    }

    @Test
    void nobody_is_told_to_wait_for_much_longer_than_he_has_to() {
        Limits limits = limits();
        for (int i = 0; i < 5; i++) {
            limits.take(FIVE, "a");
        }
        Duration wait = wait(limits.take(FIVE, "a"));
        assertThat(wait).isBetween(WINDOW, WINDOW.plus(granularity(FIVE)).plusSeconds(1));
        clock.step(wait.minus(granularity(FIVE)).minusSeconds(1));
        // Still within the window of all five.
        assertThat(allowed(limits.take(FIVE, "a"))).isFalse();
    }

    @Test
    void a_wait_is_at_least_a_second_and_at_most_about_the_window() {
        var second = new Limit("second", 1, Duration.ofSeconds(1));
        var day = new Limit("day", 1, Duration.ofDays(1));
        Limits limits = limits();
        for (Limit limit : List.of(second, day)) {
            limits.take(limit, "a");
            for (int i = 0; i < 50; i++) {
                assertThat(wait(limits.take(limit, "a")))
                        .isBetween(
                                Duration.ofSeconds(1),
                                limit.window().plus(granularity(limit)).plusSeconds(1));
                clock.step(Duration.ofMillis(3));
            }
        }
    }

    @Test
    void whoever_goes_on_trying_goes_on_waiting() {
        Limits limits = limits();
        for (int i = 0; i < 5; i++) {
            limits.take(FIVE, "a");
        }
        for (int minute = 0; minute < 60; minute++) {
            clock.step(Duration.ofMinutes(1));
            assertThat(allowed(limits.take(FIVE, "a"))).as("minute %d", minute).isFalse();
        }
        clock.step(WINDOW.plus(granularity(FIVE)));
        assertThat(allowed(limits.take(FIVE, "a"))).isTrue();
    }

    @Test
    void keys_and_limits_do_not_know_of_each_other() {
        Limits limits = limits();
        var other = new Limit("other", 5, WINDOW);
        for (int i = 0; i < 6; i++) {
            limits.take(FIVE, "a");
        }
        for (String key : List.of("b", "A", "a ", "", "five|a", "á", "a\u0000", "x".repeat(10_000))) {
            assertThat(allowed(limits.take(FIVE, key))).as(key).isTrue();
        }
        assertThat(allowed(limits.take(other, "a"))).isTrue();
        assertThat(allowed(limits.take(FIVE, "a"))).isFalse();
    }

    @Test
    void a_clock_that_jumps_ahead_forgets_what_is_over() {
        Limits limits = limits();
        for (int i = 0; i < 6; i++) {
            limits.take(FIVE, "a");
        }
        clock.step(Duration.ofDays(4_000));
        for (int i = 0; i < 5; i++) {
            assertThat(allowed(limits.take(FIVE, "a"))).isTrue();
        }
        assertThat(allowed(limits.take(FIVE, "a"))).isFalse();
    }

    @Test
    void a_clock_that_is_set_back_forgets_nothing_that_still_counts() {
        Limits limits = limits();
        for (int i = 0; i < 5; i++) {
            limits.take(FIVE, "a");
        }
        clock.step(Duration.ofMinutes(-4));
        assertThat(allowed(limits.take(FIVE, "a"))).isFalse();
    }

    @Test
    @Asvs("15.4.2")
    void of_many_at_once_so_many_are_allowed_as_one_after_the_other() throws Exception {
        Limits limits = limits();
        var barrier = new CyclicBarrier(40);
        int allowed = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(threads.submit(() -> {
                    barrier.await();
                    return allowed(limits.take(FIVE, "a"));
                }));
            }
            for (Future<Boolean> each : all) {
                allowed += each.get() ? 1 : 0;
            }
        }
        assertThat(allowed).isEqualTo(5);
    }
}
