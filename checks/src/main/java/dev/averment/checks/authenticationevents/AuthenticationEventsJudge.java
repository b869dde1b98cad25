package dev.averment.checks.authenticationevents;

import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** As many entries as outcomes, of every outcome that there is, and nothing in them that must not be. */
final class AuthenticationEventsJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No outcome of authentication was caused.");
        }
        long causes = 0;
        for (Subject outcome : facts.subjects()) {
            long caused = FactReader.number(outcome.facts(), "caused", -1);
            long entries = FactReader.number(outcome.facts(), "entries", -1);
            if (caused < 0 || entries < 0) {
                return Judgement.unproven("How many entries " + outcome.name() + " left is not among the facts.");
            }
            if (caused != entries) {
                return Judgement.failing(outcome.name() + " was caused " + times(caused) + " and left "
                        + (entries == 1 ? "one entry" : entries == 0 ? "no entry" : entries + " entries") + ".");
            }
            causes += caused;
        }
        if (!(facts.values().get("secrets") instanceof List<?> secrets)) {
            return Judgement.unproven("Nobody looked for secrets in the entries.");
        }
        if (!secrets.isEmpty()) {
            return Judgement.failing("An entry holds " + secrets.getFirst() + ".");
        }
        List<String> outside = FactReader.texts(facts.values(), "notFromOutside");
        if (new SettingReader(expect).text("outcomes").orElse("").equals("all")) {
            List<String> missing = new ArrayList<>(FactReader.texts(facts.values(), "outcomes"));
            if (missing.isEmpty()) {
                return Judgement.unproven("Which outcomes there are is not among the facts.");
            }
            missing.removeAll(outside);
            List<String> leftOut = FactReader.texts(facts.values(), "notLookedAt");
            missing.removeIf(outcome -> leftOut.stream().anyMatch(outcome::startsWith));
            missing.removeAll(facts.subjects().stream().map(Subject::name).toList());
            if (!missing.isEmpty()) {
                return Judgement.unproven("This check did not cause " + String.join(", ", missing) + ".");
            }
        }
        return Judgement.proven(
                facts.subjects().size() + " outcomes, caused " + causes
                        + " times, left one entry each time, without a secret or an address in it; "
                        + String.join(" and ", outside)
                        + " can't be caused from outside under this page; sign-ins with others and ends of accounts were not looked at.");
    }

    private static String times(long count) {
        return count == 0 ? "not once" : count == 1 ? "once" : count + " times";
    }
}
