package dev.averment.evidence.merkle;

import java.util.List;

/**
 * Checks proofs with the algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2, every bound of them included: verifiers
 * that leave out {@code index < size} or the final {@code sn == 0} accept proofs for the wrong place in the tree.
 */
public final class Proofs {

    private Proofs() {}

    /** Whether {@code proof} shows that the leaf stands at {@code index} in the tree of that size and root. */
    public static boolean inclusion(Hash leafHash, long index, long size, List<Hash> proof, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        Hash hash = leafHash;
        for (Hash sibling : proof) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = TreeHash.node(sibling, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                hash = TreeHash.node(hash, sibling);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && hash.equals(root);
    }

    /**
     * Whether {@code proof} shows that the old tree is a prefix of the new one. From size 0, and between equal sizes, the
     * proof must be empty: the empty tree is a prefix of all, and equal sizes need equal roots.
     */
    public static boolean consistency(long oldSize, Hash oldRoot, long newSize, Hash newRoot, List<Hash> proof) {
        if (oldSize < 0 || oldSize > newSize) {
            return false;
        }
        if (oldSize == newSize) {
            return proof.isEmpty() && oldRoot.equals(newRoot);
        }
        if (oldSize == 0) {
            return proof.isEmpty() && oldRoot.equals(TreeHash.EMPTY_ROOT);
        }
        if (proof.isEmpty()) {
            return false;
        }
        int next = 0;
        Hash first = Long.bitCount(oldSize) == 1 ? oldRoot : proof.get(next++);
        long fn = oldSize - 1;
        long sn = newSize - 1;
        while ((fn & 1) == 1) {
            fn >>>= 1;
            sn >>>= 1;
        }
        Hash oldHash = first;
        Hash newHash = first;
        for (; next < proof.size(); next++) {
            if (sn == 0) {
                return false;
            }
            Hash sibling = proof.get(next);
            if ((fn & 1) == 1 || fn == sn) {
                oldHash = TreeHash.node(sibling, oldHash);
                newHash = TreeHash.node(sibling, newHash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                newHash = TreeHash.node(newHash, sibling);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
    }
}
