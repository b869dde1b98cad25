package dev.averment.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes. UTF-8 whatever the locale, so that a mark is the same mark everywhere.
 *
 * @param out     machine output and what was asked for
 * @param err     progress and what went wrong
 * @param colour  true only when {@code out} is a terminal and nobody asked for none
 * @param columns width of the terminal, or of lines when there is none
 */
public record Terminal(PrintStream out, PrintStream err, boolean colour, int columns) {
    private static final int WIDTH = 100;
    private static final int NARROWEST = 40;
    private static final int WIDEST = 200;

    /**
     * The process's own streams.
     *
     * @param environment for {@code NO_COLOR} (https://no-color.org: any text but an empty one) and {@code TERM}
     * @param columns     what the launcher found: 0 when standard output is no terminal
     */
    public static Terminal standard(Map<String, String> environment, int columns) {
        boolean colour = columns > 0
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        return new Terminal(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                colour,
                columns > 0 ? Math.clamp(columns, NARROWEST, WIDEST) : WIDTH);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** A line on standard error, under the command's name. */
    public void say(String message) {
        err.println("aver: " + message);
    }

    /** Reasons and packets are somebody else's text: a control character in it must not move the cursor or open a second line. */
    public static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ")
                .strip();
    }
}
