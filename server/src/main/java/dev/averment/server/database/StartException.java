package dev.averment.server.database;

/** The server can't start. The message says what happened, why, and what to do; it is all that the user sees. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
