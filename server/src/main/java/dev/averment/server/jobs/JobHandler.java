package dev.averment.server.jobs;

/**
 * Does jobs of one kind, many at once, each on a virtual thread. A job may come twice, when the process died after the work and
 * before its end was written: what it does must bear that, or end the job in its own transaction ({@link Jobs#finish}).
 *
 * <p>An interrupt means that the lease was lost or the server stops.
 */
public interface JobHandler {
    String kind();

    /**
     * Throwing is a failed attempt: it is tried again as {@link RetryPolicy} says, and dead after the last.
     *
     * @throws JobFailure with a message that may be kept and shown; of every other exception only the type is kept
     */
    JobOutcome run(Job job) throws Exception;
}
