package dev.averment.server.monitoring;

import java.util.Locale;

/** How a run went. */
public enum RunStatus {
    /** It has started and not ended. */
    RUNNING,
    SUCCEEDED,
    /** It said so, or ended with a status other than 0. */
    FAILED,
    /** It ended well and did not report the metrics that its monitor demands. */
    INCOMPLETE,
    /** It ended well, sooner than a run that does its work can. */
    SHORT,
    /** It had not ended when its time was over. */
    OVERRUN,
    /** It never came. */
    MISSED,
    /** It never came, in a maintenance. */
    EXCUSED,
    /** Nobody knows: this server was not there to hear. */
    UNKNOWN;

    /** As the database and the interface write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is none */
    public static RunStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
