package dev.averment.claims;

import dev.averment.claims.file.Fields;
import dev.averment.claims.file.Nearest;
import dev.averment.claims.file.Problems;
import dev.averment.claims.file.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the policy of a page against {@link PolicySchema}. */
final class PolicyReader {
    private static final int MOST_NAMES = 100;
    private static final int LONGEST = 100;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][A-Za-z0-9-]{0,63}");
    private static final Pattern RATE = Pattern.compile("[0-9]{1,9}/[0-9]{1,6}[smhd]");

    private final Problems problems;

    PolicyReader(Problems problems) {
        this.problems = problems;
    }

    Map<String, Object> read(Yaml value) {
        return value(value, "policy", PolicySchema.ROOT) instanceof Map<?, ?> map ? named(map) : Map.of();
    }

    private static Map<String, Object> named(Map<?, ?> map) {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put((String) key, value));
        return named;
    }

    /** Null when a problem was reported. */
    private @Nullable Object value(Yaml value, String path, PolicySchema.Rule rule) {
        return switch (rule) {
            case PolicySchema.Group(var keys) -> group(value, path, keys);
            case PolicySchema.Named names -> names(value, path, names);
            case PolicySchema.Texts() ->
                Fields.items(value, "“" + path + "”", MOST_NAMES, problems).stream()
                        .map(item -> Fields.text(item, "an entry of “" + path + "”", LONGEST, problems))
                        .flatMap(Optional::stream)
                        .toList();
            case PolicySchema.OneOf(var words) -> oneOf(value, path, words);
            case PolicySchema.Value kind -> scalar(value, path, kind);
        };
    }

    private @Nullable Object group(Yaml value, String path, Map<String, PolicySchema.Rule> keys) {
        Optional<Fields> fields = Fields.of(value, "“" + path + "”", keys.keySet(), problems);
        if (fields.isEmpty()) {
            return null;
        }
        Map<String, Object> read = new LinkedHashMap<>();
        keys.forEach((key, rule) -> fields.get().get(key).ifPresent(inner -> {
            Object plain = value(inner, path + "." + key, rule);
            if (plain != null) {
                read.put(key, plain);
            }
        }));
        return read;
    }

    private @Nullable Object names(Yaml value, String path, PolicySchema.Named names) {
        if (!(value instanceof Yaml.Mapping mapping) || mapping.entries().size() > MOST_NAMES) {
            problems.add(
                    value.at(),
                    "“" + path + "” is not a mapping of at most " + MOST_NAMES + " names",
                    "each name in it has a value of its own",
                    "write “name: value” lines");
            return null;
        }
        Map<String, Object> read = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            if (!NAME.matcher(key).matches()) {
                problems.add(
                        entry.keyAt(),
                        "The name " + Problems.quote(key) + " in “" + path + "” is no name",
                        "names are letters, digits and hyphens",
                        "rename it");
                return;
            }
            boolean group = names.nests() && entry.value() instanceof Yaml.Mapping;
            PolicySchema.Rule rule = group ? new PolicySchema.Named(names.value(), false) : names.value();
            Object plain = value(entry.value(), path + "." + key, rule);
            if (plain != null) {
                read.put(key, plain);
            }
        });
        return read;
    }

    private @Nullable Object oneOf(Yaml value, String path, List<String> words) {
        Optional<String> text = Fields.text(value, "“" + path + "”", LONGEST, problems);
        if (text.isEmpty()) {
            return null;
        }
        for (String word : words) {
            if (word.equalsIgnoreCase(text.get())) {
                return word;
            }
        }
        problems.add(
                value.at(),
                "“" + path + "” is " + Problems.quote(text.get()),
                "the server enforces one of: " + String.join(", ", words),
                Nearest.remedy(text.get(), words));
        return null;
    }

    private @Nullable Object scalar(Yaml value, String path, PolicySchema.Value kind) {
        Optional<String> text = Fields.text(value, "“" + path + "”", LONGEST, problems);
        if (text.isEmpty()) {
            return null;
        }
        Yaml.Scalar scalar = (Yaml.Scalar) value;
        Figure figure = Figure.parse(text.get());
        boolean fits = switch (kind) {
            case DURATION -> figure instanceof Figure.Elapsed;
            case DEADLINE -> figure instanceof Figure.Elapsed || figure instanceof Figure.BusinessDays;
            case SIZE -> figure instanceof Figure.Size;
            case TIME -> figure instanceof Figure.TimeOfDay;
            case INTEGER -> scalar.kind() == Yaml.Kind.INTEGER;
            case BOOLEAN -> scalar.kind() == Yaml.Kind.BOOLEAN;
            case LIMIT ->
                scalar.kind() == Yaml.Kind.INTEGER
                        || figure instanceof Figure.Elapsed
                        || figure instanceof Figure.Size
                        || RATE.matcher(text.get()).matches();
            case TEXT -> true;
        };
        if (!fits) {
            problems.add(
                    value.at(),
                    "“" + path + "” is " + Problems.quote(text.get()) + ", which is not " + form(kind),
                    "the server enforces this value and must not guess a unit",
                    "write it like " + example(kind));
            return null;
        }
        return kind == PolicySchema.Value.TEXT ? text.get() : scalar.plain();
    }

    private static String form(PolicySchema.Value kind) {
        return switch (kind) {
            case DURATION -> "a duration";
            case DEADLINE -> "a duration or a number of business days";
            case SIZE -> "a size";
            case TIME -> "a time of day in UTC";
            case INTEGER -> "a whole number";
            case BOOLEAN -> "true or false";
            case LIMIT -> "a number, a duration, a size or a rate";
            case TEXT -> "text";
        };
    }

    private static String example(PolicySchema.Value kind) {
        return switch (kind) {
            case DURATION -> "15m, 24h or 30d";
            case DEADLINE -> "48h or 5bd";
            case SIZE -> "64MiB";
            case TIME -> "\"03:00Z\"";
            case INTEGER -> "3";
            case BOOLEAN -> "true";
            case LIMIT -> "100, 24h, 8MiB or 10/1m";
            case TEXT -> "text";
        };
    }
}
