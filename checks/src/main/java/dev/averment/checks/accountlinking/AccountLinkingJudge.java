package dev.averment.checks.accountlinking;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A link comes of its person's own will from a fresh session, and of nothing else. */
final class AccountLinkingJudge implements Judge {
    private static final Map<String, String> ONLY =
            Map.of("session", "fresh", "unverifiedMail", "refused", "lastMethod", "kept");

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            for (Map.Entry<String, String> only : ONLY.entrySet()) {
                String given = wanted.text(only.getKey()).orElse(only.getValue());
                if (!given.equals(only.getValue())) {
                    throw SettingReader.refused(only.getKey(), given, only.getValue());
                }
            }
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        Set<String> looked = new HashSet<>();
        String unclear = "";
        for (Subject subject : facts.subjects()) {
            if (!FactReader.is(subject.facts(), "made") || !(subject.facts().get("done") instanceof Boolean done)) {
                unclear = "It could not be tried: " + subject.name() + ".";
                continue;
            }
            looked.add(subject.name());
            if (done && LinkTrial.REFUSED.contains(subject.name())) {
                return Judgement.failing("It is done, and should be refused: " + subject.name() + ".");
            }
            if (!done && LinkTrial.WORKS.contains(subject.name())) {
                return Judgement.failing("It does not work: " + subject.name() + " (status "
                        + FactReader.number(subject.facts(), "status", 0) + ").");
            }
        }
        if (!unclear.isEmpty()) {
            return Judgement.unproven(unclear);
        }
        for (var all : java.util.List.of(LinkTrial.WORKS, LinkTrial.REFUSED)) {
            for (String name : all) {
                if (!looked.contains(name)) {
                    return Judgement.unproven("Nobody tried this: " + name + ".");
                }
            }
        }
        return Judgement.proven("An account was linked by its person with a fresh proof, and the link removed again; "
                + LinkTrial.REFUSED.size()
                + " other ways to make or remove a link were refused, those by address alone among them.");
    }
}
