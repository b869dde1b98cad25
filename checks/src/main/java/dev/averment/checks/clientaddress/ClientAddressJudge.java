package dev.averment.checks.clientaddress;

import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** No header changed the address that was noted. */
final class ClientAddressJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        Optional<String> wanted = new SettingReader(expect).text("untrustedHop");
        if (wanted.isPresent() && !wanted.get().equals("ignored")) {
            return Judgement.unproven(SettingReader.refused("untrustedHop", wanted.get(), "ignored")
                    .getMessage());
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No forwarding header was tried.");
        }
        for (Subject header : facts.subjects()) {
            if (!(header.facts().get("taken") instanceof Boolean taken)) {
                return Judgement.unproven("What became of " + header.name() + " is not among the facts.");
            }
            if (taken) {
                return Judgement.failing(
                        "The server took the client's address from " + header.name() + ", which anybody can write.");
            }
        }
        if (!(facts.values().get("sameAddress") instanceof Boolean same)) {
            return Judgement.unproven("Which address was noted is not among the facts.");
        }
        return same
                ? Judgement.proven(facts.subjects().size()
                        + " forwarding headers from an untrusted hop changed nothing about the client's address.")
                : Judgement.failing(
                        "With forwarding headers from an untrusted hop, another address was noted than without.");
    }
}
