package dev.averment.sabotage.instance;

/** A fault could not be planted or removed. */
public final class PlantException extends ObstacleException {
    private static final long serialVersionUID = 1L;

    public PlantException(String message) {
        super(message);
    }

    public PlantException(String message, Throwable cause) {
        super(message, cause);
    }
}
