package dev.averment.checks.ingesttoken;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A token counts at its own monitor while it should, and one that nobody signed comes to nothing, before anybody is asked. */
final class IngestTokenJudge implements Judge {
    private static final Map<String, String> ONLY =
            Map.of("otherMonitor", "refused", "overlap", "bounded", "forged", "refused-without-query");

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            new SettingReader(expect).only(ONLY);
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        Set<String> looked = new HashSet<>();
        String unclear = "";
        for (Subject subject : facts.subjects()) {
            String name = subject.name();
            if (!(subject.facts().get("accepted") instanceof Boolean accepted)) {
                unclear = "It could not be tried: " + name + ".";
                continue;
            }
            looked.add(name);
            String status = " (status " + FactReader.number(subject.facts(), "status", 0) + ").";
            if (accepted && !IngestTokenCollector.ACCEPTED.contains(name)) {
                return Judgement.failing(
                        (FactReader.text(subject.facts(), "part").equals("forged")
                                        ? "A forged token is accepted: "
                                        : "A token is accepted where it must not count: ")
                                + name
                                + status);
            }
            if (!accepted && IngestTokenCollector.ACCEPTED.contains(name)) {
                return Judgement.failing("A token is refused where it should count: " + name + status);
            }
            if (IngestTokenCollector.FORGED.contains(name)) {
                switch (FactReader.text(subject.facts(), "asked")) {
                    case "no" -> {}
                    case "yes" -> {
                        return Judgement.failing(
                                "The database was asked before a forged token was refused: " + name + ".");
                    }
                    default ->
                        unclear =
                                "The database was never quiet for the time of one request, so whether it is asked about"
                                        + " a forged token can't be told; run the check again at a quieter time.";
                }
            }
        }
        if (!unclear.isEmpty()) {
            return Judgement.unproven(unclear);
        }
        for (Set<String> all :
                List.of(IngestTokenCollector.ACCEPTED, IngestTokenCollector.REFUSED, IngestTokenCollector.FORGED)) {
            for (String name : all) {
                if (!looked.contains(name)) {
                    return Judgement.unproven("Nobody tried this: " + name + ".");
                }
            }
        }
        return Judgement.proven(
                "A token counts at its own monitor and at no other, a replaced one for the overlap and not"
                        + " after; " + IngestTokenCollector.FORGED.size()
                        + " kinds of forged tokens were refused without a question to the database.");
    }
}
