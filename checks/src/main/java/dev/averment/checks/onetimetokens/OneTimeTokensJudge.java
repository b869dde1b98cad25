package dev.averment.checks.onetimetokens;

import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each kind worked once and not twice, nothing but its hash was found, and it ends within the bound of its kind. */
final class OneTimeTokensJudge implements Judge {
    /** ASVS 6.5.5 asks for ten minutes; an hour is what people still call soon. */
    private static final Duration LONGEST_RESET = Duration.ofHours(1);

    private static final Duration LONGEST = Duration.ofDays(7);

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No mailed token was looked at.");
        }
        var wanted = new SettingReader(expect);
        boolean hash = wanted.text("stored").orElse("").equals("hash");
        boolean once = wanted.text("uses").orElse("").equals("once");
        boolean expires = wanted.text("expires").orElse("").equals("true");
        for (Subject token : facts.subjects()) {
            Optional<Judgement> wrong =
                    stored(token, hash).or(() -> uses(token, once)).or(() -> expiry(token, expires));
            if (wrong.isPresent()) {
                return wrong.get();
            }
        }
        return Judgement.proven("Mailed tokens for "
                + String.join(
                        " and ", facts.subjects().stream().map(Subject::name).toList())
                + " worked once and were then refused, as was an expired one; of each only the hash was found in "
                + FactReader.number(facts.values(), "columnsSearched", 0) + " columns.");
    }

    private static Optional<Judgement> stored(Subject token, boolean hash) {
        if (!hash) {
            return Optional.empty();
        }
        if (!(token.facts().get("inClear") instanceof List<?> places)
                || FactReader.number(token.facts(), "kept", 0) < 1) {
            return Optional.of(
                    Judgement.unproven("What is kept of a " + token.name() + " token is not among the facts."));
        }
        if (!places.isEmpty()) {
            return Optional.of(
                    Judgement.failing("A " + token.name() + " token lies in clear in " + places.getFirst() + "."));
        }
        String stored = FactReader.text(token.facts(), "stored");
        return stored.equals("SHA-256")
                ? Optional.empty()
                : Optional.of(Judgement.failing(
                        "What is kept of a " + token.name() + " token is " + stored + ", not its hash."));
    }

    private static Optional<Judgement> uses(Subject token, boolean once) {
        if (!once) {
            return Optional.empty();
        }
        if (!(token.facts().get("firstUse") instanceof Boolean first)
                || !(token.facts().get("secondUse") instanceof Boolean second)) {
            return Optional.of(Judgement.unproven("A " + token.name() + " token was not used."));
        }
        if (!first) {
            return Optional.of(Judgement.unproven(
                    "A new " + token.name() + " token was refused, so that it was refused again says nothing."));
        }
        return second
                ? Optional.of(Judgement.failing("A " + token.name() + " token was accepted a second time."))
                : Optional.empty();
    }

    private static Optional<Judgement> expiry(Subject token, boolean expires) {
        if (!expires) {
            return Optional.empty();
        }
        long life = FactReader.number(token.facts(), "lifeSeconds", -1);
        if (life < 0 || !(token.facts().get("expiredUse") instanceof Boolean expired)) {
            return Optional.of(Judgement.unproven("When a " + token.name() + " token expires is not among the facts."));
        }
        if (expired) {
            return Optional.of(Judgement.failing("An expired " + token.name() + " token was accepted."));
        }
        Duration most = token.name().equals(OneTimeTokensCollector.RESET) ? LONGEST_RESET : LONGEST;
        return life > most.toSeconds()
                ? Optional.of(Judgement.failing("A " + token.name() + " token lives for " + life + " s; more than "
                        + most.toSeconds() + " s is no expiry."))
                : Optional.empty();
    }
}
