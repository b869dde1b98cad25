package dev.averment.server.monitoring;

import java.time.Instant;

/** When this server was not there to listen. */
@FunctionalInterface
interface OwnOutages {
    /** Whether there was such a time between the two. */
    boolean between(Instant from, Instant to);
}
