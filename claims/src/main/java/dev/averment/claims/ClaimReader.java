package dev.averment.claims;

import dev.averment.claims.file.Fields;
import dev.averment.claims.file.Nearest;
import dev.averment.claims.file.Place;
import dev.averment.claims.file.Problems;
import dev.averment.claims.file.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one claim. */
final class ClaimReader {
    static final Set<String> KEYS = Set.of(
            "id",
            "ledger",
            "section",
            "text",
            "params",
            "names",
            "owner",
            "audience",
            "maps",
            "checks",
            "selftests",
            "exemption");

    private static final Pattern LEDGER = Pattern.compile("[A-Z]{1,3}[0-9]{1,3}");
    private static final Pattern PARAM = Pattern.compile("[a-z][A-Za-z0-9_-]{0,63}");
    private static final Pattern CONTROL = Pattern.compile("[a-z0-9][a-z0-9-]*:\\S{1,80}");
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_WORD = 200;
    private static final int MOST_PARAMS = 30;
    private static final int MOST_MAPS = 50;

    /**
     * What a claim may refer to.
     *
     * @param names allowed their digits on the whole page
     */
    record Context(String authoritative, Set<String> sections, Map<String, Object> policy, Set<String> names) {}

    private final Context context;
    private final Problems problems;
    private final Problems warnings;
    private final List<PageResult.ReadCheck> readChecks;

    /** @param readChecks receives every check that names a type, whatever else is wrong with its claim */
    ClaimReader(Context context, Problems problems, Problems warnings, List<PageResult.ReadCheck> readChecks) {
        this.context = context;
        this.problems = problems;
        this.warnings = warnings;
        this.readChecks = readChecks;
    }

