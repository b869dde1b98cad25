package dev.averment.server.monitoring;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * UUIDs of version 7 (RFC 9562) of a moment that is given, in the order in which they were asked for when several are of one
 * millisecond: its twelve bits after the version count.
 */
final class OrderedIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final AtomicInteger count = new AtomicInteger();

    UUID next(Instant moment) {
        long high = (Math.max(0, moment.toEpochMilli()) << 16) | 0x7000L | (count.getAndIncrement() & 0x0fffL);
        return new UUID(high, (RANDOM.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L);
    }

    /** Below every id that was made from {@code moment} on. */
    static UUID least(Instant moment) {
        return new UUID(Math.max(0, moment.toEpochMilli()) << 16, 0);
    }

    /** The moment that an id was made of. */
    static Instant time(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
