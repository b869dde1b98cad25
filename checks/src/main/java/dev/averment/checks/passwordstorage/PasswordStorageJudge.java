package dev.averment.checks.passwordstorage;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every stored form that was read has the promised figures, and an older one got them at the next sign-in. */
final class PasswordStorageJudge implements Judge {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s?(KiB|MiB|GiB)");

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No stored form was looked at.");
        }
        try {
            var wanted = new SettingReader(expect);
            for (Subject form : facts.subjects()) {
                Optional<Judgement> wrong = form(form, wanted);
                if (wrong.isPresent()) {
                    return wrong.get();
                }
            }
            boolean upgraded = facts.subjects().stream().anyMatch(s -> FactReader.is(s.facts(), "signedIn"));
            if (wanted.flag("upgrade") && !upgraded) {
                return Judgement.unproven("No older hash was put in place, so nothing is known of its replacement.");
            }
            return Judgement.proven("A password that was set through the interface is stored as "
                    + figures(facts.subjects().getFirst())
                    + (upgraded ? "; an older hash became that at the next sign-in." : "."));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Optional<Judgement> form(Subject form, SettingReader wanted) throws CollectException {
        if (form.facts().get("signedIn") instanceof Boolean in && !in) {
            return Optional.of(Judgement.failing(
                    "Nobody could sign in with an older hash of the right password, so it is never replaced."));
        }
        String hash = FactReader.text(form.facts(), "hash");
        String name = wanted.text("hash").orElse("");
        if (hash.isEmpty()) {
            return Optional.of(Judgement.unproven("The form of " + form.name() + " is not among the facts."));
        }
        if (!hash.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
            return Optional.of(
                    Judgement.failing("The stored form of " + form.name() + " is " + hash + ", not " + name + "."));
        }
        for (Figure figure : figures(wanted)) {
            long is = FactReader.number(form.facts(), figure.fact(), -1);
            if (is < 0) {
                return Optional.of(
                        Judgement.unproven("The stored form of " + form.name() + " shows no " + figure.word() + "."));
            }
            if (is < figure.least() || is > figure.most()) {
                return Optional.of(Judgement.failing("The stored form of " + form.name() + " has a " + figure.word()
                        + " of " + is + figure.unit() + " where "
                        + (figure.least() == figure.most() ? "" : "at least ") + figure.least() + figure.unit()
                        + " is promised."));
            }
        }
        return Optional.empty();
    }

    private record Figure(String fact, String word, String unit, long least, long most) {
        static Figure exactly(String fact, String word, String unit, long value) {
            return new Figure(fact, word, unit, value, value);
        }
    }

    private static List<Figure> figures(SettingReader wanted) throws CollectException {
        List<Figure> figures = new ArrayList<>();
        Optional<String> memory = wanted.text("memory");
        if (memory.isPresent()) {
            figures.add(Figure.exactly("memoryKiB", "memory", " KiB", kibibytes(memory.get())));
        }
        for (String name : List.of("time", "parallelism")) {
            if (wanted.has(name)) {
                figures.add(Figure.exactly(name, name, "", wanted.integer(name, 0)));
            }
        }
        SettingReader cost = wanted.map("cost");
        if (cost.has("exactly")) {
            figures.add(Figure.exactly("cost", "cost", "", cost.integer("exactly", 0)));
        } else if (cost.has("min")) {
            figures.add(new Figure("cost", "cost", "", cost.integer("min", 0), Long.MAX_VALUE));
        } else if (wanted.has("cost")) {
            throw SettingReader.refused("cost", "", "{exactly: N} or {min: N}");
        }
        return figures;
    }

    static long kibibytes(String size) throws CollectException {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            throw SettingReader.refused("memory", size, "a size such as 64MiB");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "KiB" -> number;
            case "MiB" -> number << 10;
            default -> number << 20;
        };
    }

    private static String figures(Subject form) {
        List<String> parts = new ArrayList<>();
        parts.add(FactReader.text(form.facts(), "hash"));
        long memory = FactReader.number(form.facts(), "memoryKiB", -1);
        if (memory >= 0) {
            parts.add(memory % 1024 == 0 ? (memory >> 10) + " MiB" : memory + " KiB");
        }
        for (String name : List.of("time", "cost", "parallelism")) {
            long figure = FactReader.number(form.facts(), name, -1);
            if (figure >= 0) {
                parts.add(name + " " + figure);
            }
        }
        return String.join(", ", parts);
    }
}
