package dev.averment.server.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Limits of one process. A window is cut into {@value #PARTS} parts, each with a count, and whatever part the span still
 * touches counts in full: so no span of the window's length ever sees more than the limit, and a refusal lasts at most one
 * part longer than it would have to. Memory is bounded: beyond {@value #KEYS} keys those that are used least are forgotten.
 */
public final class LocalLimits implements Limits {
    static final int PARTS = 10;
    private static final int KEYS = 200_000;

    private final InstantSource clock;
    private final Cache<String, Counts> counters;

    public LocalLimits(InstantSource clock) {
        this(clock, KEYS);
    }

    LocalLimits(InstantSource clock, int keys) {
        this.clock = clock;
        this.counters = Caffeine.newBuilder()
                .maximumSize(keys)
                .expireAfterAccess(Duration.ofDays(2))
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /**
     * Counts of the parts up to {@code last}, which is the one that runs; those of a span that begins in the middle of a part
     * are one more than {@link #PARTS}.
     */
    private record Counts(long last, int[] parts) {
        static Counts none(long part) {
            return new Counts(part, new int[PARTS + 1]);
        }

        /**
         * Counts one more in {@code part}. When the clock was set back the count goes on in the part that had been reached, so
         * that nothing is forgotten; but after more than a window it begins anew, or somebody might wait for years.
         */
        Counts one(long part, int most) {
            if (last - part > PARTS) {
                return none(part).one(part, most);
            }
            int passed = (int) Math.clamp(part - last, 0, parts.length);
            int[] now = new int[parts.length];
            System.arraycopy(parts, passed, now, 0, parts.length - passed);
            now[PARTS] = Math.min(now[PARTS] + 1, most);
            return new Counts(Math.max(part, last), now);
        }

        /** After how many parts from the running one so many have gone that one more is allowed. */
        int partsUntilRoom(int count) {
            long left = Arrays.stream(parts).asLongStream().sum();
            int gone = 0;
            while (left >= count && gone < parts.length) {
                left -= parts[gone++];
            }
            return gone;
        }

        boolean over(int count) {
            return Arrays.stream(parts).asLongStream().sum() > count;
        }
    }

    @Override
    public Decision take(Limit limit, String key) {
        long part = Math.ceilDiv(limit.window().toMillis(), PARTS);
        long now = clock.millis();
        long number = Math.floorDiv(now, part);
        // More than the limit plus one in a part says nothing more.
        int most = (int) Math.min(limit.count() + 1L, Integer.MAX_VALUE);
        Counts counts = Objects.requireNonNull(counters.asMap()
                .compute(
                        digest(limit.name() + '|' + key),
                        (_, old) -> (old == null ? Counts.none(number) : old).one(number, most)));
        if (!counts.over(limit.count())) {
            return new Decision.Allowed();
        }
        long room = (counts.last() + counts.partsUntilRoom(limit.count())) * part;
        return new Decision.Refused(limit, Duration.ofSeconds(Math.max(1, Math.ceilDiv(room - now, 1000L))));
    }

    /** Keys that are kept now. */
    long keys() {
        counters.cleanUp();
        return counters.estimatedSize();
    }

    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
