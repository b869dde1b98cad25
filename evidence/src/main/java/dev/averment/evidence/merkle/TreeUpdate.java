package dev.averment.evidence.merkle;

import java.util.List;

/**
 * What appending a batch changes.
 *
 * @param edge the right edge after the batch: start of the next append
 * @param root root over all leaves so far
 * @param tiles tiles to write, lower levels first: each full tile completed, and the new partial tile of each level that
 *     the batch touched. Existing tiles are never altered; a partial tile is only followed by a wider one.
 */
public record TreeUpdate(TreeEdge edge, Hash root, List<TileData> tiles) {

    public TreeUpdate {
        tiles = List.copyOf(tiles);
    }

    /** Leaves in the tree after the batch. */
    public long size() {
        return edge.size();
    }
}
