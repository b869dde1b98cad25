package dev.averment.server.delivery;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One announcement to one channel, and how it stands.
 *
 * @param state {@code pending}, {@code in_flight}, {@code delivered}, {@code retrying}, {@code exhausted}, {@code cancelled} or
 *              {@code blocked}
 * @param next  when it is tried again, while it is
 */
public record Delivery(
        UUID id,
        UUID channel,
        Announcement what,
        String state,
        int tries,
        Optional<Instant> next,
        Optional<Instant> ended) {

    /**
     * One try.
     *
     * @param outcome empty while it runs; {@code unknown} when its process died meanwhile
     */
    public record Attempt(
            int n,
            Instant started,
            Optional<Integer> millis,
            Optional<String> outcome,
            Optional<Integer> status,
            Optional<String> snippet,
            Optional<Instant> next) {}
}
