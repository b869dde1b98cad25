package dev.averment.checks.packetroundtrip;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packet holds, is one of now, and no damaged copy holds. */
final class PacketRoundTripJudge implements Judge {

    private static final Duration MAX_AGE = Duration.ofMinutes(10);
    private static final Duration SKEW = Duration.ofMinutes(2);

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        Duration maxAge;
        try {
            maxAge = new SettingReader(expect).duration("maxAge").orElse(MAX_AGE);
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
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
                    Optional<String> old = old(seen, facts.observedAt(), maxAge);
                    if (old.isPresent()) {
                        return Judgement.failing("The packet " + old.get() + ".");
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
        return Judgement.proven("The packet is current and holds with " + claims + " claims under the pinned key; "
                + tried + " damaged copies were refused.");
    }

    /** Why the packet is not one of this page and of that moment. */
    private static Optional<String> old(Map<String, Object> seen, Instant observed, Duration maxAge) {
        if (!FactReader.is(seen, "ofThisPage")) {
            return Optional.of("is not of the page in force, but of another revision or another page");
        }
        Optional<Instant> created = FactReader.instant(seen, "created");
        if (created.isEmpty()) {
            return Optional.of("does not say when it was made");
        }
        if (created.get().isAfter(observed.plus(SKEW))) {
            return Optional.of("says that it was made at " + created.get() + ", which is to come");
        }
        if (created.get().isBefore(observed.minus(maxAge))) {
            return Optional.of("was made at " + created.get() + ", longer than " + maxAge.toSeconds() + " s ago");
        }
        long behind = FactReader.number(seen, "behind", Long.MAX_VALUE);
        if (behind > 0) {
            return Optional.of("rests on a checkpoint that is older than the log's"
                    + (behind == Long.MAX_VALUE ? "" : " by " + behind + " entries"));
        }
        return FactReader.is(seen, "sameLog")
                ? Optional.empty()
                : Optional.of("rests on a checkpoint that is not the log's own: the same size, and another root");
    }
}
