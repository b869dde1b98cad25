package dev.averment.evidence.log;

import dev.averment.evidence.note.Checkpoint;

/** What replaying a whole log showed. */
public sealed interface LogReport {

    /** Every entry hashes to its tile, every tile to the next level, and the root is the signed one. */
    record Holds(Checkpoint checkpoint) implements LogReport {}

    /**
     * The log is not what its checkpoint says.
     *
     * @param at number of entries that were replayed before it showed
     * @param reason what does not match, in a sentence for people
     */
    record DoesNotHold(long at, String reason) implements LogReport {}
}
