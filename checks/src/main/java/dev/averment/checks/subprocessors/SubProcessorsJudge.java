package dev.averment.checks.subprocessors;

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

/** Register and page name the same processors, with every demanded field in both. */
final class SubProcessorsJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        List<String> fields;
        try {
            fields = new SettingReader(expect).texts("fields");
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        List<String> onlyOnPage = FactReader.texts(facts.values(), "onlyOnPage");
        if (!onlyOnPage.isEmpty()) {
            return Judgement.failing("The page lists " + onlyOnPage.getFirst() + ", which the register does not have.");
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("The register of sub-processors is empty.");
        }
        for (Subject entry : facts.subjects()) {
            if (!FactReader.is(entry.facts(), "listed")) {
                return Judgement.failing(entry.name() + " is in the register, but not on the page.");
            }
            for (String field : fields) {
                if (!FactReader.texts(entry.facts(), "registered").contains(field)) {
                    return Judgement.failing(entry.name() + " has no " + field + " in the register.");
                }
                if (!FactReader.texts(entry.facts(), "published").contains(field)) {
                    return Judgement.failing(
                            "The page does not show the " + field + " of " + entry.name() + " as the register has it.");
                }
            }
        }
        return Judgement.proven(facts.subjects().size() + " sub-processors, page and register agree"
                + (fields.isEmpty() ? "" : " on " + String.join(", ", fields)) + ".");
    }
}
