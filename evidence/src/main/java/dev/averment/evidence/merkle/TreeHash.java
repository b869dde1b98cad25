package dev.averment.evidence.merkle;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The three hash rules of RFC 6962 section 2.1. */
public final class TreeHash {

    /** Looking a digest up costs more than hashing a node, so each thread keeps one. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(TreeHash::newDigest);

    /** Root of the tree with no leaves: SHA-256 of nothing. */
    public static final Hash EMPTY_ROOT = Hash.sha256(new byte[0]);

    private TreeHash() {}

    /** SHA-256(0x00 || bytes). */
    public static Hash leaf(byte[] bytes) {
        return leaf(bytes, 0, bytes.length);
    }

    static Hash leaf(byte[] bytes, int offset, int length) {
        MessageDigest digest = digest();
        digest.update((byte) 0);
        digest.update(bytes, offset, length);
        return Hash.owning(digest.digest());
    }

    /** SHA-256(0x01 || left || right). The prefixes keep a node from passing as a leaf (second preimage attack). */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = digest();
        digest.update((byte) 1);
        digest.update(left.value);
        digest.update(right.value);
        return Hash.owning(digest.digest());
    }

    /**
     * Root of the perfect subtree over {@code count} hashes (a power of two) that stand back to back in {@code hashes}
     * from {@code offset}. {@code scratch} must hold half of them.
     */
    static Hash perfect(byte[] hashes, int offset, int count, byte[] scratch) {
        if (count == 1) {
            return Hash.at(hashes, offset);
        }
        MessageDigest digest = digest();
        byte[] from = hashes;
        int at = offset;
        try {
            for (int n = count; n > 1; n /= 2) {
                for (int i = 0; i < n / 2; i++) {
                    digest.update((byte) 1);
                    digest.update(from, at + 2 * i * Hash.BYTES, 2 * Hash.BYTES);
                    digest.digest(scratch, i * Hash.BYTES, Hash.BYTES);
                }
                from = scratch;
                at = 0;
            }
        } catch (DigestException e) {
            throw new IllegalStateException("scratch space is too small", e);
        }
        return Hash.at(scratch, 0);
    }

    static MessageDigest digest() {
        return DIGEST.get();
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
