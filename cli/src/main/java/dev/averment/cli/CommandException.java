package dev.averment.cli;

/** A command ends here. The message says what happened, why, and what to do; it is all that the user sees. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final int exit;

    private CommandException(String message, int exit) {
        super(message);
        this.reason = message;
        this.exit = exit;
    }

    /** What was asked makes no sense as it stands. */
    public static CommandException wrongUse(String message) {
        return new CommandException(message, Exit.WRONG_USE);
    }

    /** Nothing can be said, because something needed is not there. */
    public static CommandException couldNotTell(String message) {
        return new CommandException(message, Exit.COULD_NOT_TELL);
    }

    /** What the user reads. */
    public String reason() {
        return reason;
    }

    public int exit() {
        return exit;
    }
}
