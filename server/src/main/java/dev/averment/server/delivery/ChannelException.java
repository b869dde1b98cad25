package dev.averment.server.delivery;

/** Settings of a channel that can't be taken; the message is for whoever typed them, and repeats nothing secret. */
public final class ChannelException extends Exception {
    private static final long serialVersionUID = 1L;

    public ChannelException(String message) {
        super(message);
    }
}
