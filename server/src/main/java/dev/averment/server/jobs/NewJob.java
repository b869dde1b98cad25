package dev.averment.server.jobs;

import dev.averment.evidence.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * Work to be done.
 *
 * @param kind        whose {@link JobHandler} does it: dotted lower case, 1 to 100 characters
 * @param args        what the handler needs, at most {@link #MAX_ARGS} bytes as canonical JSON; ids and no secrets
 * @param runAt       not before
 * @param uniqueKey   of jobs of this kind and workspace with the same key one at a time waits or runs; 1 to 200 characters
 * @param maxAttempts failures, lost workers included, after which it is dead: 1 to 100
 * @param priority    0 first, 100 usual, 1000 last; within its workspace
 */
public record NewJob(
        String kind, JsonObject args, Instant runAt, Optional<String> uniqueKey, int maxAttempts, int priority) {
    public static final int USUAL = 100;
    public static final int MAX_ARGS = 8_192;

    public NewJob {
        if (!kind.matches("[a-z][a-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException("a kind of job is dotted lower case, not " + kind);
        }
        if (uniqueKey.filter(key -> key.isEmpty() || key.length() > 200).isPresent()) {
            throw new IllegalArgumentException("a unique key has 1 to 200 characters");
        }
        if (maxAttempts < 1 || maxAttempts > 100 || priority < 0 || priority > 1_000) {
            throw new IllegalArgumentException("a job has 1 to 100 attempts and a priority of 0 to 1000");
        }
    }

    /** A usual job, due at once. */
    public static NewJob of(String kind, JsonObject args, Instant now) {
        return new NewJob(kind, args, now, Optional.empty(), 10, USUAL);
    }
}
