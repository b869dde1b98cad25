package dev.averment.server.jobs;

import java.time.Instant;

/** How an attempt ended that did not fail. */
public sealed interface JobOutcome {
    /** The work is done; the job is gone. */
    record Done() implements JobOutcome {}

    /** No failure, but there is more to do then; does not count against the attempts. */
    record Again(Instant at) implements JobOutcome {}

    /**
     * No further try would help.
     *
     * @param reason shown to the workspace; holds no secret
     */
    record Dead(String reason) implements JobOutcome {}
}
