package dev.averment.evidence.merkle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes proofs for a tree of one size from its tiles: a few tile reads a proof, whatever the size. Not safe for use by
 * several threads at once; make one a request, and keep it while making many proofs, since it remembers recent tiles.
 *
 * <p>It does not check what the source gives: whoever gets a proof checks it with {@link Proofs}.
 */
public final class Prover {

    private static final int REMEMBERED_TILES = 64;

    private final TileSource source;
    private final long size;
    private final byte[] scratch = new byte[Tile.FULL / 2 * Hash.BYTES];

    @SuppressWarnings("serial")
    private final Map<Tile, byte[]> recent = new LinkedHashMap<>(REMEMBERED_TILES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Tile, byte[]> eldest) {
            return size() > REMEMBERED_TILES;
        }
    };

    public Prover(TileSource source, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree cannot have " + size + " leaves");
        }
        this.source = source;
        this.size = size;
    }

    public long size() {
        return size;
    }

    public Hash root() throws IOException, MerkleException {
        return size == 0 ? TreeHash.EMPTY_ROOT : subtree(0, size);
    }

    /** The hash of one leaf. */
    public Hash leafHash(long index) throws IOException, MerkleException {
        if (index < 0 || index >= size) {
            throw new MerkleException("no leaf " + index + " in a tree of " + size);
        }
        return subtree(index, index + 1);
    }

    /** Sibling hashes from the leaf up (RFC 6962 section 2.1.1). */
    public List<Hash> inclusion(long index) throws IOException, MerkleException {
        if (index < 0 || index >= size) {
            throw new MerkleException("no leaf " + index + " in a tree of " + size);
        }
        List<Hash> proof = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                proof.addFirst(subtree(middle, to));
                to = middle;
            } else {
                proof.addFirst(subtree(from, middle));
                from = middle;
            }
        }
        return proof;
    }

    /** Proof that the tree of {@code oldSize} leaves is a prefix of this one (RFC 6962 section 2.1.2). */
    public List<Hash> consistency(long oldSize) throws IOException, MerkleException {
        if (oldSize < 0 || oldSize > size) {
            throw new MerkleException("no consistency proof from size " + oldSize + " to " + size);
        }
        List<Hash> proof = new ArrayList<>();
        if (oldSize == 0 || oldSize == size) {
            return proof;
        }
        long from = 0;
        long to = size;
        boolean oldRootIsKnown =
                true; // while the walk has only gone left, the subtree in question is the old tree itself
        while (oldSize < to) {
            long middle = from + split(to - from);
            if (oldSize <= middle) {
                proof.addFirst(subtree(middle, to));
                to = middle;
            } else {
                proof.addFirst(subtree(from, middle));
                from = middle;
                oldRootIsKnown = false;
            }
        }
        if (!oldRootIsKnown) {
            proof.addFirst(subtree(from, to));
        }
        return proof;
    }

    /** Largest power of two below {@code n}. */
    static long split(long n) {
        return Long.highestOneBit(n - 1);
    }

    private Hash subtree(long from, long to) throws IOException, MerkleException {
        long n = to - from;
        if (Long.bitCount(n) == 1) {
            return perfect(from, Long.numberOfTrailingZeros(n));
        }
        long middle = from + split(n);
        return TreeHash.node(subtree(from, middle), subtree(middle, to));
    }

    private Hash perfect(long from, int height) throws IOException, MerkleException {
        int level = height / 8;
        long position = from >>> (8 * level);
        Tile tile = Tile.covering(level, position, size);
        byte[] data = recent.get(tile);
        if (data == null) {
            data = TreeEdge.readTile(source, tile);
            recent.put(tile, data);
        }
        return TreeHash.perfect(data, (int) (position % Tile.FULL) * Hash.BYTES, 1 << (height % 8), scratch);
    }
}
