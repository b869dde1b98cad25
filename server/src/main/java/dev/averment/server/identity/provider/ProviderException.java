package dev.averment.server.identity.provider;

/** A provider's answer is not believed, or there is none. */
public final class ProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean broken;

    private ProviderException(String reason, boolean broken, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.broken = broken;
    }

    /** It could not be asked, or did not answer as the standard says. */
    static ProviderException broken(String reason, String message, Throwable cause) {
        return new ProviderException(reason, true, message, cause);
    }

    static ProviderException broken(String reason, String message) {
        return new ProviderException(reason, true, message, new IllegalStateException(message));
    }

    /** It answered, and what it said must not be believed. */
    static ProviderException unbelieved(String reason, String message) {
        return new ProviderException(reason, false, message, new IllegalStateException(message));
    }

    /** One word for the log, such as {@code nonce}. */
    public String reason() {
        return reason;
    }

    public boolean isBroken() {
        return broken;
    }
}
