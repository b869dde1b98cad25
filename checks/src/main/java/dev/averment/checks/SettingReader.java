package dev.averment.checks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the {@code with} or {@code expect} of a binding. The page loader has refused unknown names and wrong kinds
 * already; what is left is a value that no check of this type understands, and that makes the claim unproven with a
 * sentence that says which setting to correct.
 */
public final class SettingReader {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(s|m|h|d)");

    private final Map<String, Object> settings;

    public SettingReader(Map<String, Object> settings) {
        this.settings = settings;
    }

    public boolean has(String name) {
        return settings.containsKey(name);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(settings.get(name)).map(Object::toString);
    }

    public boolean flag(String name) throws CollectException {
        Object value = settings.getOrDefault(name, false);
        return switch (value.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, value, "true or false");
        };
    }

    public int integer(String name, int missing) throws CollectException {
        Object value = settings.getOrDefault(name, missing);
        try {
            return Integer.parseInt(value.toString());
        } catch (NumberFormatException e) {
            throw refused(name, value, "a whole number");
        }
    }

    public List<String> texts(String name) throws CollectException {
        Object value = settings.getOrDefault(name, List.of());
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw refused(name, value, "a list");
    }

    public SettingReader map(String name) throws CollectException {
        return new SettingReader(entries(name));
    }

    public Map<String, Object> entries(String name) throws CollectException {
        Object value = settings.getOrDefault(name, Map.of());
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> named = new java.util.LinkedHashMap<>();
            map.forEach((key, entry) -> named.put(String.valueOf(key), entry == null ? "" : entry));
            return named;
        }
        throw refused(name, value, "a map of names to values");
    }

    /** A duration such as {@code 14s}, {@code 15m}, {@code 24h} or {@code 365d}; a day has 24 hours. */
    public Optional<Duration> duration(String name) throws CollectException {
        Object value = settings.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Duration duration) {
            return Optional.of(duration);
        }
        Matcher matcher = DURATION.matcher(value.toString());
        if (!matcher.matches()) {
            throw refused(name, value, "a duration such as 15m, 24h or 365d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }

    /** Makes sure of texts that have one value that means something: each is missing, or has it. */
    public void only(Map<String, String> values) throws CollectException {
        for (Map.Entry<String, String> value : values.entrySet()) {
            String given = text(value.getKey()).orElse(value.getValue());
            if (!given.equals(value.getValue())) {
                throw refused(value.getKey(), given, value.getValue());
            }
        }
    }

    /** The exception for a value of {@code name} that this check type can't use. */
    public static CollectException refused(String name, Object value, String wanted) {
        return new CollectException("The setting " + name + " is \"" + value + "\", but must be " + wanted
                + "; correct it in the page file.");
    }
}
