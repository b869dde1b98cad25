package dev.averment.checks.cookierules;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.CookieJudgement;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** Every cookie is as promised, an altered one is refused, and the key that signs is not older than it may be. */
final class CookieRulesJudge implements Judge {
    /** Keys are replaced by a loop that looks every hour. */
    private static final Duration LATE = Duration.ofHours(2);

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("Signing in set no cookie.");
        }
        try {
            var wanted = new SettingReader(expect);
            Optional<Judgement> wrong = CookieJudgement.of(facts.subjects(), wanted)
                    .or(() -> facts.subjects().stream()
                            .flatMap(cookie -> use(cookie).stream())
                            .findFirst())
                    .or(() -> keys(facts, wanted, now));
            return wrong.orElseGet(() -> Judgement.proven(count(facts.subjects().size())
                    + " with the attributes that are promised, for this host only; with an altered signature "
                    + (facts.subjects().size() == 1 ? "it was" : "they were") + " refused."));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static String count(int cookies) {
        return cookies == 1 ? "Signing in sets one cookie" : "Signing in sets " + cookies + " cookies";
    }

    private static Optional<Judgement> use(Subject cookie) {
        if (!(cookie.facts().get("alteredAccepted") instanceof Boolean altered)) {
            return Optional.of(Judgement.unproven("No altered copy of " + cookie.name() + " was tried."));
        }
        if (altered) {
            return Optional.of(
                    Judgement.failing("With an altered signature " + cookie.name() + " was accepted all the same."));
        }
        if (!FactReader.is(cookie.facts(), "accepted")) {
            return Optional.of(Judgement.unproven("Unaltered, " + cookie.name()
                    + " was refused as well, so the refusal of the altered one says nothing."));
        }
        if (FactReader.is(cookie.facts(), "hostPrefix")
                && !FactReader.text(cookie.facts(), "path").equals("/")) {
            return Optional.of(Judgement.failing(
                    "A browser refuses " + cookie.name() + ": the prefix __Host- asks for the path /."));
        }
        return Optional.empty();
    }

    private static Optional<Judgement> keys(Facts facts, SettingReader wanted, Instant now) {
        boolean rotating = wanted.text("signature").orElse("").equals("rotating");
        boolean bounded = wanted.text("overlap").orElse("").equals("bounded");
        if (!rotating && !bounded) {
            return Optional.empty();
        }
        Optional<Instant> newest = FactReader.instant(facts.values(), "newestKey");
        Optional<Duration> life = duration(facts, "keyLife");
        Optional<Duration> overlap = duration(facts, "keyOverlap");
        if (newest.isEmpty() || life.isEmpty() || overlap.isEmpty()) {
            return Optional.of(
                    Judgement.unproven(
                            "How old the key is that signs cookies is not among the facts: the target does not show its keys."));
        }
        Duration age = Duration.between(newest.get(), now);
        if (rotating && age.compareTo(life.get().plus(LATE)) > 0) {
            return Optional.of(Judgement.failing("The key that signs cookies is " + age.toDays()
                    + " days old; it must be replaced after " + life.get().toDays() + "."));
        }
        // Bounded means that a key which no longer signs is good for no longer than one that does.
        if (bounded && (overlap.get().isNegative() || overlap.get().compareTo(life.get()) > 0)) {
            return Optional.of(Judgement.failing(
                    "A replaced key is accepted for " + overlap.get().toDays() + " days, longer than a key signs."));
        }
        return Optional.empty();
    }

    private static Optional<Duration> duration(Facts facts, String name) {
        try {
            return Optional.of(Duration.parse(FactReader.text(facts.values(), name)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
