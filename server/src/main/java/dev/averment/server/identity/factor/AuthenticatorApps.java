package dev.averment.server.identity.factor;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The authenticator app of an account: one in use, and perhaps one that waits to be confirmed. Every code is taken once,
 * that of the confirmation too, and time is the server's (ASVS 6.5.8).
 */
public final class AuthenticatorApps {
    /** For which a seed that was shown waits for its first code. */
    static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final TotpStore store = new TotpStore();
    private final SeedVault vault;
    private final String issuer;
    private final InstantSource clock;

    /** @param issuer the server's host */
    public AuthenticatorApps(SeedVault vault, String issuer, InstantSource clock) {
        this.vault = vault;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Makes a seed. The app in use, if there is one, stays in use until the new one is confirmed. */
    public AuthenticatorLink begin(JdbcClient jdbc, UUID account, String label) {
        byte[] seed = new byte[Totp.SEED_BYTES];
        RANDOM.nextBytes(seed);
        UUID version = UUID.randomUUID();
        store.insert(jdbc, version, account, vault.seal(seed, account, version), clock.instant());
        return AuthenticatorLink.of(seed, issuer, label);
    }

    /** Takes the app that waits into use, if the code is its; false when it is wrong or nothing waits. */
    public boolean confirm(JdbcClient jdbc, UUID account, String code) {
        Instant now = clock.instant();
        Optional<TotpStore.Row> waiting = store.inWaiting(jdbc, account, now.minus(PATIENCE));
        if (waiting.isEmpty()) {
            return false;
        }
        OptionalLong step = matching(account, waiting.get(), code, now);
        step.ifPresent(s -> store.confirm(jdbc, account, waiting.get().version(), s, now));
        return step.isPresent();
    }

    /** Takes a code, once. */
    public Verdict take(JdbcClient jdbc, UUID account, String code) {
        Optional<TotpStore.Row> row = store.inUse(jdbc, account);
        if (row.isEmpty()) {
            return Verdict.REFUSED;
        }
        OptionalLong step = matching(account, row.get(), code, clock.instant());
        if (step.isEmpty()) {
            return Verdict.REFUSED;
        }
        return store.take(jdbc, row.get().version(), step.getAsLong()) ? Verdict.ACCEPTED : Verdict.REPLAYED;
    }

    private OptionalLong matching(UUID account, TotpStore.Row row, String code, Instant now) {
        return Totp.matching(vault.open(row.seed(), account, row.version()), code, Totp.step(now));
    }

    /** Since when there is one in use. */
    public Optional<Instant> since(JdbcClient jdbc, UUID account) {
        return store.confirmed(jdbc, account);
    }

    public boolean remove(JdbcClient jdbc, UUID account) {
        return store.delete(jdbc, account);
    }
}
