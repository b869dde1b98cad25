package dev.averment.evidence.leaf;

/** Bytes are not a leaf v1, a disclosure or an entry bundle; or a disclosure does not belong to its leaf. */
public final class LeafException extends Exception {
    public LeafException(String message) {
        super(message);
    }
}
