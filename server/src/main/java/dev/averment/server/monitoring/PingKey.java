package dev.averment.server.monitoring;

import java.time.Instant;
import java.util.UUID;

/** A key for pings by slug, as it may be shown; the key itself lies nowhere. */
public record PingKey(UUID id, Instant made) {}
