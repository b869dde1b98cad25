package dev.averment.checks.hardwarefactor;

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

/** Every operator has a key in hardware, and nobody operates anything with less. */
final class HardwareFactorJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            for (var only : Map.of("coverage", "all", "otherFactor", "refused").entrySet()) {
                String given = wanted.text(only.getKey()).orElse(only.getValue());
                if (!given.equals(only.getValue())) {
                    throw SettingReader.refused(only.getKey(), given, only.getValue());
                }
            }
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        long operators = 0;
        boolean tried = true;
        for (Subject subject : facts.subjects()) {
            switch (FactReader.text(subject.facts(), "kind")) {
                case "operator" -> {
                    long hardware = FactReader.number(subject.facts(), "hardware", -1);
                    if (hardware < 0) {
                        return Judgement.unproven("What factors " + subject.name() + " has is not among the facts.");
                    }
                    if (hardware == 0) {
                        return Judgement.failing("The account of " + subject.name()
                                + " has no passkey of which a trusted manufacturer vouches that it lies in hardware.");
                    }
                    operators++;
                }
                case "trial" -> {
                    if (!(subject.facts().get("operated") instanceof Boolean operated)) {
                        return Judgement.unproven("How far " + subject.name() + " got is not among the facts.");
                    }
                    if (operated) {
                        return Judgement.failing("The service could be operated by " + subject.name() + ".");
                    }
                    tried &= FactReader.is(subject.facts(), "signedIn");
                }
                default -> {
                    return Judgement.unproven("What " + subject.name() + " is, is not among the facts.");
                }
            }
        }
        List<String> trials = facts.subjects().stream().map(Subject::name).toList();
        if (!tried || !trials.containsAll(HardwareFactorCollector.TRIALS)) {
            return Judgement.unproven(
                    "Not every lesser factor could be shown, so that nothing can be said of its refusal.");
        }
        if (operators != FactReader.number(facts.values(), "operators", -1)) {
            return Judgement.unproven("Not every operator is among the facts.");
        }
        if (!FactReader.is(facts.values(), "opensAtAll")) {
            return Judgement.unproven("What only operators read opened to nobody, so that refusals say nothing.");
        }
        return Judgement.proven((operators == 0
                        ? "There is no operator's account but the check's own. "
                        : operators + " operators' accounts, each with a passkey in hardware. ")
                + "With a password alone, a code of an app, a recovery code and a passkey that is a program, it was"
                + " signed in each time and reached nothing that operators read.");
    }
}
