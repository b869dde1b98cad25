package dev.averment.server.stream;

import java.time.Duration;

/**
 * Bounds of streams.
 *
 * @param perPerson streams that an account may have open at once
 * @param heartbeat silence after which a comment is sent, by which both sides notice that the other is gone
 * @param recheck   how often it is asked whether the reader may still be here
 * @param longest   life of one connection; whoever reads comes back with the id of the last event
 * @param queue     events that may wait for a slow reader
 * @param replay    events that a reader who comes back is told at most
 * @param keep      how long events are kept
 */
public record StreamPolicy(
        int perPerson, Duration heartbeat, Duration recheck, Duration longest, int queue, int replay, Duration keep) {
    public static final StreamPolicy USUAL = new StreamPolicy(
            10,
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofMinutes(20),
            1_000,
            10_000,
            Duration.ofHours(24));
}
