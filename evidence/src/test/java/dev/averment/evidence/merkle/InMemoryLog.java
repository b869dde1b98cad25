package dev.averment.evidence.merkle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log in memory for tests: appends by batches, keeps every tile ever written. */
public final class InMemoryLog implements TileSource {

    public final Map<Tile, byte[]> tiles = new HashMap<>();
    public final List<Hash> roots = new ArrayList<>(List.of(TreeHash.EMPTY_ROOT));
    private TreeEdge edge = TreeEdge.empty();

    public TreeUpdate append(List<Hash> leafHashes) {
        TreeUpdate update = edge.append(leafHashes);
        for (TileData data : update.tiles()) {
            tiles.put(data.tile(), data.bytes());
        }
        edge = update.edge();
        return update;
    }

    public TreeEdge edge() {
        return edge;
    }

    @Override
    public byte[] read(Tile tile) throws IOException {
        byte[] exact = tiles.get(tile);
        if (exact != null) {
            return exact;
        }
        for (int width = tile.width() + 1; width <= Tile.FULL; width++) {
            byte[] wider = tiles.get(new Tile(tile.level(), tile.index(), width));
            if (wider != null) {
                return wider;
            }
        }
        throw new IOException("no " + tile.path());
    }

    /** Leaf hashes of the eight-byte numbers from {@code from} on. */
    public static List<Hash> leaves(long from, int count) {
        List<Hash> leaves = new ArrayList<>(count);
        for (long i = from; i < from + count; i++) {
            leaves.add(leaf(i));
        }
        return leaves;
    }

    public static Hash leaf(long number) {
        return TreeHash.leaf(ByteBuffer.allocate(8).putLong(number).array());
    }
}
