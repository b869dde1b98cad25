package dev.averment.evidence.merkle;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The roots of the perfect subtrees that make up a tree: all that is needed to append and to know the root, in at most
 * 64 hashes. Not safe for use by several threads at once.
 */
public final class Frontier {

    private final @Nullable Hash[] subtrees = new @Nullable Hash[63];
    private long size;

    /** The tree with no leaves. */
    public Frontier() {}

    public long size() {
        return size;
    }

    /** Appends one leaf hash; on average one node is hashed a leaf, as in a binary counter. */
    public void append(Hash leafHash) {
        Hash carry = leafHash;
        int bit = 0;
        for (; (size >>> bit & 1) == 1; bit++) {
            carry = TreeHash.node(subtree(bit), carry);
            subtrees[bit] = null;
        }
        subtrees[bit] = carry;
        size++;
    }

    public Hash root() {
        Hash root = null;
        for (int bit = 0; bit < subtrees.length; bit++) {
            if ((size >>> bit & 1) == 1) {
                root = root == null ? subtree(bit) : TreeHash.node(subtree(bit), root);
            }
        }
        return root == null ? TreeHash.EMPTY_ROOT : root;
    }

    /** The size as 8 bytes big-endian, then a hash for each set bit of it, largest subtree first. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(8 + Long.bitCount(size) * Hash.BYTES);
        out.putLong(size);
        for (int bit = subtrees.length - 1; bit >= 0; bit--) {
            if ((size >>> bit & 1) == 1) {
                out.put(subtree(bit).value);
            }
        }
        return out.array();
    }

    /** Restores what {@link #toBytes()} wrote. */
    public static Frontier parse(byte[] bytes) throws MerkleException {
        if (bytes.length < 8) {
            throw new MerkleException("a frontier has at least 8 bytes, not " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long size = in.getLong();
        if (size < 0 || in.remaining() != Long.bitCount(size) * Hash.BYTES) {
            throw new MerkleException("a frontier of size " + size + " cannot have " + bytes.length + " bytes");
        }
        Frontier frontier = new Frontier();
        for (int bit = frontier.subtrees.length - 1; bit >= 0; bit--) {
            if ((size >>> bit & 1) == 1) {
                byte[] hash = new byte[Hash.BYTES];
                in.get(hash);
                frontier.subtrees[bit] = Hash.owning(hash);
            }
        }
        frontier.size = size;
        return frontier;
    }

    void put(int bit, Hash subtree) {
        subtrees[bit] = subtree;
        size |= 1L << bit;
    }

    private Hash subtree(int bit) {
        Hash hash = subtrees[bit];
        if (hash == null) {
            throw new IllegalStateException("no subtree for bit " + bit + " of size " + size);
        }
        return hash;
    }
}
