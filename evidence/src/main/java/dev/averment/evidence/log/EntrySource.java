package dev.averment.evidence.log;

import dev.averment.evidence.merkle.Tile;
import java.io.IOException;

/** Where entry bundles come from. Not trusted: every entry is hashed again. */
@FunctionalInterface
public interface EntrySource {

    /**
     * The bundle that goes with a tile of level 0.
     *
     * @return the encoded bundle, with at least {@code tile.width()} entries
     * @throws IOException if it cannot be read, or is not there
     */
    byte[] bundle(Tile tile) throws IOException;
}
