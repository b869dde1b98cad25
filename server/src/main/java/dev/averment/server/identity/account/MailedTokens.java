package dev.averment.server.identity.account;

import dev.averment.evidence.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Links that are sent by mail. 256 random bits, stored only as SHA-256, good once, for minutes. The row that a link has used
 * up is found by one statement that also marks it, so that two clicks at the same moment are one use (ASVS 15.4.2).
 */
public final class MailedTokens {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** What a link is good for, and how long: ten minutes for what resets a credential (ASVS 6.5.5). */
    public enum Purpose {
        VERIFY_ADDRESS("verify-address", Duration.ofHours(24)),
        RESET_PASSWORD("reset-password", Duration.ofMinutes(10)),
        CHANGE_ADDRESS("change-address", Duration.ofHours(1));

        private final String word;
        private final Duration life;

        Purpose(String word, Duration life) {
            this.word = word;
            this.life = life;
        }

        public Duration life() {
            return life;
        }
    }

    /** @param address where it was sent: whoever uses it reads that mailbox */
    public record Used(UUID account, String address) {}

    private final MailedTokenStore store = new MailedTokenStore();
    private final InstantSource clock;

    public MailedTokens(InstantSource clock) {
        this.clock = clock;
    }

    /** A new one; those of the same account and purpose from before are no longer good. */
    public String make(JdbcClient jdbc, UUID account, Purpose purpose, String address) {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Instant now = clock.instant();
        store.forget(jdbc, account, purpose.word);
        store.insert(jdbc, hash(token), account, purpose.word, address, now, now.plus(purpose.life));
        return token;
    }

    /** Uses a token up; empty when it is none, was used, has expired, or is for something else. */
    public Optional<Used> use(JdbcClient jdbc, String token, Purpose purpose) {
        return FORM.matcher(token).matches()
                ? store.use(jdbc, hash(token), purpose.word, clock.instant())
                : Optional.empty();
    }

    /** What a token would be good for, without using it up: for what has to be looked at first. */
    public Optional<Used> peek(JdbcClient jdbc, String token, Purpose purpose) {
        return FORM.matcher(token).matches()
                ? store.find(jdbc, hash(token), purpose.word, clock.instant())
                : Optional.empty();
    }

    /**
     * No link that was sent for {@code account} is good any more. For a changed password: a link that somebody else asked
     * for before, such as one that gives the account another address, must not outlive it.
     */
    public void forgetAll(JdbcClient jdbc, UUID account) {
        store.forgetAll(jdbc, account);
    }

    private static byte[] hash(String token) {
        return Hash.sha256(token.getBytes(StandardCharsets.US_ASCII)).bytes();
    }
}
