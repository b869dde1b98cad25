package dev.averment.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.RedisServer;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.limits.Limits.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What becomes of limits when the Redis that servers share goes, hangs, and comes back. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SharedLimitsTest {
    private static final Limit FIVE = new Limit("five", 5, Duration.ofMinutes(10));
    /** Longer than a busy machine takes to shake hands. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final byte[] KEY = {4, 2};

    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T09:00:00Z"));
    private final AtomicLong nanos = new AtomicLong();
    private RedisServer redis;
    private SharedLimits one;
    private SharedLimits other;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        redis = RedisServer.start(folder);
        RedisAddress address = RedisAddress.read(redis.file());
        one = new SharedLimits(address, KEY, clock, PATIENCE, nanos::get);
        other = new SharedLimits(address, KEY, clock, PATIENCE, nanos::get);
    }

    @AfterEach
    void stop() throws IOException {
        if (redis != null) {
            one.close();
            other.close();
            redis.close();
        }
    }

    private static void allowed(Limits limits, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(limits.take(FIVE, "a")).isInstanceOf(Decision.Allowed.class);
        }
    }

    private static void refused(Limits limits) {
        assertThat(limits.take(FIVE, "a")).isInstanceOf(Decision.Refused.class);
    }

    private void pause() {
        nanos.addAndGet(SharedLimits.PAUSE.toNanos());
    }

    @Test
    void while_it_is_there_servers_count_together() {
        allowed(one, 3);
        allowed(other, 2);
        refused(one);
        refused(other);
        assertThat(one.aloneSince()).isEmpty();
    }

    /** Neither open, or a full Redis would be a way round every limit; nor dead, or it would be a way to stop everybody. */
    @Test
    @Asvs({"16.5.2", "16.5.3", "16.3.4"})
    void while_it_is_gone_each_goes_on_from_what_it_counted_itself(CapturedOutput output) throws IOException {
        allowed(one, 3);
        allowed(other, 1);
        redis.stop();
        clock.step(Duration.ofSeconds(1));
        allowed(one, 2);
        refused(one);
        allowed(other, 4);
        refused(other);
        assertThat(one.aloneSince()).contains(clock.instant());
        assertThat(output.getAll().lines().filter(line -> line.contains("The Redis of the limits is away")))
                .as("a line a server, however many requests")
                .hasSize(2);
    }

    @Test
    void when_it_is_back_they_count_together_again(CapturedOutput output) throws IOException {
        allowed(one, 1);
        redis.stop();
        allowed(one, 1);
        redis.startAgain();
        pause();
        allowed(one, 1);
        allowed(other, 1);
        assertThat(one.aloneSince()).isEmpty();
        assertThat(output.getAll()).contains("The Redis of the limits is back");
        // Came back empty: the one still knows of its three.
        allowed(one, 2);
        refused(one);
    }

    /** It holds its connections open and says nothing: one request learns that, and the others don't wait. */
    @Test
    void while_it_hangs_one_request_a_pause_finds_that_out() throws IOException {
        allowed(one, 1);
        redis.holdUp();
        try {
            allowed(one, 1);
            assertThat(one.aloneSince()).isPresent();
            allowed(one, 3);
            refused(one);
        } finally {
            redis.goOn();
        }
        refused(one);
        assertThat(one.aloneSince()).as("nobody asks before the pause is over").isPresent();
        pause();
        refused(one);
        assertThat(one.aloneSince()).isEmpty();
    }

    @Test
    void one_that_is_not_there_yet_keeps_nobody_out(@TempDir Path folder) throws IOException {
        redis.stop();
        allowed(other, 5);
        refused(other);
        redis.startAgain();
        pause();
        refused(other);
        assertThat(other.aloneSince()).isEmpty();
    }

    @Test
    void one_that_takes_nothing_more_is_as_good_as_gone() throws IOException {
        allowed(one, 1);
        redis.ask("CONFIG", "SET", "maxmemory", "1");
        allowed(one, 4);
        refused(one);
        assertThat(one.aloneSince()).isPresent();
        redis.ask("CONFIG", "SET", "maxmemory", "0");
        pause();
        refused(one);
        assertThat(one.aloneSince()).isEmpty();
    }

    /** Somebody who can empty it opens no door on a server that has counted. */
    @Test
    void one_that_was_emptied_frees_nobody() throws IOException {
        allowed(one, 5);
        redis.ask("FLUSHALL");
        refused(one);
    }
}
