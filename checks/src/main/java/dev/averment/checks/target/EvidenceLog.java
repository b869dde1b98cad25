package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/**
 * A workspace's evidence log.
 *
 * @param workspace whose log
 * @param origin    the checkpoint's first line
 * @param vkey      the verifier key, known from outside the log
 * @param base      where {@code checkpoint} and {@code tile/…} are served
 * @param entries   the entries as they are stored; absent when the target only serves tiles
 */
@Target.Part(what = "evidence log", key = "log")
public record EvidenceLog(UUID workspace, String origin, String vkey, URI base, Optional<StoredEntries> entries)
        implements Target.Facility {

    /** A log of which only the tiles can be seen. */
    public EvidenceLog(UUID workspace, String origin, String vkey, URI base) {
        this(workspace, origin, vkey, base, Optional.empty());
    }

    /**
     * Reads entries from where they are stored, past the code that wrote the tiles: hashing them again is what shows that
     * a superuser altered one.
     */
    @FunctionalInterface
    public interface StoredEntries {

        /**
         * @param sequence from 0
         * @return the exact bytes; empty when the entry is not there
         * @throws CollectException when the store can't be asked
         */
        Optional<byte[]> entry(long sequence) throws CollectException;
    }
}
