package dev.averment.server.incidents;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that broke.
 *
 * @param cause        one open incident a cause: {@code claims/PAGE/CLAIM}, {@code monitors/UUID}, {@code hand/UUID}
 * @param worst        the gravest severity that it ever had
 * @param owner        the account that answers for it; empty when nobody does, which is itself told
 * @param round        how many times it was opened
 * @param rootRun      the run that broke first; empty when none is known
 * @param acknowledged when somebody took it up, in this round
 * @param by           who took it up
 */
public record Incident(
        UUID id,
        String cause,
        Source source,
        String title,
        Severity severity,
        Severity worst,
        Optional<UUID> owner,
        State state,
        int round,
        Optional<UUID> rootRun,
        Instant opened,
        Optional<Instant> acknowledged,
        Optional<String> by,
        Optional<Instant> resolved,
        Optional<Instant> closed) {

    /** What opened it. */
    public enum Source {
        CLAIM,
        MONITOR,
        HAND;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where it stands. */
    public enum State {
        OPEN,
        ACKNOWLEDGED,
        RESOLVED,
        CLOSED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<State> parse(String word) {
            return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
        }
    }

    /** Whether it is still broken, as far as anybody knows. */
    public boolean unresolved() {
        return state == State.OPEN || state == State.ACKNOWLEDGED;
    }

    /** Its path, as clocks and events name it. */
    public String subject() {
        return "incidents/" + id;
    }
}
