package dev.averment.checks.subprocessors;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        long current = 0;
        long planned = 0;
        for (Subject entry : facts.subjects()) {
            if (FactReader.text(entry.facts(), "status").equals("planned")) {
                planned++;
                continue;
            }
            Optional<LocalDate> expires = FactReader.day(entry.facts(), "expires");
            if (expires.isPresent() && expires.get().isBefore(today)) {
                if (FactReader.is(entry.facts(), "listed")) {
                    return Judgement.failing(entry.name() + " is over since " + expires.get()
                            + " by the register, but still on the page.");
                }
                continue;
            }
            current++;
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
        if (current == 0) {
            return Judgement.unproven("The register of sub-processors has no entry that is in force.");
        }
        return Judgement.proven(current + " sub-processors, page and register agree"
                + (fields.isEmpty() ? "" : " on " + String.join(", ", fields))
                + (planned == 0 ? "" : "; " + planned + " that are planned do not count") + ".");
    }
}
