package dev.averment.sabotage.instance;

/** The disposable server did not come up. The message says what happened, with the end of what the server said. */
public final class InstanceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public InstanceException(String message) {
        super(message);
        this.reason = message;
    }

    public InstanceException(String message, Throwable cause) {
        super(message, cause);
        this.reason = message;
    }

    /** What the user reads. */
    public String reason() {
        return reason;
    }
}
