package dev.averment.server.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.database.DataFolder;
import dev.averment.server.fixture.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {
    private static final SessionPolicy POLICY = new SessionPolicy(
            "Strict",
            Duration.ofMinutes(15),
            Duration.ofDays(1),
            Duration.ofDays(7),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10));

    @Test
    @Timeout(60)
    void a_key_that_has_lived_its_life_is_replaced_while_the_server_runs(@TempDir Path folder) throws Exception {
        TestClock clock = new TestClock(Instant.parse("2026-11-24T12:00:00Z"));
        try (DataFolder data = DataFolder.open(folder.resolve("data"))) {
            SigningKeys keys = SigningKeys.open(data, POLICY, clock);
            KeyRing.Key first = keys.cookies().current();
            var rotation = new KeyRotation(keys, Duration.ofHours(1));
            rotation.start();
            try {
                clock.step(KeyRing.LIFE);
                rotation.wake();
                while (keys.cookies().current().id().equals(first.id())
                        || keys.accessTokens().current().made().isBefore(clock.instant())) {
                    LockSupport.parkNanos(1_000_000);
                }
            } finally {
                rotation.stop();
            }
            assertThat(rotation.isRunning()).isFalse();
            assertThat(keys.cookies().find(first.id())).as("within the overlap").isPresent();
            clock.step(POLICY.absolute());
            assertThat(keys.cookies().find(first.id())).as("after it").isEmpty();
            assertThat(KeyRing.kept(data, SigningKeys.COOKIES))
                    .extracting(KeyRing.Key::id)
                    .containsExactly(first.id(), keys.cookies().current().id());
        }
    }
}
