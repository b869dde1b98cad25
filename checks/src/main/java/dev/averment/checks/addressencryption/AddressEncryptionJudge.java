package dev.averment.checks.addressencryption;

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

/** What was planted is there, opens with its key, and stands nowhere in clear; and neither does the key. */
final class AddressEncryptionJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            new SettingReader(expect).only(Map.of("plaintext", "nowhere"));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No channel was set up.");
        }
        List<String> kinds = new ArrayList<>();
        String unclear = "";
        for (Subject kind : facts.subjects()) {
            if (!(kind.facts().get("inClear") instanceof List<?> places)) {
                unclear = "Where the " + kind.name() + " stands is not among the facts.";
                continue;
            }
            if (!places.isEmpty()) {
                return Judgement.failing("The " + kind.name() + " of a channel stands in clear in " + places.getFirst()
                        + (places.size() == 1 ? "." : " and " + (places.size() - 1) + " more."));
            }
            if (!FactReader.is(kind.facts(), "kept") || !FactReader.is(kind.facts(), "opens")) {
                unclear = "The " + kind.name()
                        + " of a channel can't be read with its key, so that it is nowhere says nothing.";
            }
            kinds.add(kind.name());
        }
        if (!(facts.values().get("keyPlaces") instanceof List<?> keyPlaces)
                || FactReader.number(facts.values(), "keys", 0) < 1) {
            return Judgement.unproven("Where the key stands is not among the facts.");
        }
        if (!keyPlaces.isEmpty()) {
            return Judgement.failing("The key of the channels' addresses stands in the database itself, in "
                    + keyPlaces.getFirst() + ".");
        }
        long tables = FactReader.number(facts.values(), "tables", 0);
        if (!unclear.isEmpty() || tables < 1) {
            return Judgement.unproven(unclear.isEmpty() ? "No table was looked through." : unclear);
        }
        return Judgement.proven(
                "In " + tables + " tables none of these stood in clear, nor the key under which they are kept: "
                        + String.join(", ", kinds) + ".");
    }
}
