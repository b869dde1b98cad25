package dev.averment.checks.totp;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every code once, none of another time, nothing kept that could be shown. */
final class TotpJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            for (var only : Map.of("replay", "refused", "drift", "bounded", "recoveryCodes", "hashed")
                    .entrySet()) {
                String given = wanted.text(only.getKey()).orElse(only.getValue());
                if (!given.equals(only.getValue())) {
                    throw SettingReader.refused(only.getKey(), given, only.getValue());
                }
            }
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No authenticator app was enrolled.");
        }
        for (Subject subject : facts.subjects()) {
            Optional<Judgement> wrong = judged(subject, facts);
            if (wrong.isPresent()) {
                return wrong.get();
            }
        }
        for (String part :
                List.of(TotpCollector.AGAIN, TotpCollector.OTHER_TIME, TotpCollector.RECOVERY, TotpCollector.SEED)) {
            if (facts.subjects().stream().noneMatch(s -> s.name().equals(part))) {
                return Judgement.unproven("Nobody looked at " + part + ".");
            }
        }
        return Judgement.proven("A used code was refused, also that of the enrolment; codes for "
                + 30 * FactReader.number(facts.values(), "stepsOff", 0)
                + " seconds earlier or later were refused; the seed is kept sealed, and recovery codes as SHA-256, each good"
                + " once.");
    }

    private static Optional<Judgement> judged(Subject subject, Facts facts) {
        return switch (subject.name()) {
            case TotpCollector.AGAIN -> again(subject);
            case TotpCollector.OTHER_TIME -> otherTime(subject, FactReader.number(facts.values(), "stepsOff", 0));
            case TotpCollector.RECOVERY -> recovery(subject);
            case TotpCollector.SEED -> seed(subject);
            default -> unproven("What " + subject.name() + " is, is not among the facts.");
        };
    }

    private static Optional<Judgement> failing(String reason) {
        return Optional.of(Judgement.failing(reason));
    }

    private static Optional<Judgement> unproven(String reason) {
        return Optional.of(Judgement.unproven(reason));
    }

    private static boolean lacks(Subject subject, String... facts) {
        for (String fact : facts) {
            if (!(subject.facts().get(fact) instanceof Boolean)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Judgement> again(Subject codes) {
        if (lacks(codes, "ofEnrolment", "first", "second")) {
            return unproven("Whether a used code was accepted is not among the facts.");
        }
        if (FactReader.is(codes.facts(), "second")) {
            return failing("A code that had signed somebody in was accepted again.");
        }
        if (FactReader.is(codes.facts(), "ofEnrolment")) {
            return failing("The code that enrolled an app was accepted again at the next sign-in.");
        }
        return FactReader.is(codes.facts(), "first")
                ? Optional.empty()
                : unproven(
                        "A code that was right was refused, so its refusal afterwards says nothing; see that the clocks of"
                                + " this machine and the service agree.");
    }

    private static Optional<Judgement> otherTime(Subject codes, long steps) {
        if (lacks(codes, "old", "coming", "present")) {
            return unproven("Whether codes of another time were accepted is not among the facts.");
        }
        if (FactReader.is(codes.facts(), "old") || FactReader.is(codes.facts(), "coming")) {
            return failing("A code for a time " + 30 * steps + " seconds "
                    + (FactReader.is(codes.facts(), "old") ? "ago" : "ahead") + " was accepted.");
        }
        return FactReader.is(codes.facts(), "present")
                ? Optional.empty()
                : unproven("The present code was refused, too, so the refusal of others says nothing.");
    }

    private static Optional<Judgement> recovery(Subject codes) {
        if (lacks(codes, "first", "second") || !(codes.facts().get("inClear") instanceof List<?> places)) {
            return unproven("What is kept of recovery codes is not among the facts.");
        }
        if (!places.isEmpty()) {
            return failing("A recovery code lies in clear in " + places.getFirst() + ".");
        }
        if (FactReader.is(codes.facts(), "second")) {
            return failing("A used recovery code was accepted again.");
        }
        long made = FactReader.number(codes.facts(), "codes", 0);
        if (made < 1) {
            return unproven("No recovery codes were made.");
        }
        long hashed = FactReader.number(codes.facts(), "hashed", -1);
        if (hashed != made) {
            return failing("Of " + made + " recovery codes, " + Math.max(0, hashed) + " are kept as their SHA-256.");
        }
        return FactReader.is(codes.facts(), "first")
                ? Optional.empty()
                : unproven("A good recovery code was refused, so its refusal afterwards says nothing.");
    }

    private static Optional<Judgement> seed(Subject seed) {
        if (lacks(seed, "kept", "sealed") || !(seed.facts().get("inClear") instanceof List<?> places)) {
            return unproven("What is kept of the seed is not among the facts.");
        }
        if (!places.isEmpty()) {
            return failing("The seed of an app lies in clear in " + places.getFirst() + ".");
        }
        if (!FactReader.is(seed.facts(), "kept")) {
            return unproven("What is kept of the seed was not found.");
        }
        return FactReader.is(seed.facts(), "sealed")
                ? Optional.empty()
                : failing("The seed of an app is kept unsealed.");
    }
}
