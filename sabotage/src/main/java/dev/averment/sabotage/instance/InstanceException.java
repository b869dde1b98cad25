package dev.averment.sabotage.instance;

/** The disposable server did not come up. The message says what happened, with the end of what the server said. */
public final class InstanceException extends Exception {
    private static final long serialVersionUID = 1L;

    public InstanceException(String message) {
        super(message);
    }

    public InstanceException(String message, Throwable cause) {
        super(message, cause);
    }
}
