package dev.averment.claims;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts a claim into words for people: the sentence in a language, figures written out ({@code 15m} as “15 minutes”). A
 * language without a translation gets the authoritative sentence; one whose units we do not know gets their symbols.
 *
 * @param authoritative the page's binding language
 */
public record Wording(String authoritative) {

    private static final Map<String, Map<String, Unit>> UNITS = Map.of(
            "en",
            Map.of(
                    "s", new Unit("second", "seconds", "seconds"),
                    "m", new Unit("minute", "minutes", "minutes"),
                    "h", new Unit("hour", "hours", "hours"),
                    "d", new Unit("day", "days", "days"),
                    "bd", new Unit("business day", "business days", "business days")),
            "de",
            Map.of(
                    "s", new Unit("Sekunde", "Sekunden", "Sekunden"),
                    "m", new Unit("Minute", "Minuten", "Minuten"),
                    "h", new Unit("Stunde", "Stunden", "Stunden"),
                    "d", new Unit("Tag", "Tage", "Tagen"),
                    "bd", new Unit("Arbeitstag", "Arbeitstage", "Arbeitstagen")));

    private static final Map<String, String> SYMBOLS = Map.of("s", "s", "m", "min", "h", "h", "d", "d", "bd", "bd");

    private record Unit(String one, String many, String dative) {}

    public static Wording of(Page page) {
        return new Wording(page.authoritative());
    }

    /**
     * A stretch of a sentence.
     *
     * @param figure true where a parameter stands: what the check compares with
     */
    public record Piece(String text, boolean figure) {}

    /** The claim's sentence in {@code lang}, or in the authoritative language when it has no such translation. */
    public String sentence(Claim claim, String lang) {
        StringBuilder out = new StringBuilder();
        pieces(claim, lang).forEach(piece -> out.append(piece.text()));
        return out.toString();
    }

    /** The same sentence with its figures told apart from its words. */
    public List<Piece> pieces(Claim claim, String lang) {
        String used = language(claim.text(), lang);
        List<Piece> pieces = new ArrayList<>();
        for (Sentence.Part part :
                Sentence.parse(claim.text().getOrDefault(used, "")).parts()) {
            switch (part) {
                case Sentence.Words(String text) -> pieces.add(new Piece(text, false));
                case Sentence.Slot(String name, Sentence.Form form) -> {
                    String value = claim.params().get(name);
                    pieces.add(
                            value == null
                                    ? new Piece("{" + name + "}", false)
                                    : new Piece(figure(value, used, form), true));
                }
            }
        }
        return pieces;
    }

    /** A title or another text by language, with the same fallback. */
    public String text(Map<String, String> byLanguage, String lang) {
        return byLanguage.getOrDefault(language(byLanguage, lang), "");
    }

    /** The language that {@code lang} gets: itself, its base ({@code de} for {@code de-AT}), or the authoritative one. */
    public String language(Map<String, String> byLanguage, String lang) {
        if (byLanguage.containsKey(lang)) {
            return lang;
        }
        String base = base(lang);
        return byLanguage.containsKey(base) ? base : authoritative;
    }

    /** A parameter's text as a reader of {@code lang} would write it. */
    public static String figure(String value, String lang) {
        return figure(value, lang, Sentence.Form.PLAIN);
    }

    static String figure(String value, String lang, Sentence.Form form) {
        if (form == Sentence.Form.RAW) {
            return value;
        }
        String base = base(lang);
        return switch (Figure.parse(value)) {
            case Figure.Elapsed(long amount, char unit) -> count(amount, String.valueOf(unit), base, form);
            case Figure.BusinessDays(long amount) -> count(amount, "bd", base, form);
            case Figure.Size(long amount, String unit) -> amount + " " + unit;
            case Figure.TimeOfDay(var time) -> time + " UTC";
            case Figure.Day(var date) ->
                switch (base) {
                    case "en" -> date.format(DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH));
                    case "de" -> date.format(DateTimeFormatter.ofPattern("d. MMMM uuuu", Locale.GERMAN));
                    default -> date.toString();
                };
            case Figure.Share(var percent) ->
                switch (base) {
                    case "en" -> percent.toPlainString() + "%";
                    case "de" -> percent.toPlainString().replace('.', ',') + " %";
                    default -> percent.toPlainString() + " %";
                };
            case Figure.Numeral(var ignored, String written) -> written; // TLS 1.3 is “1.3” in every language
            case Figure.Words(String text) -> text;
        };
    }

    private static String count(long amount, String unit, String base, Sentence.Form form) {
        Map<String, Unit> units = UNITS.get(base);
        Unit words = units == null ? null : units.get(unit);
        if (words == null) {
            return amount + " " + SYMBOLS.getOrDefault(unit, unit);
        }
        if (form == Sentence.Form.COMPOUND) {
            // English compounds take the singular (“30-day window”), German ones the plural (“30-Tage-Fenster”).
            String noun = base.equals("en") || amount == 1 ? words.one() : words.many();
            return amount + "-" + noun.replace(' ', '-');
        }
        if (amount == 1) {
            return "1 " + words.one();
        }
        return amount + " " + (form == Sentence.Form.DATIVE ? words.dative() : words.many());
    }

    private static String base(String lang) {
        int dash = lang.indexOf('-');
        return (dash < 0 ? lang : lang.substring(0, dash)).toLowerCase(Locale.ROOT);
    }
}
