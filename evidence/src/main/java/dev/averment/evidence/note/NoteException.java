package dev.averment.evidence.note;

/** A note, checkpoint or key is malformed, or its signature does not hold. The message says which and why. */
public final class NoteException extends Exception {
    public NoteException(String message) {
        super(message);
    }
}
