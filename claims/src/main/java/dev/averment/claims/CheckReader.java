package dev.averment.claims;

import dev.averment.claims.file.Fields;
import dev.averment.claims.file.Nearest;
import dev.averment.claims.file.Place;
import dev.averment.claims.file.Problems;
import dev.averment.claims.file.Yaml;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the checks of one claim, its self-tests and its exemption, and puts the claim's parameters where {@code $name}
 * stands. Only a whole value is replaced, so that {@code $} keeps its meaning in patterns; {@code $$name} is the text
 * {@code $name}.
 */
final class CheckReader {
    static final Set<String> CHECK_KEYS = Set.of("id", "type", "every", "valid", "with", "expect");
    static final Set<String> SELFTEST_KEYS = Set.of("check", "set", "verdict");
    static final Set<String> EXEMPTION_KEYS = Set.of("until", "reason", "by");

    static final Duration EVERY = Duration.ofMinutes(5);
    static final Duration VALID = Duration.ofMinutes(15);
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofDays(400);

    private static final Pattern REFERENCE = Pattern.compile("\\$([a-z][A-Za-z0-9_-]*)");
    private static final List<Verdict> JUDGED =
            List.of(Verdict.PROVEN, Verdict.ATTESTED, Verdict.UNPROVEN, Verdict.FAILING);
    private static final int MOST_CHECKS = 20;
    private static final int MOST_SELFTESTS = 50;
    private static final int LONGEST_WORD = 500;

    private final String owner;
    private final Map<String, String> params;
    private final Problems problems;
    private final Set<String> used = new LinkedHashSet<>();

    CheckReader(String owner, Map<String, String> params, Problems problems) {
        this.owner = owner;
        this.params = params;
        this.problems = problems;
    }

    /** Parameters that some check compares with or looks at; known once {@link #bindings} has run. */
    Set<String> used() {
        return used;
    }

    /**
     * @param index of the claim in the file
     * @param read  receives every check that names a type, whatever else is wrong with it
     */
    List<CheckBinding> bindings(Fields claim, int index, List<PageResult.ReadCheck> read) {
        List<CheckBinding> bindings = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<Yaml> items = claim.items("checks", MOST_CHECKS);
        if (claim.get("checks").isEmpty()
                || claim.get("checks").filter(CheckReader::empty).isPresent()) {
            problems.add(
                    claim.at("checks"),
                    Fields.capital(owner) + " has no checks",
                    "no text stands on the page without a check",
                    "bind a check, if only one of type “records” with a named owner");
        }
        for (int i = 0; i < items.size(); i++) {
            Yaml item = items.get(i);
            int before = problems.count();
            Optional<Fields> fields = Fields.of(item, "a check of " + owner, CHECK_KEYS, problems);
            Optional<String> type = fields.flatMap(check -> check.id("type"));
            Optional<CheckBinding> binding = fields.flatMap(check -> binding(check, type));
            binding.ifPresent(bound -> {
                if (!ids.add(bound.id())) {
                    problems.add(
                            item.at(),
                            "The check id " + Problems.quote(bound.id()) + " is taken in " + owner,
                            "verdicts are kept by it",
                            "choose another");
                }
                bindings.add(bound);
            });
            if (type.isPresent()) {
                boolean whole = problems.count() == before;
                read.add(new PageResult.ReadCheck(index, i, owner, type.get(), binding.filter(bound -> whole)));
            }
        }
        return bindings;
    }

    private static boolean empty(Yaml value) {
        return value instanceof Yaml.Sequence sequence && sequence.items().isEmpty();
    }

    private Optional<CheckBinding> binding(Fields fields, Optional<String> type) {
        Optional<String> id = fields.id("id");
        Duration every = duration(fields, "every", EVERY);
        Duration valid = duration(fields, "valid", VALID);
        if (valid.compareTo(every) < 0) {
            problems.add(
                    fields.get("valid").isPresent() ? fields.at("valid") : fields.at("every"),
                    "A check of " + owner + " runs every " + Durations.write(every) + " and is valid for "
                            + Durations.write(valid),
                    "its proof would be stale before the next one",
                    "write “valid: " + Durations.write(every.multipliedBy(3).dividedBy(2)) + "” or longer");
        }
        Map<String, Object> with = settings(fields, "with", true);
        Map<String, Object> expect = settings(fields, "expect", true);
        if (id.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CheckBinding(id.get(), type.get(), every, valid, with, expect));
    }

    private Duration duration(Fields fields, String key, Duration otherwise) {
        Optional<String> text = fields.text(key, LONGEST_WORD);
        if (text.isEmpty()) {
            return otherwise;
        }
        Place at = fields.at(key);
        Optional<Duration> duration = Durations.parse(text.get());
        if (duration.isEmpty()) {
            problems.add(
                    at,
                    "“" + key + "” of a check of " + owner + " is " + Problems.quote(text.get())
                            + ", which is not a duration",
                    "a number without a unit can mean anything",
                    "write it like 30s, 15m, 24h or 30d");
            return otherwise;
        }
        if (duration.get().compareTo(SHORTEST) < 0 || duration.get().compareTo(LONGEST) > 0) {
            problems.add(
                    at,
                    "“" + key + "” of a check of " + owner + " is " + text.get(),
                    "checks run between every 5s and every 400d",
                    "choose a duration between the two");
            return otherwise;
        }
        return duration.get();
    }

