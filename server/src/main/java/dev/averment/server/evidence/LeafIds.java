package dev.averment.server.evidence;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, 74 random bits. Never a secret: their order can be guessed. */
public final class LeafIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private LeafIds() {}

    public static UUID next(InstantSource clock) {
        long high = (clock.millis() << 16) | 0x7000L | (RANDOM.nextInt() & 0x0fffL);
        long low = (RANDOM.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** The smallest id of version 7 that a leaf of that moment can have. */
    static UUID first(java.time.Instant moment) {
        return new UUID(Math.max(0, moment.toEpochMilli()) << 16 | 0x7000, 0x8000_0000_0000_0000L);
    }
}
