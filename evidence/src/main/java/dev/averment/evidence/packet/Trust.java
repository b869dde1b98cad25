package dev.averment.evidence.packet;

import dev.averment.evidence.dsse.StatementKey;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.Vkey;
import java.util.Optional;

/**
 * What a verifier knows from elsewhere.
 *
 * @param logKey the log's key; enough for everything, as {@code Seal} explains
 * @param statementKey the statement's key; it also covers everything, since the statement names all files, but a server
 *     may use a new one for each packet
 * @param seen a checkpoint of the log that the verifier verified and kept earlier: the only proof that history was not
 *     rewritten since
 */
public record Trust(Optional<Vkey> logKey, Optional<StatementKey> statementKey, Optional<Checkpoint> seen) {

    public static Trust inLogKey(Vkey logKey) {
        return new Trust(Optional.of(logKey), Optional.empty(), Optional.empty());
    }

    /** Knows nothing: the best that can be said is that the packet was not damaged. */
    public static Trust inNothing() {
        return new Trust(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Trust andSeen(Checkpoint checkpoint) {
        return new Trust(logKey, statementKey, Optional.of(checkpoint));
    }

    boolean hasKey() {
        return logKey.isPresent() || statementKey.isPresent();
    }
}
