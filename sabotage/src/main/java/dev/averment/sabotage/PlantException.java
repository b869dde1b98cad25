package dev.averment.sabotage;

/** A fault could not be planted or removed, which says nothing about the check. The message says what stood in the way. */
public final class PlantException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public PlantException(String message) {
        super(message);
        this.reason = message;
    }

    public PlantException(String message, Throwable cause) {
        super(message, cause);
        this.reason = message;
    }

    /** What the user reads. */
    public String reason() {
        return reason;
    }
}
