package dev.averment.checks;

/** The check could not look. Its message goes on the public page: no secrets, no stack, one sentence. */
public final class CollectException extends Exception {
    private static final long serialVersionUID = 1L;

    public CollectException(String message) {
        super(message);
    }

    public CollectException(String message, Throwable cause) {
        super(message, cause);
    }
}
