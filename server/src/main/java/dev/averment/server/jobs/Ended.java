package dev.averment.server.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, on its way to the database.
 *
 * @param state    of the job from then on, {@link WorkerStore#DONE} when it goes
 * @param runAt    when it comes next, where it does
 * @param outcome  as {@code jobs.attempt} has it
 * @param error    may be kept and shown
 * @param granted  attempts that this one did not use up: 0 or 1
 */
record Ended(
        Job job,
        Instant started,
        Instant ended,
        int state,
        Instant runAt,
        String outcome,
        @Nullable String error,
        int granted) {}
