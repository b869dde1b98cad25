package dev.averment.server.outbound;

/** Mail that was not taken. The message may be shown to whoever configured the receiver: it holds no address and no secret. */
public final class MailException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean permanent;

    /** @param permanent whether another try would be for nothing */
    public MailException(String message, boolean permanent) {
        super(message);
        this.permanent = permanent;
    }

    public boolean permanent() {
        return permanent;
    }
}
