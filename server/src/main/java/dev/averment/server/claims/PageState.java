package dev.averment.server.claims;

import dev.averment.claims.Audience;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page as it stands at one instant: every claim with its verdict. Immutable, made anew when a verdict changes.
 *
 * @param workspace whose page it is
 * @param revision  counts from 1; a changed file is a new revision
 * @param at        when freshness was judged
 * @param inForce   the entry of the log that put the revision in force; absent outside of a server
 */
public record PageState(
        UUID workspace,
        Page page,
        int revision,
        Instant at,
        List<ClaimState> claims,
        PagePromises.@Nullable Entry inForce) {

    public PageState {
        claims = List.copyOf(claims);
    }

    /** A state of which no packet can be made. */
    public PageState(UUID workspace, Page page, int revision, Instant at, List<ClaimState> claims) {
        this(workspace, page, revision, at, claims, null);
    }

    /** The same with the claims that {@code reader} may read only: what is counted and said of it is of those alone. */
    public PageState openTo(Audience reader) {
        return new PageState(
                workspace,
                page,
                revision,
                at,
                claims.stream()
                        .filter(c -> reader.mayRead(c.claim().audience()))
                        .toList(),
                inForce);
    }

    /** How many claims stand at each verdict; every verdict has an entry. */
    public Map<Verdict, Long> summary() {
        var counts = new java.util.EnumMap<Verdict, Long>(Verdict.class);
        for (Verdict v : Verdict.values()) {
            counts.put(v, claims.stream().filter(c -> c.verdict() == v).count());
        }
        return counts;
    }

    /**
     * A claim and what is known of it.
     *
     * @param since      when the present verdict began, absent when nothing was ever observed
     * @param observedAt of the oldest of the observations that the verdict rests on
     * @param reason     one sentence, of the check that decides
     */
    public record ClaimState(
            Claim claim,
            Verdict verdict,
            @Nullable Instant since,
            @Nullable Instant observedAt,
            String reason,
            List<CheckState> checks) {
        public ClaimState {
            checks = List.copyOf(checks);
        }
    }

    /**
     * A check of a claim and its latest observation.
     *
     * @param description what this check type looks at
     * @param blindSpots  what a pass does not show
     * @param observation the latest, absent when it never ran or its type isn't built yet
     */
    public record CheckState(
            CheckBinding binding,
            Verdict verdict,
            String reason,
            String description,
            List<String> blindSpots,
            @Nullable ObservationSummary observation) {
        public CheckState {
            blindSpots = List.copyOf(blindSpots);
        }
    }

    /**
     * One observation in short.
     *
     * @param leaf id of its leaf in the evidence log
     * @param seq  its place in the log, absent until it is integrated
     */
    public record ObservationSummary(
            UUID leaf, @Nullable Long seq, Instant observedAt, Instant receivedAt, Verdict verdict, int subjects) {}
}
