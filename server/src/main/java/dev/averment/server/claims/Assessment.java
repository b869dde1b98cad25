package dev.averment.server.claims;

import dev.averment.checks.CheckType;
import dev.averment.checks.Judgement;
import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.prove.Standing;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Verdict;
import dev.averment.server.claims.ObservationStore.Latest;
import dev.averment.server.claims.PageState.CheckState;
import dev.averment.server.claims.PageState.ClaimState;
import dev.averment.server.claims.PageState.ObservationSummary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the latest observations to verdicts, as of an instant. Pure: the same arguments give the same answer. */
final class Assessment {
    private final CheckTypes types;

    Assessment(CheckTypes types) {
        this.types = types;
    }

    /** The state of {@code claim} at {@code now}, without the moment since when it stands. */
    ClaimState assess(Claim claim, Map<String, Latest> latest, Instant now) {
        var checks = new ArrayList<CheckState>();
        for (CheckBinding binding : claim.checks()) {
            checks.add(check(binding, latest.get(claim.id() + "/" + binding.id()), now));
        }
        Verdict worst = Verdict.worst(checks.stream().map(CheckState::verdict).toList());
        String reason = checks.stream()
                .filter(c -> c.verdict() == worst)
                .findFirst()
                .map(CheckState::reason)
                .orElse("no check is bound to this sentence");
        Instant oldest = checks.stream()
                .map(CheckState::observation)
                .map(o -> o == null ? null : o.observedAt())
                .filter(java.util.Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
        Standing standing =
                worst.holds() ? new Standing(worst, reason) : new Standing(worst, reason).under(claim.exemption(), now);
        return new ClaimState(claim, standing.verdict(), null, oldest, standing.reason(), checks);
    }

    /**
     * When the verdict {@code seen} began, which nobody may have been there to see: proofs lapse and exemptions end at their
     * own time. Nothing begins before {@code earliest}.
     *
     * @param before the verdict until then
     */
    Instant began(Verdict before, ClaimState seen, Instant earliest, Instant now) {
        Instant moment = now;
        if (before == Verdict.EXEMPT) {
            var exemption = seen.claim().exemption();
            moment = exemption != null && exemption.until().isBefore(now) ? exemption.until() : now;
        } else if (before.holds() && seen.verdict() == Verdict.STALE) {
            for (CheckState check : seen.checks()) {
                ObservationSummary looked = check.observation();
                if (check.verdict() == Verdict.STALE && looked != null) {
                    Instant lapse = looked.observedAt().plus(check.binding().valid());
                    moment = lapse.isBefore(moment) ? lapse : moment;
                }
            }
        }
        return (moment.isBefore(earliest) ? earliest : moment).truncatedTo(ChronoUnit.MICROS);
    }

    private CheckState check(CheckBinding binding, @Nullable Latest latest, Instant now) {
        return switch (types.find(binding.type())) {
            case CheckTypes.Built built -> built(binding, built.type(), latest, now);
            case CheckTypes.Planned planned ->
                new CheckState(
                        binding,
                        Verdict.UNPROVEN,
                        "no check of this type yet: it will " + planned.will(),
                        planned.will(),
                        List.of(),
                        null);
            case CheckTypes.Unknown _ ->
                new CheckState(
                        binding,
                        Verdict.UNPROVEN,
                        "this server knows no check type " + binding.type(),
                        "",
                        List.of(),
                        null);
        };
    }

    private static CheckState built(CheckBinding binding, CheckType type, @Nullable Latest latest, Instant now) {
        if (latest == null) {
            return new CheckState(
                    binding, Verdict.UNPROVEN, "not looked at yet", type.description(), type.blindSpots(), null);
        }
        ObservationSummary seen = latest.summary();
        Standing standing =
                Standing.of(new Judgement(seen.verdict(), latest.reason()), seen.observedAt(), binding.valid(), now);
        return new CheckState(
                binding, standing.verdict(), standing.reason(), type.description(), type.blindSpots(), seen);
    }
}
