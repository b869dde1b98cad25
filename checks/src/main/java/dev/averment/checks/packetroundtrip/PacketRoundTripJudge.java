package dev.averment.checks.packetroundtrip;

import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The packet holds, and no damaged copy does. */
final class PacketRoundTripJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        long packets = 0;
        long tried = 0;
        long claims = 0;
        for (Subject subject : facts.subjects()) {
            Map<String, Object> seen = subject.facts();
            switch (FactReader.text(seen, "kind")) {
                case "packet" -> {
                    if (!FactReader.is(seen, "holds")) {
                        String defect = FactReader.text(seen, "defect");
                        return Judgement.failing("The packet does not hold: "
                                + (defect.isEmpty()
                                        ? FactReader.number(seen, "lapsed", 0) + " of its verdicts have lapsed"
                                        : defect)
                                + ".");
                    }
                    packets++;
                    claims += FactReader.number(seen, "claims", 0);
                }
                case "damage" -> {
                    List<String> accepted = FactReader.texts(seen, "accepted");
                    if (!accepted.isEmpty()) {
                        return Judgement.failing(
                                "A damaged packet is accepted (" + subject.name() + ": " + accepted.getFirst() + ").");
                    }
                    if (FactReader.number(seen, "tried", 0) < 1) {
                        return Judgement.unproven("No damage was tried (" + subject.name() + ").");
                    }
                    tried += FactReader.number(seen, "tried", 0);
                }
                default -> {
                    return Judgement.unproven(subject.name() + " is no fact of this check.");
                }
            }
        }
        if (packets == 0 || tried == 0) {
            return Judgement.unproven("No packet was verified and damaged.");
        }
        return Judgement.proven("The packet holds with " + claims + " claims under the pinned key; " + tried
                + " damaged copies were refused.");
    }
}
