package dev.averment.checks.certificationwords;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.parser.Parser;

/**
 * What a reader sees of a text: no markup, no characters without width, one kind of hyphen and blank, and letters of other
 * alphabets that look like Latin ones as these. It is only compared with, never shown.
 */
final class PlainLetters {
    private static final String LOOK_ALIKES = "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι" + "ıɡɑⅼ";
    private static final String LATIN_LETTERS = "ABESIJKMHOPCTYXaesijopcyxdh" + "ABEZHIKMNOPTYXovi" + "igal";
    private static final Map<Integer, Character> LATIN = new HashMap<>();

    static {
        for (int i = 0; i < LOOK_ALIKES.length(); i++) {
            LATIN.put((int) LOOK_ALIKES.charAt(i), LATIN_LETTERS.charAt(i));
        }
    }

    private PlainLetters() {}

    static String of(String text) {
        String markup = Parser.unescapeEntities(text, false)
                .replaceAll("<!--.{0,2000}?-->", "")
                .replaceAll("</?[A-Za-z][^<>]{0,2000}>", "")
                // Emphasis and code of Markdown within a word.
                .replaceAll("\\\\([\\p{Punct}])", "$1")
                .replaceAll("[*_`~]+", "");
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(markup, Normalizer.Form.NFKC).codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.FORMAT, Character.CONTROL -> plain.append(Character.isWhitespace(c) ? " " : "");
                case Character.DASH_PUNCTUATION ->
                    // Dashes that part a sentence stay apart from hyphens that join a word.
                    plain.append(c == 0x2013 || c == 0x2014 ? " - " : "-");
                case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    plain.append(' ');
                default -> {
                    Character latin = LATIN.get(c);
                    if (latin == null) {
                        plain.appendCodePoint(c);
                    } else {
                        plain.append(latin.charValue());
                    }
                }
            }
        });
        return plain.toString().replaceAll(" +", " ");
    }
}
