package dev.averment.checks.ratelimit;

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

/** Every way was refused in the end, and the refusal said when to come back. */
final class RateLimitJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No way in was tried.");
        }
        var wanted = new SettingReader(expect);
        List<String> said = new ArrayList<>();
        for (Subject path : facts.subjects()) {
            long tried = FactReader.number(path.facts(), "tried", -1);
            if (tried < 1 || !(path.facts().get("refused") instanceof Boolean refused)) {
                return Judgement.unproven("How often " + path.name() + " was tried is not among the facts.");
            }
            if (!refused) {
                return Judgement.failing(capital(path.name()) + " was not refused in " + tried + " tries in a row.");
            }
            long seconds = FactReader.number(path.facts(), "retryAfterSeconds", -1);
            if (wanted.text("retryAfter").orElse("").equals("present") && seconds < 1) {
                return Judgement.failing(
                        "The refusal of " + path.name() + " does not say in Retry-After when to try again.");
            }
            said.add(path.name() + " at try " + tried);
        }
        long servers = FactReader.number(facts.values(), "servers", 0);
        if (servers < 1) {
            return Judgement.unproven("On how many servers it was tried is not among the facts.");
        }
        return Judgement.proven("Refused with status 429 and a time to wait: " + String.join(", ", said)
                + ", counted on " + (servers == 1 ? "the one server that there is." : servers + " servers together."));
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
    }
}
