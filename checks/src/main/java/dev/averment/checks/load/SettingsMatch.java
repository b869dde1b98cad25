package dev.averment.checks.load;

import dev.averment.checks.Settings;
import dev.averment.claims.Durations;
import dev.averment.claims.file.Nearest;
import dev.averment.claims.file.Place;
import dev.averment.claims.file.Places;
import dev.averment.claims.file.Problems;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Matches the settings of a binding with those that its type knows, and gives each value the kind that the type asks for. */
final class SettingsMatch {
    private final String type;
    private final String owner;
    private final Places places;
    private final Problems problems;

    /** @param owner the check as messages name it: “the check drill of the claim backup-restore” */
    SettingsMatch(String type, String owner, Places places, Problems problems) {
        this.type = type;
        this.owner = owner;
        this.places = places;
        this.problems = problems;
    }

    /**
     * @param key   {@code with} or {@code expect}
     * @param known the type's settings of that key
     * @param path  of the binding in the file
     */
    Map<String, Object> match(String key, Map<String, Object> given, List<Settings.Setting> known, Object... path) {
        Map<String, Object> matched = new LinkedHashMap<>();
        List<String> names = known.stream().map(Settings.Setting::name).toList();
        given.forEach((name, value) -> {
            Place at = places.at(under(path, key, name));
            Settings.Setting setting = known.stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (setting == null) {
                problems.add(
                        at,
                        "The setting " + Problems.quote(name) + " under “" + key + "” of " + owner + " is unknown",
                        "the type " + type + " would not look at it, and a part of the promise would go unchecked",
                        Nearest.remedy(name, names));
                return;
            }
            Object kept = of(setting.kind(), value);
            if (kept == null) {
                problems.add(
                        at,
                        "The setting " + Problems.quote(name) + " of " + owner + " is "
                                + Problems.quote(String.valueOf(value)) + ", which is not " + form(setting.kind()),
                        "it means: " + setting.meaning(),
                        "write it like " + example(setting.kind()));
                return;
            }
            matched.put(name, kept);
        });
        for (Settings.Setting setting : known) {
            if (setting.required() && !given.containsKey(setting.name())) {
                problems.add(
                        places.at(under(path, key)),
                        "The setting " + Problems.quote(setting.name()) + " under “" + key + "” of " + owner
                                + " is missing",
                        "it means: " + setting.meaning(),
                        "add “" + setting.name() + ": " + example(setting.kind()) + "”");
            }
        }
        return matched;
    }

    private static Object[] under(Object[] path, Object... steps) {
        Object[] whole = new Object[path.length + steps.length];
        System.arraycopy(path, 0, whole, 0, path.length);
        System.arraycopy(steps, 0, whole, path.length, steps.length);
        return whole;
    }

    /** The value in its kind, or null when it has another. Parameters are text, so numbers and switches may come as text. */
    private static @Nullable Object of(Settings.Kind kind, Object value) {
        return switch (kind) {
            case TEXT -> value instanceof String || value instanceof Long ? value.toString() : null;
            case INTEGER ->
                switch (value) {
                    case Long number -> number;
                    case String text when text.matches("-?[0-9]{1,18}") -> Long.valueOf(text);
                    default -> null;
                };
            case BOOLEAN ->
                switch (value) {
                    case Boolean given -> given;
                    case String text when text.equals("true") || text.equals("false") -> Boolean.valueOf(text);
                    default -> null;
                };
            case DURATION -> value instanceof String text && (duration(text) || instant(text)) ? text : null;
            case LIST -> value instanceof List<?> ? value : null;
            case MAP -> value instanceof Map<?, ?> ? value : null;
        };
    }

    private static boolean duration(String text) {
        if (Durations.parse(text).isPresent()) {
            return true;
        }
        try {
            return !Duration.parse(text).isNegative();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean instant(String text) {
        try {
            return Instant.parse(text).isAfter(Instant.EPOCH);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static String form(Settings.Kind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case INTEGER -> "a whole number";
            case BOOLEAN -> "true or false";
            case DURATION -> "a duration";
            case LIST -> "a list";
            case MAP -> "a mapping";
        };
    }

    private static String example(Settings.Kind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case INTEGER -> "3";
            case BOOLEAN -> "true";
            case DURATION -> "15m";
            case LIST -> "[one, two]";
            case MAP -> "{name: value}";
        };
    }
}
