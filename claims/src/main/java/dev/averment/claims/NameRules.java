package dev.averment.claims;

import dev.averment.claims.file.Fields;
import dev.averment.claims.file.Place;
import dev.averment.claims.file.Problems;
import dev.averment.claims.file.Yaml;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * No figure in a sentence that isn't a parameter. Names that merely contain digits ({@code ISO 27001}, {@code Argon2id})
 * are listed under {@code names}, of the claim or of the whole page; a name may not smuggle a quantity past the rule.
 */
final class NameRules {
    private static final int MOST = 100;
    private static final int LONGEST = 60;

    private static final Pattern QUANTITY = Pattern.compile(
            "[%‰€$£]|(?iu)(?<!\\pL)(milli|micro)?(seconds?|sekunden?|minutes?|minuten?|hours?|stunden?|days?|tagen?|weeks?"
                    + "|wochen?|months?|monaten?|quarters?|quartalen?|years?|jahren?|times?|mal|percent|prozent|bytes?|[kmgt]i?b"
                    + "|ms|min|sec|hrs?|st?d)(?!\\pL)");

    /** Any figure: decimal digits of every script, superscripts, fractions, Roman numeral signs. */
    private static final Pattern FIGURE = Pattern.compile("\\S*\\p{N}\\S*");

    private NameRules() {}

    /** Adds the names under the key {@code names} to {@code into}. */
    static void read(Fields fields, String owner, Set<String> into, Problems problems) {
        for (Yaml item : fields.items("names", MOST)) {
            Fields.text(item, "a name of " + owner, LONGEST, problems).ifPresent(name -> {
                if (name.codePoints().noneMatch(NameRules::figure)) {
                    problems.add(
                            item.at(),
                            "The name " + Problems.quote(name) + " contains no digit",
                            "names are listed only to be allowed their digits",
                            "remove it");
                } else if (quantity(name)) {
                    problems.add(
                            item.at(),
                            "The name " + Problems.quote(name) + " is a quantity",
                            "a figure that is promised must be a parameter, so that a check can refute it",
                            "move it to “params” and write {its-name} in the text");
                } else {
                    into.add(name);
                }
            });
        }
    }

    /** No letter, a value with a unit, or a word for one: not a name. */
    private static boolean quantity(String name) {
        return name.codePoints().noneMatch(Character::isLetter)
                || QUANTITY.matcher(name).find()
                || !(Figure.parse(name) instanceof Figure.Words);
    }

    private static boolean figure(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    /** Reports each figure that stands in the words of {@code sentence}. */
    static void figures(Sentence sentence, String what, Set<String> names, Place at, Problems problems) {
        String words = sentence.words();
        Set<String> longestFirst = new LinkedHashSet<>(names.stream()
                .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                .toList());
        for (String name : longestFirst) {
            words = Pattern.compile("(?<![\\pL\\pN])" + Pattern.quote(name) + "(?![\\pL\\pN])")
                    .matcher(words)
                    .replaceAll(" ");
        }
        Matcher figures = FIGURE.matcher(words.replace('\0', ' '));
        while (figures.find()) {
            String figure = figures.group().replaceAll("^[\\p{Punct}“”„»«]+|[\\p{Punct}“”„»«]+$", "");
            problems.add(
                    at,
                    Fields.capital(what) + " contains the figure "
                            + Problems.quote(figure.isEmpty() ? figures.group() : figure),
                    "a figure that is no parameter can drift away from what is checked",
                    "move it to “params” and write {name}, or list it under “names” when it is part of a name");
        }
    }
}
