package dev.averment.server.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Counts what happens under each limit, for one server or for all that share the counters. */
public interface Limits {

    /** Whether it may happen. */
    sealed interface Decision {
        record Allowed() implements Decision {}

        /** @param retryAfter until it may happen again, at least a second */
        record Refused(Limit limit, Duration retryAfter) implements Decision {}
    }

    /**
     * Counts one occurrence for {@code key} and says whether it may happen. A refused one counts as well: whoever goes on
     * trying goes on waiting, up to the window.
     *
     * @param key whose occurrence it is; kept only as a digest
     */
    Decision take(Limit limit, String key);

    /** Since when this server counts for itself although it should count together with others; empty when all is well. */
    default Optional<Instant> aloneSince() {
        return Optional.empty();
    }
}
