package dev.averment.checks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a check type says of itself, in one language. English stands in the type; any other language in the file
 * {@code texts_LANGUAGE.txt} beside it: the description in the first line, then a blind spot a line, in the type's order.
 *
 * @param language    tag of BCP 47, such as {@code de}
 * @param description one sentence
 * @param blindSpots  a sentence each
 */
public record CheckTexts(String language, String description, List<String> blindSpots) {
    private static final String ENGLISH = "en";

    public CheckTexts {
        blindSpots = List.copyOf(blindSpots);
    }

    /** The texts in {@code language}; in English where the type has none in it, or not for every blind spot. */
    public static CheckTexts of(CheckType type, String language) {
        return in(type, language).orElseGet(() -> new CheckTexts(ENGLISH, type.description(), type.blindSpots()));
    }

    /** The texts in a language other than English; empty when there are none, or one is missing or too many. */
    static Optional<CheckTexts> in(CheckType type, String language) {
        if (language.equals(ENGLISH) || !language.matches("[a-z]{2,3}")) {
            return Optional.empty();
        }
        try (InputStream in = type.getClass().getResourceAsStream("texts_" + language + ".txt")) {
            if (in == null) {
                return Optional.empty();
            }
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.size() == type.blindSpots().size() + 1
                    ? Optional.of(new CheckTexts(language, lines.getFirst(), lines.subList(1, lines.size())))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
