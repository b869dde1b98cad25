package dev.averment.evidence.dsse;

/** A bundle, statement or key is malformed, or the signature does not hold. */
public final class DsseException extends Exception {
    public DsseException(String message) {
        super(message);
    }
}
