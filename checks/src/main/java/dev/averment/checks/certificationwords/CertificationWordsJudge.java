package dev.averment.checks.certificationwords;

import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every certificate that a sentence implies has a record in force: done and not expired. A sentence about something planned
 * or in progress may rest on a milestone instead, which is dated and not overdue.
 */
final class CertificationWordsJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("The page has no text.");
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        long covered = 0;
        for (Subject text : facts.subjects()) {
            if (!(text.facts().get("findings") instanceof List<?>)) {
                return Judgement.unproven(text.name() + " was not read.");
            }
            for (Map<String, Object> finding : maps(text.facts(), "findings")) {
                if (maps(finding, "needs").isEmpty()) {
                    return Judgement.unproven(text.name() + " was not read.");
                }
                boolean hedged = FactReader.is(finding, "hedged");
                for (Map<String, Object> need : maps(finding, "needs")) {
                    boolean met = maps(need, "certificates").stream().anyMatch(entry -> inForce(entry, today))
                            || hedged && maps(need, "milestones").stream().anyMatch(entry -> onTheWay(entry, today));
                    if (!met) {
                        return Judgement.failing(text.name() + " says \"" + FactReader.text(finding, "sentence")
                                + "\", but no record in force covers \"" + FactReader.text(need, "word") + "\".");
                    }
                }
                covered++;
            }
        }
        return Judgement.proven(FactReader.number(facts.values(), "sentences", 0) + " sentences read; "
                + (covered == 0 ? "none implies a certificate." : covered + " that imply one have a record in force."));
    }

    private static boolean inForce(Map<String, Object> entry, LocalDate today) {
        return FactReader.text(entry, "status").equals("done")
                && FactReader.day(entry, "expires")
                        .map(day -> !day.isBefore(today))
                        .orElse(false);
    }

    private static boolean onTheWay(Map<String, Object> entry, LocalDate today) {
        Optional<LocalDate> dated = FactReader.day(entry, "dated");
        Optional<LocalDate> expires = FactReader.day(entry, "expires");
        if (dated.isEmpty() || expires.isPresent() && expires.get().isBefore(today)) {
            return false;
        }
        return switch (FactReader.text(entry, "status")) {
            case "planned" -> !dated.get().isBefore(today);
            case "in-progress" -> true;
            default -> false;
        };
    }

    private static List<Map<String, Object>> maps(Map<String, Object> facts, String name) {
        List<Map<String, Object>> maps = new ArrayList<>();
        if (facts.get(name) instanceof List<?> list) {
            for (Object each : list) {
                Map<String, Object> copy = new LinkedHashMap<>();
                if (each instanceof Map<?, ?> map) {
                    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
                }
                maps.add(copy);
            }
        }
        return maps;
    }
}
