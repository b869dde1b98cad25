package dev.averment.checks;

/** The check could not look. Its message goes on the public page: no secrets, no stack, one sentence. */
public final class CollectException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public CollectException(String reason) {
        super(reason);
        this.reason = reason;
    }

    public CollectException(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** What the page says. */
    public String reason() {
        return reason;
    }
}
