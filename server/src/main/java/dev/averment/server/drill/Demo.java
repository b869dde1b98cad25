package dev.averment.server.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The demo of a workspace.
 *
 * @param channel   where its alerts go
 * @param mendAfter how long a drill leaves the workflow broken
 * @param until     when it goes to sleep
 * @param asleep    nothing runs in it, and nobody waits for anything
 * @param broken    when the last drill began
 * @param mends     when what it broke is to be mended
 * @param mended    when it was; empty while a drill goes on
 */
public record Demo(
        UUID id,
        UUID channel,
        Duration mendAfter,
        Instant made,
        Instant until,
        boolean asleep,
        Optional<Instant> broken,
        Optional<Instant> mends,
        Optional<Instant> mended) {

    /** Whether something is broken on purpose at this moment. */
    public boolean drilling() {
        return broken.isPresent() && mended.isEmpty();
    }
}
