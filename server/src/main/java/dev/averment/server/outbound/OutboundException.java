package dev.averment.server.outbound;

/** A request that got no answer. Its message may be shown to the user who configured it: it names no address inside. */
public final class OutboundException extends Exception {
    private final OutboundFailure failure;

    public OutboundException(OutboundFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    public OutboundException(OutboundFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public OutboundFailure failure() {
        return failure;
    }
}
