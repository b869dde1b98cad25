package dev.averment.evidence.merkle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The right edge of a tree: the partial tile of each level. It determines the root, and it is all that an append needs.
 *
 * <p>Immutable: an append gives a new edge, so that a batch whose transaction rolls back leaves nothing behind. One batch
 * costs about one node hash a leaf, and at most some 250 a level once, for the root.
 */
public final class TreeEdge {

    private static final TreeEdge EMPTY = new TreeEdge(0, new byte[Tile.LEVELS][0]);

    private final long size;

    /** Hashes of the partial tile by level, back to back; empty where the size is a multiple of 256^(level+1). */
    private final byte[][] partials;

    private TreeEdge(long size, byte[][] partials) {
        this.size = size;
        this.partials = partials;
    }

    /** The tree with no leaves. */
    public static TreeEdge empty() {
        return EMPTY;
    }

    /**
     * Reads the edge of a tree back from its tiles.
     *
     * @param root what the tree's root is known to be; a source that gives something else is refused, because signing on
     *     top of it would fork the log
     */
    public static TreeEdge read(long size, Hash root, TileSource source) throws IOException, MerkleException {
        if (size < 0) {
            throw new MerkleException("a tree cannot have " + size + " leaves");
        }
        byte[][] partials = new byte[Tile.LEVELS][0];
        for (int level = 0; level < Tile.LEVELS; level++) {
            long hashes = size >>> (8 * level);
            int width = (int) (hashes % Tile.FULL);
            if (width > 0) {
                partials[level] = readTile(source, new Tile(level, hashes / Tile.FULL, width));
            }
        }
        TreeEdge edge = new TreeEdge(size, partials);
        if (!edge.root().equals(root)) {
            throw new MerkleException("the tiles at size " + size + " have root " + edge.root() + ", not " + root
                    + ": they belong to another history of this log");
        }
        return edge;
    }

    /** Reads a tile and cuts it to its width. */
    static byte[] readTile(TileSource source, Tile tile) throws IOException, MerkleException {
        byte[] data = source.read(tile);
        int expected = tile.width() * Hash.BYTES;
        if (data.length < expected) {
            throw new MerkleException(tile.path() + " has " + data.length + " bytes, expected " + expected);
        }
        return data.length == expected ? data : Arrays.copyOf(data, expected);
    }

    public long size() {
        return size;
    }

    public Hash root() {
        return frontier().root();
    }

    /** The same tree without its tiles. */
    public Frontier frontier() {
        Frontier frontier = new Frontier();
        byte[] scratch = new byte[Tile.FULL / 2 * Hash.BYTES];
        for (int level = 0; level < Tile.LEVELS; level++) {
            int count = partials[level].length / Hash.BYTES;
            int end = count;
            for (int bit = 0; bit < 8; bit++) {
                if ((count >>> bit & 1) == 1) {
                    end -= 1 << bit;
                    frontier.put(
                            8 * level + bit, TreeHash.perfect(partials[level], end * Hash.BYTES, 1 << bit, scratch));
                }
            }
        }
        return frontier;
    }

    /** The partial tiles at this size, lower levels first: what a reader of a checkpoint at this size is served. */
    public List<TileData> partialTiles() {
        List<TileData> tiles = new ArrayList<>();
        for (int level = 0; level < Tile.LEVELS; level++) {
            if (partials[level].length > 0) {
                long index = (size >>> (8 * level)) / Tile.FULL;
                tiles.add(new TileData(new Tile(level, index, partials[level].length / Hash.BYTES), partials[level]));
            }
        }
        return tiles;
    }

    /** Appends leaf hashes in order. */
    public TreeUpdate append(List<Hash> leafHashes) {
        Appender appender = new Appender();
        for (Hash leafHash : leafHashes) {
            appender.push(0, leafHash);
        }
        return appender.finish(size + leafHashes.size());
    }

    /** Mutable state of one batch. */
    private final class Appender {
        private final byte[][] open = new byte[Tile.LEVELS][];
        private final int[] count = new int[Tile.LEVELS];
        private final long[] index = new long[Tile.LEVELS];
        private final boolean[] changed = new boolean[Tile.LEVELS];
        private final byte[] scratch = new byte[Tile.FULL / 2 * Hash.BYTES];
        private final List<TileData> tiles = new ArrayList<>();

        Appender() {
            for (int level = 0; level < Tile.LEVELS; level++) {
                open[level] = partials[level];
                count[level] = partials[level].length / Hash.BYTES;
                index[level] = (size >>> (8 * level)) / Tile.FULL;
            }
        }

        void push(int level, Hash hash) {
            if (!changed[level]) {
                open[level] = Arrays.copyOf(open[level], Tile.FULL * Hash.BYTES);
                changed[level] = true;
            }
            System.arraycopy(hash.value, 0, open[level], count[level] * Hash.BYTES, Hash.BYTES);
            if (++count[level] == Tile.FULL) {
                byte[] full = open[level];
                tiles.add(new TileData(new Tile(level, index[level], Tile.FULL), full));
                open[level] = new byte[0];
                count[level] = 0;
                index[level]++;
                changed[level] = false;
                if (level + 1 < Tile.LEVELS) {
                    push(level + 1, TreeHash.perfect(full, 0, Tile.FULL, scratch));
                }
            }
        }

        TreeUpdate finish(long newSize) {
            for (int level = 0; level < Tile.LEVELS; level++) {
                if (changed[level]) {
                    open[level] = Arrays.copyOf(open[level], count[level] * Hash.BYTES);
                    tiles.add(new TileData(new Tile(level, index[level], count[level]), open[level]));
                }
            }
            tiles.sort(Comparator.comparingInt((TileData data) -> data.tile().level())
                    .thenComparingLong(data -> data.tile().index()));
            TreeEdge edge = new TreeEdge(newSize, open);
            return new TreeUpdate(edge, edge.root(), tiles);
        }
    }
}
