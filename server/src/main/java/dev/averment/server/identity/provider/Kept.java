package dev.averment.server.identity.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Something that was fetched, kept for a while. However many want it, it is fetched by one of them at a time, and not again
 * before a pause is over, whether that went well or not: nobody makes this server hammer a provider.
 */
final class Kept<T> {
    interface Fetch<T> {
        T get() throws ProviderException;
    }

    private final Fetch<T> fetch;
    private final Duration life;
    private final Duration pause;
    private final InstantSource clock;
    private @Nullable T value;
    private @Nullable ProviderException failure;
    private Instant tried = Instant.EPOCH;

    Kept(Fetch<T> fetch, Duration life, Duration pause, InstantSource clock) {
        this.fetch = fetch;
        this.life = life;
        this.pause = pause;
        this.clock = clock;
    }

    synchronized T get() throws ProviderException {
        T kept = value;
        if (kept != null && clock.instant().isBefore(tried.plus(life))) {
            return kept;
        }
        return fetched();
    }

    /** One that was fetched anew, if the pause is over: for whoever misses something in the kept one. */
    synchronized T anew() throws ProviderException {
        return fetched();
    }

    private T fetched() throws ProviderException {
        Instant now = clock.instant();
        if (now.isBefore(tried.plus(pause))) {
            T kept = value;
            if (kept != null) {
                return kept;
            }
            if (failure != null) {
                throw failure;
            }
        }
        tried = now;
        value = null;
        try {
            T fresh = fetch.get();
            value = fresh;
            failure = null;
            return fresh;
        } catch (ProviderException e) {
            failure = e;
            throw e;
        }
    }
}
