package dev.averment.server.database;

/** Another server, or this very process, holds the data folder. */
public final class FolderInUseException extends StartException {
    private static final long serialVersionUID = 1L;

    FolderInUseException(String message) {
        super(message);
    }
}
