package dev.averment.server.incidents;

import dev.averment.evidence.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * What channels are told about an incident.
 *
 * @param kind     {@code open}, {@code escalate}, {@code update}, {@code acknowledge} or {@code resolve}
 * @param dedupKey the same for everything about one incident
 * @param text     plain, no secrets
 * @param link     where it is worked on
 */
public record Alert(
        String kind,
        String dedupKey,
        UUID incident,
        String severity,
        String title,
        String text,
        URI link,
        Instant at,
        JsonObject data) {}
