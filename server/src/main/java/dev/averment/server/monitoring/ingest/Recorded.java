package dev.averment.server.monitoring.ingest;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a signal.
 *
 * @param workspace null when nothing of one was found
 * @param monitor   null when none was found
 * @param number    of the ping among its monitor's, 0 when it was not recorded
 */
public record Recorded(
        Outcome outcome, @Nullable UUID workspace, @Nullable UUID monitor, long number) {
    /** In the order of the codes of {@code monitoring.ingest}. */
    public enum Outcome {
        RECORDED,
        UNKNOWN,
        AMBIGUOUS,
        NO_SUCH_SLUG,
        TOKEN_ENDED,
        TOKEN_NEEDED,
        FOUND,
        AGAIN;

        static Outcome of(int code) {
            return values()[code];
        }
    }
}
