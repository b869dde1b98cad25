package dev.averment.checks.crossreferences;

import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The catalog must say yes for every key, and no attempt may have worked. Keys that the canaries could not try count by the
 * catalog and are named; if none could be tried, nothing was shown.
 */
final class CrossReferencesJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        boolean unknown = false;
        List<String> untried = new ArrayList<>();
        for (Subject key : facts.subjects()) {
            Optional<Boolean> composite = Seen.flag(key.facts(), "composite");
            Optional<Boolean> own = Seen.flag(key.facts(), "usesOwnKey");
            Optional<Boolean> refused = Seen.flag(key.facts(), "insertRefused");
            boolean tried = Seen.is(key, "tried");
            if (tried && !refused.orElse(true)) {
                return Judgement.failing("A row could point at a row of another workspace through the foreign key of "
                        + key.name() + ".");
            }
            if (!composite.orElse(true)) {
                return Judgement.failing("The foreign key of " + key.name() + " does not pair the tenant columns.");
            }
            if (!own.orElse(true)) {
                return Judgement.failing(
                        "The foreign key of " + key.name() + " does not use the row's own tenant column.");
            }
            Optional<Boolean> enforced = Seen.flag(key.facts(), "enforced");
            if (!enforced.orElse(true)) {
                return Judgement.failing(
                        "The foreign key of " + key.name() + " is not enforced, not validated or disabled.");
            }
            unknown |= composite.isEmpty() || own.isEmpty() || enforced.isEmpty() || tried && refused.isEmpty();
            if (!tried) {
                untried.add(key.name());
            }
        }
        if (facts.values().get("gone") instanceof List<?> gone && !gone.isEmpty()) {
            return Judgement.failing("A foreign key that was reviewed is not there: " + gone.getFirst() + ".");
        }
        if (!Seen.flag(facts.values(), "triggersFire").orElse(true)) {
            return Judgement.failing(
                    "Sessions of the application's database role pass for a replica's, in which no foreign key is looked at.");
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No foreign key between tenant tables was found, so none was shown to hold.");
        }
        if (unknown) {
            return Judgement.unproven("The facts are incomplete: not every foreign key was looked at.");
        }
        if (untried.size() == facts.subjects().size()) {
            return Judgement.unproven(
                    "No foreign key could be tried with the canary rows; make a row of each table in both"
                            + " canary workspaces.");
        }
        return Judgement.proven(Seen.count(facts.subjects().size(), "foreign key")
                + " between tenant tables, each on the row's own tenant; crossing refused"
                + (untried.isEmpty() ? "." : ", by the catalog alone in " + Seen.some(untried) + "."));
    }
}
