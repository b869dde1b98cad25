package dev.averment.checks.httpheaders;

import java.util.Locale;

/**
 * What a header must be: {@code present}, {@code absent}, or text in which {@code *} stands for anything. Not a regular
 * expression, because a page's author could write one that never ends.
 */
record HeaderPattern(String pattern) {

    /** @param value of the header; empty when it is absent */
    boolean matches(String value) {
        return switch (pattern) {
            case "present" -> !value.isEmpty();
            case "absent" -> value.isEmpty();
            default -> !value.isEmpty() && glob(value.toLowerCase(Locale.ROOT), pattern.toLowerCase(Locale.ROOT));
        };
    }

    /** Takes the first place for each part in turn, which is right because only stars stand between parts. */
    private static boolean glob(String value, String pattern) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return value.equals(pattern);
        }
        String first = parts[0];
        String last = parts[parts.length - 1];
        if (value.length() < first.length() + last.length() || !value.startsWith(first) || !value.endsWith(last)) {
            return false;
        }
        int from = first.length();
        int end = value.length() - last.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int at = value.indexOf(parts[i], from);
            if (at < 0 || at + parts[i].length() > end) {
                return false;
            }
            from = at + parts[i].length();
        }
        return true;
    }
}
