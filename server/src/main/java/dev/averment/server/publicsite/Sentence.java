package dev.averment.server.publicsite;

import dev.averment.claims.Claim;
import dev.averment.claims.Wording;
import java.util.List;
import java.util.Map;

/**
 * A claim's text in one language with its parameters in place, as {@link Wording} puts it.
 *
 * @param lang  tag of the language it is in, which may differ from the one asked for
 * @param parts text and figures in turn
 */
public record Sentence(String lang, List<Part> parts) {

    /** @param figure true where a parameter stands: what the check compares with */
    public record Part(String text, boolean figure) {}

    public Sentence {
        parts = List.copyOf(parts);
    }

    /** In the wanted language, else the authoritative one. */
    static Sentence of(Claim claim, String wanted, String authoritative) {
        var wording = new Wording(authoritative);
        return new Sentence(
                wording.language(claim.text(), wanted),
                wording.pieces(claim, wanted).stream()
                        // A line must not end between a number and its unit.
                        .map(p -> new Part(p.figure() ? p.text().replace(' ', '\u00a0') : p.text(), p.figure()))
                        .toList());
    }

    /** Which of the languages there are to show. */
    static String language(Map<String, String> texts, String wanted, String authoritative) {
        return new Wording(authoritative).language(texts, wanted);
    }

    /** One of {@code texts} as {@link #language} chooses, empty when there is none. */
    static String pick(Map<String, String> texts, String wanted, String authoritative) {
        return new Wording(authoritative).text(texts, wanted);
    }

    /** The sentence without marks, for titles, feeds and labels. */
    public String plain() {
        var text = new StringBuilder();
        parts.forEach(p -> text.append(p.text()));
        return text.toString();
    }
}
