package dev.averment.server.publicsite;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A claim's parameters as people read them: {@code 15m} is "15 min", {@code 03:00Z} is "03:00 UTC". Anything else stays
 * as the file has it.
 */
final class Figures {

    private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})\\s?(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s?(B|[KMGT]i?B)");
    private static final Pattern CLOCK = Pattern.compile("(\\d{2}:\\d{2})Z");

    /** German prepositions that take the dative where a length of time follows. */
    private static final Set<String> DATIVE = Set.of("von", "nach", "in", "seit", "binnen", "mit", "bei", "ab", "zu");

    private Figures() {}

    /** @param before the text in front of the figure, which decides the German case of "Tage" */
    static String humane(String value, String before, String language) {
        Matcher length = LENGTH.matcher(value);
        if (length.matches()) {
            String count = length.group(1);
            return count + "\u00a0"
                    + switch (length.group(2)) {
                        case "m" -> "min";
                        case "d" -> days(count, before, language);
                        default -> length.group(2);
                    };
        }
        Matcher size = SIZE.matcher(value);
        if (size.matches()) {
            return size.group(1) + "\u00a0" + size.group(2);
        }
        Matcher clock = CLOCK.matcher(value);
        if (clock.matches()) {
            return clock.group(1) + "\u00a0UTC";
        }
        return value;
    }

    private static String days(String count, String before, String language) {
        boolean one = count.equals("1");
        if (language.startsWith("de")) {
            return one ? "Tag" : takesDative(before) ? "Tagen" : "Tage";
        }
        if (language.startsWith("en")) {
            return one ? "day" : "days";
        }
        return "d";
    }

    /** Looks two words back: "nach 30 Tagen", and "nach höchstens 30 Tagen". */
    private static boolean takesDative(String before) {
        String[] words = before.strip().split("\\s+");
        for (int i = words.length - 1; i >= Math.max(0, words.length - 2); i--) {
            if (DATIVE.contains(words[i].toLowerCase(java.util.Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
