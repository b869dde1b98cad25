package dev.averment.server.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Limits of one process, by a sliding window: the count of the running window plus that part of the one before which the
 * span still covers. Memory is bounded: beyond {@value #KEYS} keys those that were not used for longest are forgotten.
 */
public final class LocalLimits implements Limits {
    private static final int KEYS = 200_000;

    private final InstantSource clock;
    private final Cache<String, Windows> counters = Caffeine.newBuilder()
            .maximumSize(KEYS)
            .expireAfterAccess(Duration.ofDays(1))
            .build();

    public LocalLimits(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts of the running window and of the one before it. */
    private record Windows(long number, long count, long before) {
        Windows at(long now) {
            return now == number ? this : new Windows(now, 0, now == number + 1 ? count : 0);
        }
    }

    @Override
    public Decision take(Limit limit, String key) {
        long window = limit.window().toMillis();
        long now = clock.millis();
        long number = Math.floorDiv(now, window);
        // More than twice the limit says nothing more, and would let the wait grow without bound.
        long most = 2L * limit.count();
        Windows counted =
                Objects.requireNonNull(counters.asMap().compute(digest(limit.name() + '|' + key), (_, old) -> {
                    Windows current = (old == null ? new Windows(number, 0, 0) : old).at(number);
                    return new Windows(number, Math.min(current.count() + 1, most), current.before());
                }));
        return decide(limit, counted.count(), counted.before(), Math.floorMod(now, window));
    }

    /** @param into how far into its window the moment lies, in milliseconds */
    static Decision decide(Limit limit, long count, long before, long into) {
        long window = limit.window().toMillis();
        double covered = before * (double) (window - into) / window;
        if (count + covered <= limit.count()) {
            return new Decision.Allowed();
        }
        // When the running window alone is over, nothing helps before it has become the one before.
        long millis = count > limit.count()
                ? window - into + Math.round(window * (1 - limit.count() / (double) count))
                : Math.round(window - (limit.count() - count) * (double) window / Math.max(before, 1)) - into;
        return new Decision.Refused(limit, Duration.ofSeconds(Math.max(1, Math.ceilDiv(millis, 1000))));
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
