package dev.averment.cli;

/** What a command's exit code says, the same for every command. */
public final class Exit {
    /** What was asked about holds. */
    public static final int HOLDS = 0;

    /** It does not hold. */
    public static final int DOES_NOT_HOLD = 1;

    /** The command, a file given to it or a value is wrong: nothing was looked at. */
    public static final int WRONG_USE = 2;

    /** It could not be told: something that is needed was not there or broke. */
    public static final int COULD_NOT_TELL = 3;

    private Exit() {}
}
