package dev.averment.server.monitoring;

import java.util.Locale;

/** How a monitor stands. */
public enum MonitorState {
    /** Nothing was heard of it yet. */
    NEW,
    /** Its last runs went well, and none is overdue. */
    UP,
    /** A run is overdue, and the time that it may be late has not run out. */
    LATE,
    /** A run did not come, took too long or too short, or failed, as often as the monitor allows and once more. */
    DOWN,
    /** Nobody waits for it: a person said so. */
    PAUSED,
    /** Nobody knows: this server was not there when the run was due. */
    UNKNOWN;

    /** As the database and the interface write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is no state */
    public static MonitorState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
