package dev.averment.server.publicsite;

import dev.averment.claims.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A claim's text in one language with its parameters in place.
 *
 * @param lang  tag of the language it is in, which may differ from the one asked for
 * @param parts text and figures in turn
 */
public record Sentence(String lang, List<Part> parts) {

    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_-]{0,63})}");

    /** @param figure true where a parameter stands: what the check compares with */
    public record Part(String text, boolean figure) {}

    public Sentence {
        parts = List.copyOf(parts);
    }

    /** In the wanted language, else the authoritative one. */
    static Sentence of(Claim claim, String wanted, String authoritative) {
        String lang = language(claim.text(), wanted, authoritative);
        String text = claim.text().getOrDefault(lang, "");
        var parts = new ArrayList<Part>();
        Matcher m = PLACE.matcher(text);
        int end = 0;
        while (m.find()) {
            String value = claim.params().get(m.group(1));
            if (value == null) {
                continue;
            }
            if (m.start() > end) {
                parts.add(new Part(text.substring(end, m.start()), false));
            }
            parts.add(new Part(Figures.humane(value, text.substring(0, m.start()), lang), true));
            end = m.end();
        }
        if (end < text.length()) {
            parts.add(new Part(text.substring(end), false));
        }
        return new Sentence(lang, parts);
    }

    /** Which of the languages there are to show: the wanted, the authoritative, the first by name. */
    static String language(Map<String, String> texts, String wanted, String authoritative) {
        if (texts.containsKey(wanted)) {
            return wanted;
        }
        if (texts.containsKey(authoritative) || texts.isEmpty()) {
            return authoritative;
        }
        return new TreeMap<>(texts).firstKey();
    }

    /** One of {@code texts} as {@link #language} chooses, empty when there is none. */
    static String pick(Map<String, String> texts, String wanted, String authoritative) {
        return texts.getOrDefault(language(texts, wanted, authoritative), "");
    }

    /** The sentence without marks, for titles, feeds and labels. */
    public String plain() {
        var text = new StringBuilder();
        parts.forEach(p -> text.append(p.text()));
        return text.toString();
    }
}
