package dev.averment.checks.target;

/** Whether somebody wrote something, and not only characters that nobody sees. */
public final class Written {
    /** Letters by their category that are drawn as nothing: the fillers of Hangul. */
    private static final String BLANK_LETTERS = "\u115f\u1160\u3164\uffa0";

    private Written() {}

    /** True when {@code text} has a letter or a digit that can be seen. */
    public static boolean in(@org.jspecify.annotations.Nullable String text) {
        return text != null
                && text.codePoints().anyMatch(c -> Character.isLetterOrDigit(c) && BLANK_LETTERS.indexOf(c) < 0);
    }
}
