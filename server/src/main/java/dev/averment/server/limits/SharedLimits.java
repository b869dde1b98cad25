package dev.averment.server.limits;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits that servers share through a Redis, and that each keeps by itself while it is away. Every occurrence is counted in
 * both places and the stricter one decides: so a Redis that fails, comes back empty or is emptied by somebody neither opens
 * the doors nor shuts them.
 *
 * <p>After a failure one request every {@link #PAUSE} tries it again; the others don't wait for it.
 */
public final class SharedLimits implements Limits, AutoCloseable {
    static final Duration PAUSE = Duration.ofSeconds(2);

    /** A request waits this long for a decision, and twice as long for a connection. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Limit GREETING = new Limit("start", 1_000_000, Duration.ofSeconds(1));

    private static final Logger LOG = LoggerFactory.getLogger(SharedLimits.class);

    private final Limits own;
    private final RedisLimits shared;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Instant> away = new AtomicReference<>();
    private final AtomicLong nextTry = new AtomicLong();

    /** @param key for the names of counters: a secret that the servers have in common */
    public SharedLimits(RedisAddress address, byte[] key, InstantSource clock) {
        this(address, key, clock, PATIENCE, System::nanoTime);
    }

    /** @param nanos that only go forward, by which the pause is measured */
    SharedLimits(RedisAddress address, byte[] key, InstantSource clock, Duration patience, LongSupplier nanos) {
        this.own = new LocalLimits(clock);
        this.shared = new RedisLimits(address, key, clock, patience);
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Asks once now, so that a Redis which is not there is told at the start and not at the first sign-in. */
    public void greet() {
        try {
            shared.take(GREETING, "start");
        } catch (RedisException e) {
            lost(e);
        }
    }

    @Override
    public Decision take(Limit limit, String key) {
        Decision alone = own.take(limit, key);
        if (!mayAsk()) {
            return alone;
        }
        Decision together;
        try {
            together = shared.take(limit, key);
        } catch (RedisException e) {
            lost(e);
            return alone;
        }
        found();
        return stricter(alone, together);
    }

    private static Decision stricter(Decision alone, Decision together) {
        if (alone instanceof Decision.Refused here && together instanceof Decision.Refused there) {
            return here.retryAfter().compareTo(there.retryAfter()) > 0 ? here : there;
        }
        return alone instanceof Decision.Refused ? alone : together;
    }

    private boolean mayAsk() {
        if (away.get() == null) {
            return true;
        }
        long due = nextTry.get();
        long now = nanos.getAsLong();
        return now - due >= 0 && nextTry.compareAndSet(due, now + PAUSE.toNanos());
    }

    private void lost(RedisException why) {
        nextTry.set(nanos.getAsLong() + PAUSE.toNanos());
        if (away.compareAndSet(null, clock.instant())) {
            LOG.warn(
                    "The Redis of the limits is away: each server counts for itself until it is back. {}", reason(why));
        }
    }

    /** The last cause says what happened, those before it only where. */
    private static String reason(Throwable why) {
        Throwable last = why;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        return last.getClass().getSimpleName() + ": " + last.getMessage();
    }

    private void found() {
        Instant since = away.getAndSet(null);
        if (since != null) {
            LOG.info("The Redis of the limits is back, after {}: servers count together again", since);
        }
    }

    @Override
    public Optional<Instant> aloneSince() {
        return Optional.ofNullable(away.get());
    }

    @Override
    public void close() {
        shared.close();
    }
}
