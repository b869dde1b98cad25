package dev.averment.checks.httpheaders;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every route carries what is expected; the first that doesn't is named. */
final class HttpHeadersJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            return judge(facts, new SettingReader(expect));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Judgement judge(Facts facts, SettingReader expect) throws CollectException {
        List<Subject> overTls = ofKind(facts, "tls");
        List<Subject> inPlain = ofKind(facts, "plain");
        if (overTls.isEmpty()) {
            return Judgement.unproven("No route was looked at; a target file names them under web.paths.");
        }
        if (!expect.has("headers") && !expect.has("hsts") && !expect.has("plain")) {
            return Judgement.unproven("The check expects nothing; give headers, hsts or plain under expect.");
        }
        Map<String, Object> headers = expect.entries("headers");
        List<String> recorded = FactReader.texts(facts.values(), "recorded");
        for (Map.Entry<String, Object> wanted : headers.entrySet()) {
            String name = wanted.getKey().toLowerCase(Locale.ROOT);
            if (!recorded.contains(name)) {
                return Judgement.unproven("The header " + wanted.getKey()
                        + " was not written down; name it in the setting headers under with.");
            }
            HeaderPattern pattern = new HeaderPattern(wanted.getValue().toString());
            for (Subject subject : overTls) {
                String value = FactReader.text(subject.facts(), name);
                if (!pattern.matches(value)) {
                    return Judgement.failing(first(subject) + (value.isEmpty() ? " lacks " : " sends ")
                            + wanted.getKey() + (value.isEmpty() ? "" : ": " + clip(value)) + "; expected "
                            + pattern.pattern() + ".");
                }
            }
        }
        if (expect.has("hsts")) {
            Optional<Judgement> refuted = hsts(overTls, expect.map("hsts"));
            if (refuted.isPresent()) {
                return refuted.get();
            }
        }
        if (expect.has("plain")) {
            Optional<Judgement> refuted = plain(inPlain, expect.text("plain").orElse(""));
            if (refuted.isPresent()) {
                return refuted.get();
            }
        }
        return Judgement.proven(FactReader.number(facts.values(), "routes", 0)
                + " routes, as a program and as a browser ask, a missing path, other methods"
                + (FactReader.is(facts.values(), "malformedAnswered") ? " and malformed requests" : "")
                + " are answered as promised"
                + (expect.has("plain") ? plainWords(inPlain) : "") + ".");
    }

    private static Optional<Judgement> hsts(List<Subject> subjects, SettingReader expect) throws CollectException {
        Duration least = expect.duration("minAge").orElse(Duration.ofSeconds(1));
        boolean subdomains = expect.flag("subdomains");
        boolean preload = expect.flag("preload");
        for (Subject subject : subjects) {
            String value = FactReader.text(subject.facts(), "strict-transport-security");
            if (value.isEmpty()) {
                return Optional.of(Judgement.failing(first(subject) + " lacks Strict-Transport-Security."));
            }
            Optional<Hsts> hsts = Hsts.parse(value);
            if (hsts.isEmpty()) {
                return Optional.of(Judgement.failing(first(subject)
                        + " sends Strict-Transport-Security more than once, or one that browsers ignore: " + clip(value)
                        + "."));
            }
            if (hsts.get().maxAge() < least.toSeconds()) {
                return Optional.of(Judgement.failing(first(subject) + " sends Strict-Transport-Security with max-age "
                        + hsts.get().maxAge() + " s; promised are " + least.toSeconds() + " s."));
            }
            if (subdomains && !hsts.get().subdomains()) {
                return Optional.of(Judgement.failing(
                        first(subject) + " sends Strict-Transport-Security without includeSubDomains."));
            }
            if (preload && !hsts.get().preload()) {
                return Optional.of(
                        Judgement.failing(first(subject) + " sends Strict-Transport-Security without preload."));
            }
        }
        return Optional.empty();
    }

    private static Optional<Judgement> plain(List<Subject> subjects, String rule) {
        if (!rule.equals("refused-or-redirected")) {
            return Optional.of(Judgement.unproven("The setting plain is \"" + rule
                    + "\", but must be refused-or-redirected; correct it in the page file."));
        }
        if (subjects.isEmpty()) {
            return Optional.of(Judgement.unproven("Plain HTTP was not tried."));
        }
        for (Subject subject : subjects) {
            switch (FactReader.text(subject.facts(), "outcome")) {
                case "refused", "redirected", "read-on-loopback" -> {}
                default -> {
                    return Optional.of(Judgement.failing(
                            first(subject) + " is answered without TLS, neither refused nor redirected to https."));
                }
            }
        }
        return Optional.empty();
    }

    private static String plainWords(List<Subject> subjects) {
        boolean reading = subjects.stream()
                .anyMatch(s -> FactReader.text(s.facts(), "outcome").equals("read-on-loopback"));
        return reading
                ? "; plain HTTP serves public pages on loopback only, all else is refused or redirected"
                : "; plain HTTP is refused or redirected";
    }

    private static List<Subject> ofKind(Facts facts, String kind) {
        return facts.subjects().stream()
                .filter(subject -> FactReader.text(subject.facts(), "kind").equals(kind))
                .toList();
    }

    private static String first(Subject subject) {
        List<String> routes = FactReader.texts(subject.facts(), "routes");
        return routes.isEmpty() ? subject.name() : routes.getFirst();
    }

    private static String clip(String value) {
        return value.length() > 120 ? value.substring(0, 120) + "…" : value;
    }
}
