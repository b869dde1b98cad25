package dev.averment.server.jobs;

import dev.averment.evidence.json.JsonObject;
import java.util.UUID;

/**
 * A job in the hands of a worker.
 *
 * @param id          within the workspace
 * @param attempt     which try this is, from 1; it fences: an answer to an earlier one changes nothing
 * @param maxAttempts how many there are
 */
public record Job(UUID workspace, long id, String kind, JsonObject args, int attempt, int maxAttempts) {}