    private Map<String, Object> settings(Fields fields, String key, boolean counts) {
        Optional<Yaml> value = fields.get(key);
        if (value.isEmpty()) {
            return Map.of();
        }
        if (value.get() instanceof Yaml.Mapping mapping) {
            Map<String, Object> settings = new LinkedHashMap<>();
            mapping.entries().forEach((name, entry) -> settings.put(name, substitute(entry.value(), counts)));
            return settings;
        }
        problems.add(
                value.get().at(),
                "“" + key + "” of a check of " + owner + " is not a mapping",
                "it holds named settings",
                "write {name: value}");
        return Map.of();
    }

    private Object substitute(Yaml value, boolean counts) {
        return switch (value) {
            case Yaml.Sequence sequence ->
                sequence.items().stream().map(item -> substitute(item, counts)).toList();
            case Yaml.Mapping mapping -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                mapping.entries().forEach((key, entry) -> plain.put(key, substitute(entry.value(), counts)));
                yield plain;
            }
            case Yaml.Scalar scalar -> scalar(scalar, counts);
        };
    }

    private Object scalar(Yaml.Scalar scalar, boolean counts) {
        String text = scalar.text();
        if (scalar.kind() == Yaml.Kind.NOTHING) {
            problems.add(
                    scalar.at(),
                    "A setting in " + owner + " is empty",
                    "nothing can be compared with it",
                    "fill it in");
            return "";
        }
        if (text.startsWith("$$") && REFERENCE.matcher(text.substring(1)).matches()) {
            return text.substring(1);
        }
        var reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            return scalar.plain();
        }
        String name = reference.group(1);
        String param = params.get(name);
        if (param == null) {
            problems.add(
                    scalar.at(),
                    "$" + name + " in " + owner + " is no parameter",
                    "the check would compare with nothing",
                    Nearest.to(name, params.keySet())
                            .map(near -> "did you mean $" + near + "?")
                            .orElse("add “" + name + ": …” under “params”"));
            return text;
        }
        if (counts) {
            used.add(name);
        }
        return param;
    }

    List<SelfTest> selftests(Fields claim, List<CheckBinding> bindings) {
        List<SelfTest> selftests = new ArrayList<>();
        List<String> ids = bindings.stream().map(CheckBinding::id).toList();
        for (Yaml item : claim.items("selftests", MOST_SELFTESTS)) {
            Fields.of(item, "a self-test of " + owner, SELFTEST_KEYS, problems)
                    .flatMap(fields -> selftest(fields, ids))
                    .ifPresent(selftests::add);
        }
        return selftests;
    }

    private Optional<SelfTest> selftest(Fields fields, List<String> ids) {
        Optional<String> check = fields.requiredText("check", LONGEST_WORD, "a self-test turns one check")
                .filter(id -> {
                    if (!ids.contains(id) && !ids.isEmpty()) {
                        problems.add(
                                fields.at("check"),
                                "The self-test of " + owner + " names the check " + Problems.quote(id)
                                        + ", which it does not have",
                                "nothing would be tested",
                                Nearest.remedy(id, ids));
                    }
                    return ids.contains(id);
                });
        fields.required("set", "a self-test alters at least one fact");
        Map<String, Object> set = settings(fields, "set", false);
        if (set.isEmpty()
                && fields.get("set").filter(Yaml.Mapping.class::isInstance).isPresent()) {
            problems.add(
                    fields.at("set"),
                    "A self-test of " + owner + " alters nothing",
                    "it shows that the judge can change its mind",
                    "set a fact, such as {subjects: []}");
        }
        Optional<Verdict> verdict = fields.requiredText("verdict", LONGEST_WORD, "the judge must then say something")
                .flatMap(word -> verdict(word, fields.at("verdict")));
        return check.isEmpty() || verdict.isEmpty()
                ? Optional.empty()
                : Optional.of(new SelfTest(check.get(), set, verdict.get()));
    }

    private Optional<Verdict> verdict(String word, Place at) {
        Optional<Verdict> verdict =
                JUDGED.stream().filter(known -> known.word().equals(word)).findFirst();
        if (verdict.isEmpty()) {
            problems.add(
                    at,
                    "A self-test of " + owner + " expects the verdict " + Problems.quote(word),
                    "a judge says one of: proven, attested, unproven, failing; stale and exempt come from time and from the"
                            + " page",
                    Nearest.to(word, JUDGED.stream().map(Verdict::word).toList())
                            .map(near -> "did you mean " + Problems.quote(near) + "?")
                            .orElse("write failing or unproven"));
        }
        return verdict;
    }

    Optional<Exemption> exemption(Fields claim) {
        return claim.get("exemption")
                .flatMap(value -> Fields.of(value, "the exemption of " + owner, EXEMPTION_KEYS, problems))
                .flatMap(fields -> {
                    Optional<Instant> until = fields.requiredText(
                                    "until", LONGEST_WORD, "a waiver without an end is a withdrawn promise")
                            .flatMap(text -> until(text, fields.at("until")));
                    Optional<String> reason = fields.requiredText("reason", LONGEST_WORD, "it is printed on the page");
                    Optional<String> by = fields.requiredText("by", LONGEST_WORD, "somebody stands behind a waiver");
                    return until.isEmpty() || reason.isEmpty() || by.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Exemption(until.get(), reason.get(), by.get()));
                });
    }

    /** An instant, or a day that still counts to its end in UTC. */
    private Optional<Instant> until(String text, Place at) {
        try {
            return Optional.of(
                    text.indexOf('T') > 0
                            ? Instant.parse(text)
                            : LocalDate.parse(text)
                                    .plusDays(1)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant());
        } catch (DateTimeParseException e) {
            problems.add(
                    at,
                    "The exemption of " + owner + " ends " + Problems.quote(text) + ", which is not a date",
                    "it must end by itself",
                    "write YYYY-MM-DD, or an instant such as 2026-12-31T18:00:00Z");
            return Optional.empty();
        }
    }
}
