package dev.averment.checks;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads facts for a judge. A fact that is missing or of another kind reads as the value that proves nothing: false,
 * empty text, no number. Facts may come back from the log or from a page's self-test, so their kind is never assumed.
 */
public final class FactReader {
    private FactReader() {}

    /** True only when the fact is there and true. */
    public static boolean is(Map<String, Object> facts, String name) {
        return Boolean.TRUE.equals(facts.get(name));
    }

    /**
     * Whether it is so, where a fact that is missing must not pass for a no either.
     *
     * @throws CollectException when it is missing, or of another kind
     */
    public static boolean yes(Map<String, Object> facts, String name) throws CollectException {
        if (facts.get(name) instanceof Boolean said) {
            return said;
        }
        throw missing(name);
    }

    /**
     * The text of a fact that must be there.
     *
     * @throws CollectException when it is missing, or of another kind
     */
    public static String said(Map<String, Object> facts, String name) throws CollectException {
        if (facts.get(name) instanceof String said) {
            return said;
        }
        throw missing(name);
    }

    private static CollectException missing(String name) {
        return new CollectException("The fact " + name + " is missing.");
    }

    /** The fact as text; empty when it is missing. */
    public static String text(Map<String, Object> facts, String name) {
        Object value = facts.get(name);
        return value == null ? "" : value.toString();
    }

    /** The fact as a whole number; {@code missing} when it isn't one. */
    public static long number(Map<String, Object> facts, String name, long missing) {
        return facts.get(name) instanceof Number n ? n.longValue() : missing;
    }

    /** The fact as a list of text; empty when it isn't a list. */
    public static List<String> texts(Map<String, Object> facts, String name) {
        return facts.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The fact as an instant, when it is one in ISO 8601. */
    public static Optional<Instant> instant(Map<String, Object> facts, String name) {
        try {
            return Optional.of(Instant.parse(text(facts, name)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The fact as a day, when it is one in ISO 8601. */
    public static Optional<LocalDate> day(Map<String, Object> facts, String name) {
        try {
            return Optional.of(LocalDate.parse(text(facts, name)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
