package dev.averment.checks.secondfactor;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Every operator has a second factor, and without one nobody operates anything. */
final class SecondFactorJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            for (var only :
                    Map.of("coverage", "all", "withoutFactor", "enrolment-only").entrySet()) {
                String given = wanted.text(only.getKey()).orElse(only.getValue());
                if (!given.equals(only.getValue())) {
                    throw SettingReader.refused(only.getKey(), given, only.getValue());
                }
            }
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        long operators = 0;
        for (Subject subject : facts.subjects()) {
            if (FactReader.text(subject.facts(), "kind").equals("operator")) {
                long apps = FactReader.number(subject.facts(), "apps", -1);
                long passkeys = FactReader.number(subject.facts(), "passkeys", -1);
                if (apps < 0 || passkeys < 0) {
                    return Judgement.unproven("What factors " + subject.name() + " has is not among the facts.");
                }
                if (apps + passkeys == 0) {
                    return Judgement.failing("The account of " + subject.name() + " has no second factor.");
                }
                operators++;
            }
        }
        if (operators != FactReader.number(facts.values(), "operators", -1)) {
            return Judgement.unproven("Not every operator is among the facts.");
        }
        Optional<Subject> without = named(facts, SecondFactorCollector.WITHOUT);
        Optional<Subject> with = named(facts, SecondFactorCollector.WITH);
        if (without.isEmpty()
                || with.isEmpty()
                || !(without.get().facts().get("operated") instanceof Boolean operated)) {
            return Judgement.unproven("Nobody tried to operate the service without a second factor.");
        }
        if (operated) {
            return Judgement.failing("An operator who signed in with a password alone could operate the service.");
        }
        if (!FactReader.is(without.get().facts(), "enrolment")) {
            return Judgement.failing("An operator without a second factor does not reach its enrolment.");
        }
        // A stricter page refuses an app's code as well; then it is the other credential that shows the door to be one.
        boolean stricter = !FactReader.text(with.get().facts(), "demanded").isEmpty();
        if (stricter
                ? !FactReader.is(facts.values(), "opensAtAll")
                : !FactReader.is(with.get().facts(), "operated")) {
            return Judgement.unproven(
                    "What only operators read opened to nobody, so that the refusal without a factor says nothing.");
        }
        return Judgement.proven((operators == 0
                        ? "There is no operator's account but the check's own. "
                        : operators + " operators' accounts, each with a second factor. ")
                + "With a password alone it reached the enrolment of a factor and nothing that operators read; "
                + (stricter ? "an app's code was not enough either." : "with a code of an app it did."));
    }

    private static Optional<Subject> named(Facts facts, String name) {
        return facts.subjects().stream().filter(s -> s.name().equals(name)).findFirst();
    }
}
