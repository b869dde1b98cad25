package dev.averment.checks.isolationcatalog;

import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any finding of a blocking rule refutes; no tenant table, or a catalog that was not looked at whole, proves nothing. */
final class IsolationCatalogJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        if (!(facts.values().get("findings") instanceof List<?> findings)) {
            return Judgement.unproven("The facts hold no list of findings, so nothing is known about the catalog.");
        }
        long blocking = 0;
        long advice = 0;
        String first = null;
        for (Object one : findings) {
            Map<?, ?> finding = one instanceof Map<?, ?> map ? map : Map.of();
            String id = String.valueOf(finding.get("rule"));
            Optional<Rule> rule = Rule.of(id);
            if (rule.map(Rule::advisory).orElse(false)) {
                advice++;
                continue;
            }
            blocking++;
            if (first == null) {
                first = rule.map(Rule::meaning).orElse("An unknown rule was broken") + ": " + finding.get("object")
                        + " (" + finding.get("detail") + "; " + id + ").";
            }
        }
        if (first != null) {
            return Judgement.failing(
                    blocking == 1 ? first : first + " " + Seen.count(blocking, "finding") + " in all.");
        }
        for (Subject table : facts.subjects()) {
            if (!Seen.is(table, "rls") || !Seen.is(table, "forced")) {
                return Judgement.failing("Row-level security is not both enabled and forced on " + table.name() + ".");
            }
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven(
                    "No table with the tenant column was found, so nothing was shown to be isolated.");
        }
        if (Seen.number(facts.values(), "rules").orElse(0) < Rule.values().length) {
            return Judgement.unproven("Not every rule was looked at, so the catalog is known in part only.");
        }
        return Judgement.proven(Seen.count(facts.subjects().size(), "tenant table")
                + " under forced row-level security; " + Rule.values().length + " rules, no finding"
                + (advice == 0 ? "." : ", " + Seen.count(advice, "piece") + " of advice on indexes."));
    }
}
