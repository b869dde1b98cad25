package dev.averment.claims;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A claim's text taken apart: words, and slots where a parameter stands. A slot is {@code {name}}, or {@code {name:form}}
 * with a form of {@link Form}.
 *
 * @param faults what is wrong with the braces, each a clause; empty for a sound sentence
 */
public record Sentence(List<Part> parts, List<String> faults) {
    private static final Pattern SLOT = Pattern.compile("([a-z][A-Za-z0-9_-]*)(?::([a-z]+))?");

    public Sentence {
        parts = List.copyOf(parts);
        faults = List.copyOf(faults);
    }

    /** How a figure is inflected in its place. */
    public enum Form {
        /** “30 days”, “30 Tage”. */
        PLAIN,
        /** German after “von”, “nach”, “in”: “30 Tagen”. */
        DATIVE,
        /** Before a noun: “30-day”, “30-Tage”. */
        COMPOUND,
        /** The parameter's text as the file has it. */
        RAW
    }

    /** A stretch of the sentence. */
    public sealed interface Part {}

    public record Words(String text) implements Part {}

    public record Slot(String name, Form form) implements Part {}

    public static Sentence parse(String text) {
        List<Part> parts = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int open = text.indexOf('{', from);
            String words = open < 0 ? text.substring(from) : text.substring(from, open);
            if (words.indexOf('}') >= 0) {
                faults.add("a “}” stands without its “{”");
            }
            if (!words.isEmpty()) {
                parts.add(new Words(words));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                faults.add("a “{” is never closed");
                break;
            }
            slot(text.substring(open + 1, close), parts, faults);
            from = close + 1;
        }
        return new Sentence(parts, faults);
    }

    private static void slot(String inside, List<Part> parts, List<String> faults) {
        Matcher slot = SLOT.matcher(inside);
        if (!slot.matches()) {
            faults.add("{" + inside + "} is no placeholder");
            return;
        }
        String form = slot.group(2) == null ? "plain" : slot.group(2);
        for (Form known : Form.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(form)) {
                parts.add(new Slot(slot.group(1), known));
                return;
            }
        }
        faults.add("{" + inside + "} asks for the form “" + form + "”, and the forms are plain, dative, compound, raw");
    }

    /** The parameters that it names. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part instanceof Slot slot) {
                names.add(slot.name());
            }
        }
        return names;
    }

    /** The words between the slots, joined by a character that no sentence holds. */
    public String words() {
        StringBuilder words = new StringBuilder();
        for (Part part : parts) {
            words.append(part instanceof Words(String text) ? text : "\0");
        }
        return words.toString();
    }
}
