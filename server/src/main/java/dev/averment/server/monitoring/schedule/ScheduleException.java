package dev.averment.server.monitoring.schedule;

/** An expression that is no schedule. The message says what is wrong and what to write. */
public final class ScheduleException extends Exception {
    public ScheduleException(String message) {
        super(message);
    }
}
