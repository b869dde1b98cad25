package dev.averment.server.disclosure;

/** The contact for security reports can't be published; the message says what is wrong and what to do. */
public final class DisclosureException extends Exception {
    private static final long serialVersionUID = 1L;

    public DisclosureException(String message) {
        super(message);
    }

    public DisclosureException(String message, Throwable cause) {
        super(message, cause);
    }
}
