package dev.averment.server.clocks;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A deadline.
 *
 * @param subject  what has to be done, as a path such as {@code incidents/UUID}
 * @param rule     which promise it is of, such as {@code incident-response-p1}
 * @param term     as {@link Term#of} reads it: elapsed or business time
 * @param calendar version of the workspace's calendar by which it was counted; 0 is {@link CalendarText#USUAL}
 * @param due      who is done at that very moment is in time
 * @param stopped  when it was done, in time or not
 * @param outcome  empty while it runs and is not over
 * @param because  what stopped it
 */
public record Clock(
        UUID id,
        String subject,
        String rule,
        String term,
        int calendar,
        Instant started,
        Instant due,
        Optional<Instant> stopped,
        Optional<Outcome> outcome,
        String because) {

    /** How a clock ended. */
    public enum Outcome {
        MET,
        /** It was not stopped in time; it may have been stopped since. */
        MISSED,
        /** What it was for no longer has to be done, or has another deadline now. */
        WITHDRAWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Outcome> parse(String word) {
            return Arrays.stream(values()).filter(o -> o.word().equals(word)).findFirst();
        }
    }

    public boolean running() {
        return stopped.isEmpty();
    }
}
