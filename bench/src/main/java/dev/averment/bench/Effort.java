package dev.averment.bench;

import java.time.Duration;

/**
 * How long to look.
 *
 * @param rounds  measurements of each kind, taken in turns so that a slow minute of the machine hits all kinds alike
 * @param round   length of a round that is limited by time
 * @param warmup  time before the first round, not measured
 * @param leaves  leaves in a round of the log's benchmark
 * @param jobs    jobs in a round of the jobs' benchmark; a tenth of it for the peer that is slower
 * @param logSize leaves in the log under the verified packet
 * @param threads clients at once, where clients write
 */
public record Effort(
        String name, int rounds, Duration round, Duration warmup, int leaves, int jobs, int logSize, int threads) {

    /** For figures to publish. */
    public static Effort full() {
        return new Effort("full", 5, Duration.ofSeconds(10), Duration.ofSeconds(20), 60_000, 200_000, 1_000_000, 16);
    }

    /** All benchmarks in a few minutes; enough to see a change of a fifth. */
    public static Effort brief() {
        return new Effort("short", 3, Duration.ofSeconds(3), Duration.ofSeconds(4), 20_000, 100_000, 1_000_000, 16);
    }

    /** A sign of life, for tests. */
    public static Effort smoke() {
        return new Effort("smoke", 1, Duration.ofMillis(500), Duration.ofMillis(100), 1_000, 1_000, 2_000, 2);
    }
}
