package dev.averment.checks.postgres;

import dev.averment.checks.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads facts as a judge must: a fact that is missing or of another kind is not a zero, it is nothing. */
public final class Seen {
    private Seen() {}

    public static OptionalLong number(Map<String, Object> facts, String name) {
        return facts.get(name) instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    public static Optional<Boolean> flag(Map<String, Object> facts, String name) {
        return facts.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    public static boolean is(Subject subject, String name) {
        return flag(subject.facts(), name).orElse(false);
    }

    public static String text(Map<String, Object> facts, String name) {
        return facts.get(name) instanceof String text ? text : "?";
    }

    /** {@code one table}, {@code 3 tables}. */
    public static String count(long n, String noun) {
        return n == 1 ? "one " + noun : n + " " + noun + "s";
    }

    /** The first few of many names, and how many more there are. */
    public static String some(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(3, names.size())));
        return names.size() > 3 ? first + " and " + (names.size() - 3) + " more" : first;
    }
}
