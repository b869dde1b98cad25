package dev.averment.sabotage.instance;

/** The disposable server did not come up; the message ends with what the server said last. */
public final class InstanceException extends ObstacleException {
    private static final long serialVersionUID = 1L;

    public InstanceException(String message) {
        super(message);
    }

    public InstanceException(String message, Throwable cause) {
        super(message, cause);
    }
}
