package dev.averment.server.identity.actor;

/** The keys of a pair of services can't be used. The message names the file and what to do, and nothing that is in it. */
public final class ServiceKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    ServiceKeyException(String message) {
        super(message);
    }
}
