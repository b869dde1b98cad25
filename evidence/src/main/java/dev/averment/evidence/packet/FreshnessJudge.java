package dev.averment.evidence.packet;

import dev.averment.evidence.packet.PacketReport.Age;
import dev.averment.evidence.packet.PacketReport.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Judges each claim's age anew, by the reader's clock: a packet opened in a month says stale. */
final class FreshnessJudge {

    /** How far two honest clocks may differ. */
    static final Duration SKEW = Duration.ofMinutes(5);

    private FreshnessJudge() {}

    static List<Freshness> judge(Page page, Instant now) {
        return page.claims().stream().map(claim -> judge(claim, now)).toList();
    }

    private static Freshness judge(Claim claim, Instant now) {
        Verdict verdict = claim.verdict();
        Optional<Instant> past = claim.expires().filter(expires -> !now.isBefore(expires));
        if (claim.collected().filter(time -> time.isAfter(now.plus(SKEW))).isPresent()) {
            return new Freshness(claim.id(), verdict, Age.FUTURE, Optional.empty(), verdict.lapses());
        }
        if (past.isPresent()) {
            return new Freshness(claim.id(), verdict, Age.STALE, past, verdict.lapses());
        }
        if (claim.collected().isEmpty() && verdict != Verdict.EXEMPT) {
            return new Freshness(claim.id(), verdict, Age.NEVER, Optional.empty(), false);
        }
        return new Freshness(claim.id(), verdict, Age.FRESH, Optional.empty(), false);
    }
}
