package dev.averment.server.delivery;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one try ended.
 *
 * @param outcome as {@code delivery.attempt} has it
 * @param status  of HTTP, null when there was no answer
 * @param snippet beginning of the answer or the reason of the failure, without secrets
 * @param asked   what {@code Retry-After} said
 * @param slow    whether the receiver has too much to do
 */
record Tried(
        Reply reply,
        String outcome,
        @Nullable Integer status,
        @Nullable String snippet,
        Duration took,
        Optional<Duration> asked,
        boolean slow) {}
