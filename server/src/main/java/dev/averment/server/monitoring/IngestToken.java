package dev.averment.server.monitoring;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A token for pings of one monitor, as it may be shown: who reads this can't make it.
 *
 * @param used when it last let a ping in, give or take an hour; empty when it never did
 */
public record IngestToken(UUID id, UUID monitor, String name, Instant made, Instant expires, Optional<Instant> used) {}
