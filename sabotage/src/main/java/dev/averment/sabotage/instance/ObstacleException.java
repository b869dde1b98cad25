package dev.averment.sabotage.instance;

/** Something stood in the way, which says nothing about any check. The message says what. */
public abstract sealed class ObstacleException extends Exception permits InstanceException, PlantException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    ObstacleException(String message) {
        super(message);
        this.reason = message;
    }

    ObstacleException(String message, Throwable cause) {
        super(message, cause);
        this.reason = message;
    }

    /** What the user reads. */
    public String reason() {
        return reason;
    }
}
