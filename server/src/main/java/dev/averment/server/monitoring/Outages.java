package dev.averment.server.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Keeps a heartbeat in the database, and with it the times in which no server was there to listen. Verdicts about those times
 * would be guesses.
 */
final class Outages implements OwnOutages {
    static final Duration EVERY = Duration.ofSeconds(5);

    /** A pause that long is an outage: two beats may fail. */
    static final Duration SILENCE = Duration.ofSeconds(20);

    /** No verdict is about a time before that. */
    private static final Duration KEPT = Duration.ofDays(400);

    private final DueStore store;
    private final InstantSource clock;
    private volatile List<DueStore.Outage> known = List.of();

    Outages(DueStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Says that this server is there; to be called before any verdict, and again every {@link #EVERY}. */
    void beat() {
        Instant now = clock.instant();
        store.beat(now, SILENCE);
        known = store.outages(now.minus(KEPT));
    }

    @Override
    public boolean between(Instant from, Instant to) {
        return known.stream()
                .anyMatch(outage -> outage.from().isBefore(to) && outage.to().isAfter(from));
    }
}
