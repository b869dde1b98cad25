package dev.averment.server.stream;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened in a workspace.
 *
 * @param kind    such as {@code incident.opened}
 * @param subject what it happened to, as a path such as {@code monitors/UUID}
 * @param data    one JSON object, canonical
 */
record Event(UUID workspace, Position position, String kind, String subject, String data, Instant at) {}
