package dev.averment.evidence.merkle;

/** A tile, a proof or a frontier is not what its tree says it must be. */
public final class MerkleException extends Exception {
    public MerkleException(String message) {
        super(message);
    }
}
