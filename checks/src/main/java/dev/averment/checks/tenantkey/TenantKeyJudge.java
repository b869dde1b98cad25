package dev.averment.checks.tenantkey;

import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Seen;
import java.time.Instant;
import java.util.Map;

/** Every table must have all three; a fact that is missing is no proof. */
final class TenantKeyJudge implements Judge {

    /** What else than whoever writes the row, or the context that he is in, says whose it is. */
    private static final Map<String, String> FILLED = Map.of(
            "constant", "has a default that is not the context's tenant",
            "computed", "is computed",
            "numbered", "is numbered");

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        boolean unknown = false;
        for (Subject table : facts.subjects()) {
            if (!(table.facts().get("column") instanceof String column)) {
                unknown = true;
            } else if (column.equals("missing")) {
                return Judgement.failing(
                        table.name() + " has no tenant column and is not on the list of global tables.");
            }
            for (Map.Entry<String, String> fact : Map.of(
                            "notNull", "may be null", "leadsPrimaryKey", "does not lead the primary key")
                    .entrySet()) {
                var seen = Seen.flag(table.facts(), fact.getKey());
                if (seen.isPresent() && !seen.get()) {
                    return Judgement.failing("In " + table.name() + " the tenant column " + fact.getValue() + ".");
                }
                unknown |= seen.isEmpty();
            }
        }
        for (Subject table : facts.subjects()) {
            String filled = Seen.text(table.facts(), "filledBy");
            String wrong = FILLED.get(filled);
            if (wrong != null) {
                return Judgement.failing("In " + table.name() + " the tenant column " + wrong
                        + ": a row without a tenant would get one.");
            }
            unknown |= !filled.equals("nothing") && !filled.equals("context");
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No table was found within reach of the application, so no key was looked at.");
        }
        if (unknown) {
            return Judgement.unproven("The facts are incomplete: not every key was looked at.");
        }
        return Judgement.proven("The tenant column is there, never null and first in the primary key of "
                + Seen.count(facts.subjects().size(), "table") + "; "
                + Seen.count(Seen.number(facts.values(), "globalTables").orElse(0), "table")
                + " listed as global by review.");
    }
}
