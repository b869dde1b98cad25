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
}
