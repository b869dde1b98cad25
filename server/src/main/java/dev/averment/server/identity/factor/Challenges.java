package dev.averment.server.identity.factor;

import dev.averment.evidence.merkle.Hash;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What passkeys sign: 256 random bits, good once, for five minutes, for one ceremony. One statement takes a challenge away
 * and says that it was there, so that an answer that was recorded gets nobody in a second time (ASVS 6.7.2).
 */
final class Challenges {
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ChallengeStore store = new ChallengeStore();
    private final InstantSource clock;

    Challenges(InstantSource clock) {
        this.clock = clock;
    }

    byte[] make(JdbcClient jdbc, Ceremony ceremony) {
        byte[] challenge = new byte[32];
        RANDOM.nextBytes(challenge);
        Instant now = clock.instant();
        store.insert(
                jdbc,
                hash(challenge),
                ceremony.purpose().word(),
                ceremony.account().orElse(null),
                ceremony.session().orElse(null),
                now,
                now.plus(LIFE));
        return challenge;
    }

    boolean take(JdbcClient jdbc, byte[] challenge, Ceremony ceremony) {
        return store.take(
                jdbc,
                hash(challenge),
                ceremony.purpose().word(),
                ceremony.account().orElse(null),
                ceremony.session().orElse(null),
                clock.instant());
    }

    private static byte[] hash(byte[] challenge) {
        return Hash.sha256(challenge).bytes();
    }
}
