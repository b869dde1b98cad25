package dev.averment.server.database;

import org.jspecify.annotations.Nullable;

/** The server can't start. The message says what happened, why, and what to do; it is all that the user sees. */
public sealed class StartException extends Exception permits FolderInUseException {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What another program said, without its own full stop, so that a sentence can go on or end after it. */
    public static String unstopped(@Nullable String message) {
        return message == null ? "no reason was given" : message.strip().replaceFirst("[.!?]+$", "");
    }
}
