package dev.averment.checks.intakelimits;

import dev.averment.checks.CollectException;
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

/** Whatever was sent without end was refused in the end, and the refusal said when to come back. */
final class IntakeLimitsJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        var wanted = new SettingReader(expect);
        try {
            wanted.only(Map.of("beyond", "refused", "retryAfter", "present", "replicas", "shared"));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("Nothing was sent.");
        }
        List<String> said = new ArrayList<>();
        String unclear = "";
        for (Subject intake : facts.subjects()) {
            long tried = FactReader.number(intake.facts(), "tried", -1);
            if (tried < 1 || !(intake.facts().get("refused") instanceof Boolean refused)) {
                unclear = "How often " + intake.name() + " were tried is not among the facts.";
                continue;
            }
            if (!refused) {
                return Judgement.failing("Of " + tried + " " + intake.name() + " in a row none was refused.");
            }
            if (wanted.has("retryAfter") && FactReader.number(intake.facts(), "retryAfterSeconds", -1) < 1) {
                return Judgement.failing(
                        "The refusal of " + intake.name() + " does not say in Retry-After when to try again.");
            }
            said.add(intake.name() + " at try " + tried);
        }
        if (!unclear.isEmpty()) {
            return Judgement.unproven(unclear);
        }
        long servers = FactReader.number(facts.values(), "servers", 0);
        if (servers < 1) {
            return Judgement.unproven("On how many servers it was tried is not among the facts.");
        }
        return Judgement.proven("Refused with status 429 and a time to wait: " + String.join(", ", said)
                + ", counted on " + (servers == 1 ? "the one server that there is." : servers + " servers together."));
    }
}
