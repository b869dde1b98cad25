package dev.averment.server.jobs;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long after a failed attempt the next one is: the base, doubled with each failure up to the longest, and up to a fifth
 * earlier or later, so that what failed together does not come back together.
 */
public record RetryPolicy(Duration base, Duration longest) {
    public static final RetryPolicy USUAL = new RetryPolicy(Duration.ofSeconds(5), Duration.ofHours(1));

    /** Doubling further than that is past every longest wait. */
    private static final int MOST_DOUBLINGS = 30;

    /** @param attempt the one that failed, from 1 */
    public Duration after(int attempt, RandomGenerator random) {
        long doubled = base.toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
        return jittered(Duration.ofMillis(Math.min(doubled, longest.toMillis())), random);
    }

    /** {@code time}, up to a fifth shorter or longer. */
    public static Duration jittered(Duration time, RandomGenerator random) {
        return Duration.ofMillis(Math.round(time.toMillis() * (0.8 + 0.4 * random.nextDouble())));
    }
}
