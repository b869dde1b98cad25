package dev.averment.claims.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the keys of one mapping and reports what is missing, unknown or of another form. */
public final class Fields {
    /** Kebab-case: what ids must look like, since they stand in links, the log and other people's notes. */
    public static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private static final int LONGEST_ID = 64;

    private final Yaml.Mapping mapping;
    private final String owner;
    private final Problems problems;

    private Fields(Yaml.Mapping mapping, String owner, Problems problems) {
        this.mapping = mapping;
        this.owner = owner;
        this.problems = problems;
    }

    /**
     * The keys of {@code value}.
     *
     * @param owner what this is, as messages name it: “the claim backup-restore”
     * @param known its keys; any other is refused with the nearest of them
     * @return empty when it is no mapping
     */
    public static Optional<Fields> of(Yaml value, String owner, Set<String> known, Problems problems) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            problems.add(
                    value.at(),
                    capital(owner) + " is not a mapping",
                    "it has keys: " + sorted(known),
                    "write it as “key: value” lines");
            return Optional.empty();
        }
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(
                        entry.keyAt(),
                        "The key " + Problems.quote(key) + " is unknown in " + owner,
                        "a misspelt key would drop a promise silently",
                        Nearest.remedy(key, known));
            }
        });
        return Optional.of(new Fields(mapping, owner, problems));
    }

    public Place at() {
        return mapping.at();
    }

    /** The place of {@code key}, or of the mapping when it lacks the key. */
    public Place at(String key) {
        Yaml.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.at() : entry.keyAt();
    }

    public Optional<Yaml> get(String key) {
        return Optional.ofNullable(mapping.entries().get(key)).map(Yaml.Entry::value);
    }

    /** As {@link #get}, and a problem when it isn't there. */
    public Optional<Yaml> required(String key, String why) {
        Optional<Yaml> value = get(key);
        if (value.isEmpty()) {
            problems.add(
                    mapping.at(),
                    "The key " + Problems.quote(key) + " is missing in " + owner,
                    why,
                    "add “" + key + ": …”");
        }
        return value;
    }

    public Optional<String> requiredText(String key, int longest, String why) {
        return required(key, why).flatMap(value -> text(value, key, longest));
    }

    public Optional<String> text(String key, int longest) {
        return get(key).flatMap(value -> text(value, key, longest));
    }

    private Optional<String> text(Yaml value, String key, int longest) {
        return text(value, "“" + key + "” in " + owner, longest, problems);
    }

    /** Non-blank text of bounded length; a number is taken as it is spelled. */
    public static Optional<String> text(Yaml value, String what, int longest, Problems problems) {
        if (!(value instanceof Yaml.Scalar scalar)) {
            problems.add(value.at(), capital(what) + " is not text", "it is one value", "write a single text");
            return Optional.empty();
        }
        if (scalar.text().isBlank()) {
            problems.add(scalar.at(), capital(what) + " is empty", "nothing can be read from it", "fill it in");
            return Optional.empty();
        }
        if (scalar.text().length() > longest) {
            problems.add(
                    scalar.at(),
                    capital(what) + " has " + scalar.text().length() + " characters",
                    "at most " + longest + " are read",
                    "shorten it");
            return Optional.empty();
        }
        return Optional.of(scalar.text().strip());
    }

    /** A required id in kebab-case. */
    public Optional<String> id(String key) {
        return requiredText(key, LONGEST_ID, "ids are stable names, used in links and in the log")
                .filter(id -> {
                    if (KEBAB.matcher(id).matches()) {
                        return true;
                    }
                    String kebab = id.strip()
                            .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                            .toLowerCase(java.util.Locale.ROOT)
                            .replaceAll("[^a-z0-9]+", "-")
                            .replaceAll("^[-0-9]+|-+$", "");
                    problems.add(
                            get(key).map(Yaml::at).orElse(at()),
                            "“" + key + "” of " + owner + " is " + Problems.quote(id) + ", which is not kebab-case",
                            "it stands in links and in the log",
                            kebab.isEmpty()
                                    ? "use small letters, digits and hyphens"
                                    : "write " + Problems.quote(kebab));
                    return false;
                });
    }

    /** The items of a list; empty when the key is absent or is no list. */
    public List<Yaml> items(String key, int most) {
        return get(key).map(value -> items(value, "“" + key + "” in " + owner, most, problems))
                .orElse(List.of());
    }

    public static List<Yaml> items(Yaml value, String what, int most, Problems problems) {
        if (!(value instanceof Yaml.Sequence sequence)) {
            problems.add(value.at(), capital(what) + " is not a list", "it holds several", "write “- …” lines");
            return List.of();
        }
        if (sequence.items().size() > most) {
            problems.add(
                    value.at(),
                    capital(what) + " has " + sequence.items().size() + " entries",
                    "at most " + most + " are read",
                    "remove some");
            return List.of();
        }
        return sequence.items();
    }

    /** A list of short texts. */
    public List<String> texts(String key, int most, int longest) {
        List<String> texts = new ArrayList<>();
        for (Yaml item : items(key, most)) {
            text(item, "an entry of “" + key + "” in " + owner, longest, problems)
                    .ifPresent(texts::add);
        }
        return texts;
    }

    public static String capital(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + sentence.substring(1);
    }

    private static String sorted(Set<String> known) {
        return String.join(", ", known.stream().sorted().toList());
    }
}