    /** @param index of the claim in the file */
    Optional<Claim> read(Yaml item, int index) {
        Optional<Fields> read = Fields.of(item, "a claim", KEYS, problems);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = read.get();
        Optional<String> id = fields.id("id");
        String owner = id.map(name -> "the claim " + name).orElse("a claim");
        Map<String, Param> params = params(fields, owner);
        Map<String, String> values = new LinkedHashMap<>();
        params.forEach((name, param) -> values.put(name, param.text()));
        Map<String, String> text = text(fields, owner, values.keySet());
        CheckReader checks = new CheckReader(owner, values, problems);
        List<CheckBinding> bindings = checks.bindings(fields, index, readChecks);
        List<SelfTest> selftests = checks.selftests(fields, bindings);
        Exemption exemption = checks.exemption(fields).orElse(null);
        useOfParams(text, params, checks.used(), owner);
        Optional<String> section = fields.requiredText("section", LONGEST_WORD, "a claim stands under a heading")
                .filter(name -> known(name, fields));
        Optional<String> answers = fields.requiredText("owner", LONGEST_WORD, "somebody answers for every promise");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Claim(
                id.get(),
                ledger(fields).orElse(null),
                section.orElse(""),
                text,
                values,
                answers.orElse(""),
                audience(fields),
                maps(fields, owner),
                bindings,
                selftests,
                exemption));
    }

    private boolean known(String section, Fields fields) {
        if (context.sections().contains(section)) {
            return true;
        }
        problems.add(
                fields.at("section"),
                "The section " + Problems.quote(section) + " does not exist",
                "a claim stands under one of the page's headings",
                Nearest.to(section, context.sections())
                                .map(near -> "did you mean " + Problems.quote(near) + "? ")
                                .orElse("")
                        + "the page has: " + String.join(", ", context.sections()));
        return false;
    }

    private Map<String, String> text(Fields fields, String owner, Set<String> params) {
        Optional<Yaml> value = fields.required("text", "a claim is a sentence");
        if (value.isEmpty()) {
            return Map.of();
        }
        String what = "the text of " + owner;
        Map<String, String> texts =
                PageParser.byLanguage(value.get(), what, context.authoritative(), LONGEST_TEXT, problems);
        Set<String> names = new LinkedHashSet<>(context.names());
        NameRules.read(fields, owner, names, problems);
        @Nullable String binding = texts.get(context.authoritative());
        Set<String> bound = binding == null ? Set.of() : Sentence.parse(binding).names();
        texts.forEach((language, sentence) -> {
            Place at = placeOf(value.get(), language);
            Sentence parsed = Sentence.parse(sentence);
            parsed.faults()
                    .forEach(fault -> problems.add(
                            at,
                            "In " + what + " (" + language + ") " + fault,
                            "braces mark where a parameter stands",
                            "write {name} with a name from “params”"));
            parsed.names().stream()
                    .filter(name -> !params.contains(name))
                    .forEach(name -> problems.add(
                            at,
                            "The placeholder {" + name + "} in " + what + " (" + language + ") is no parameter",
                            "its figure would come from nowhere",
                            Nearest.to(name, params)
                                    .map(near -> "did you mean {" + near + "}?")
                                    .orElse("add “" + name + ": …” under “params”")));
            if (binding != null && parsed.faults().isEmpty() && !parsed.names().equals(bound)) {
                problems.add(
                        at,
                        "The text of " + owner + " in “" + language + "” uses " + braces(parsed.names())
                                + " and the authoritative one uses " + braces(bound),
                        "a translation that leaves a figure out promises something else",
                        "use the same placeholders in both");
            }
            NameRules.figures(parsed, what + " (" + language + ")", names, at, problems);
        });
        return texts;
    }

    private static String braces(Set<String> names) {
        return names.isEmpty()
                ? "none"
                : String.join(
                        " ",
                        new TreeSet<>(names)
                                .stream().map(name -> "{" + name + "}").toList());
    }

    private static Place placeOf(Yaml texts, String language) {
        if (texts instanceof Yaml.Mapping mapping) {
            Yaml.Entry entry = mapping.entries().get(language);
            if (entry != null) {
                return entry.keyAt();
            }
        }
        return texts.at();
    }

    /** A parameter's text; {@code fromPolicy} when the page's policy holds the same figure. */
    private record Param(String text, boolean fromPolicy, Place at) {}

    private Map<String, Param> params(Fields fields, String owner) {
        Map<String, Param> params = new LinkedHashMap<>();
        Optional<Yaml> value = fields.get("params");
        if (value.isEmpty()) {
            return params;
        }
        if (!(value.get() instanceof Yaml.Mapping mapping) || mapping.entries().size() > MOST_PARAMS) {
            problems.add(
                    value.get().at(),
                    "“params” of " + owner + " is not a mapping of at most " + MOST_PARAMS + " names",
                    "each figure has a name",
                    "write {rpo: 15m}");
            return params;
        }
        mapping.entries().forEach((name, entry) -> {
            Place at = entry.keyAt();
            if (!PARAM.matcher(name).matches()) {
                problems.add(
                        at,
                        "The parameter " + Problems.quote(name) + " of " + owner + " is no name",
                        "the text writes it in braces",
                        "start with a small letter, then letters and digits");
                return;
            }
            Fields.text(entry.value(), "the parameter " + name + " of " + owner, LONGEST_WORD, problems)
                    .flatMap(text -> param(name, text, at, owner))
                    .ifPresent(param -> params.put(name, param));
        });
        return params;
    }

    private Optional<Param> param(String name, String text, Place at, String owner) {
        if (!text.startsWith("$policy.")) {
            return Optional.of(new Param(text, agrees(context.policy(), name, Figure.parse(text)), at));
        }
        Object value = context.policy();
        for (String step : text.substring("$policy.".length()).split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        if (value == null || value instanceof Map || value instanceof List) {
            problems.add(
                    at,
                    "The parameter " + name + " of " + owner + " points at " + Problems.quote(text)
                            + ", which holds no value",
                    "it takes its figure from the page's policy",
                    "write the path of a single policy value, such as $policy.backups.rpo");
            return Optional.empty();
        }
        return Optional.of(new Param(value.toString(), true, at));
    }

    /** True when a policy value of that name says the same, so that the server enforces the figure. */
    private static boolean agrees(Map<?, ?> policy, String name, Figure figure) {
        for (Map.Entry<?, ?> entry : policy.entrySet()) {
            boolean same = switch (entry.getValue()) {
                case Map<?, ?> inner -> agrees(inner, name, figure);
                case List<?> ignored -> false;
                default ->
                    name.equals(entry.getKey())
                            && Figure.parse(Objects.toString(entry.getValue())).same(figure);
            };
            if (same) {
                return true;
            }
        }
        return false;
    }

    private void useOfParams(Map<String, String> text, Map<String, Param> params, Set<String> checked, String owner) {
        Set<String> inText = new LinkedHashSet<>();
        text.values().forEach(sentence -> inText.addAll(Sentence.parse(sentence).names()));
        params.forEach((name, param) -> {
            boolean bound = checked.contains(name) || param.fromPolicy();
            if (inText.contains(name) && !bound) {
                problems.add(
                        param.at(),
                        "The parameter " + name + " of " + owner + " is in the text, and no check uses it",
                        "nothing would notice when the figure stops being true",
                        "write $" + name
                                + " in “with” or “expect” of a check, or take it from the policy with $policy.…");
            } else if (!inText.contains(name) && !bound) {
                problems.add(
                        param.at(),
                        "The parameter " + name + " of " + owner + " is used nowhere",
                        "a figure that nobody reads or checks misleads the next editor",
                        "remove it");
            } else if (!inText.contains(name)) {
                warnings.add(
                        param.at(),
                        "The parameter " + name + " of " + owner + " is checked, and the text does not show it",
                        "a reader can't see what is compared",
                        "write {" + name + "} in the text, or put the value into the check");
            }
        });
    }

    private Optional<String> ledger(Fields fields) {
        return fields.text("ledger", LONGEST_WORD).filter(row -> {
            if (LEDGER.matcher(row).matches()) {
                return true;
            }
            problems.add(
                    fields.at("ledger"),
                    "The ledger row " + Problems.quote(row) + " is no row",
                    "rows are a letter and a number",
                    "write it like M17");
            return false;
        });
    }

    private Audience audience(Fields fields) {
        Optional<String> word = fields.text("audience", LONGEST_WORD);
        if (word.isEmpty()) {
            return Audience.PUBLIC;
        }
        List<String> words = new ArrayList<>();
        for (Audience audience : Audience.values()) {
            String known = audience.name().toLowerCase(Locale.ROOT);
            if (known.equals(word.get())) {
                return audience;
            }
            words.add(known);
        }
        problems.add(
                fields.at("audience"),
                "The audience " + Problems.quote(word.get()) + " is unknown",
                "it decides who may read the claim",
                Nearest.remedy(word.get(), words));
        return Audience.INTERNAL;
    }

    private List<String> maps(Fields fields, String owner) {
        List<String> maps = fields.texts("maps", MOST_MAPS, LONGEST_WORD);
        maps.stream()
                .filter(map -> !CONTROL.matcher(map).matches())
                .forEach(map -> problems.add(
                        fields.at("maps"),
                        "The control " + Problems.quote(map) + " of " + owner + " names no framework",
                        "controls are looked up by framework",
                        "write it like gdpr:32.1.c"));
        return maps;
    }
}
