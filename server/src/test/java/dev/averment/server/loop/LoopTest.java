package dev.averment.server.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopTest {
    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void it_does_a_round_at_once_and_the_next_one_when_it_is_woken() throws Exception {
        var rounds = new Semaphore(0);
        Loop loop = Loop.of("test", "nothing can be tested now", LONG, () -> {
            rounds.release();
            return LONG;
        });
        loop.start();
        rounds.acquire();
        loop.wake();
        rounds.acquire();
        assertThat(loop.isRunning()).isTrue();
        loop.stop();
        assertThat(loop.isRunning()).isFalse();
        loop.wake();
        assertThat(rounds.availablePermits()).isZero();
    }

    @Test
    void a_round_that_fails_is_no_end() throws Exception {
        var tries = new AtomicInteger();
        var third = new CountDownLatch(1);
        Loop loop = Loop.of("test", "nothing can be tested now", Duration.ofMillis(1), () -> {
            if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            third.countDown();
            return LONG;
        });
        loop.start();
        third.await();
        loop.stop();
        assertThat(tries.get()).isEqualTo(3);
    }

    @Test
    void to_stop_ends_the_round_that_runs() throws Exception {
        var begun = new CountDownLatch(1);
        var ended = new AtomicReference<Exception>();
        Loop loop = Loop.of("test", "nothing can be tested now", LONG, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.set(e);
                throw e;
            }
            return LONG;
        });
        loop.start();
        begun.await();
        loop.stop();
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }
}
