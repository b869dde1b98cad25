package dev.averment.server.jobs;

/** An attempt failed for a reason that may be kept and shown to the workspace: its message holds no secret. */
public final class JobFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public JobFailure(String message) {
        super(message);
    }
}
