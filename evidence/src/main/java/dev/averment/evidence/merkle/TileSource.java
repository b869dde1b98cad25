package dev.averment.evidence.merkle;

import java.io.IOException;

/** Where tiles come from: a table, a directory, a web server. Not trusted: whatever is read is checked against a root. */
@FunctionalInterface
public interface TileSource {

    /**
     * The bytes of a tile.
     *
     * @return {@code 32 * tile.width()} bytes; more is allowed (partial tiles may be dropped once a wider one exists,
     *     and a narrower tile is a prefix of it), less is refused by the caller
     * @throws IOException if it cannot be read, or is not there
     */
    byte[] read(Tile tile) throws IOException;
}
