package dev.averment.checks.prove;

import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole page, looked at once.
 *
 * @param target name of what was looked at
 * @param at     when the looking ended; freshness is judged at this instant
 * @param claims in the page's order
 */
public record PageProof(Page page, String target, Instant at, List<ClaimProof> claims) {
    public PageProof {
        claims = List.copyOf(claims);
    }

    /** SHA-256 of the file's exact bytes, in hexadecimal: which wording was proven. */
    public String revision() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(page.source()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** How many claims stand at each verdict; every verdict has an entry. */
    public Map<Verdict, Integer> summary() {
        var counts = new EnumMap<Verdict, Integer>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, 0);
        }
        claims.forEach(claim -> counts.merge(claim.verdict(), 1, Integer::sum));
        return counts;
    }

    /** How many claims do not hold because a check type of theirs is not built yet. */
    public int waiting() {
        return (int) claims.stream().filter(ClaimProof::waiting).count();
    }

    /**
     * True when checks were run and none of them saw anything: that says something of the way to the target, and nothing
     * of the page.
     */
    public boolean blind() {
        List<CheckProof> run = claims.stream()
                .flatMap(claim -> claim.checks().stream())
                .filter(CheckProof::built)
                .toList();
        return !run.isEmpty() && run.stream().noneMatch(check -> check.looked() || check.verdict() != Verdict.UNPROVEN);
    }

    /** True when every claim is proven, attested or exempt, and there is one. */
    public boolean holds() {
        return !claims.isEmpty()
                && claims.stream().allMatch(claim -> claim.verdict().holds());
    }

    /**
     * One claim.
     *
     * @param verdict the worst of its checks, or exempt
     * @param reason  of the check that decides
     */
    public record ClaimProof(Claim claim, Verdict verdict, String reason, List<CheckProof> checks) {
        public ClaimProof {
            checks = List.copyOf(checks);
        }

        /** Of the oldest of the observations that the verdict rests on; empty when nothing was observed. */
        public Optional<Instant> observedAt() {
            return checks.stream()
                    .filter(CheckProof::looked)
                    .map(check -> check.observation().facts().observedAt())
                    .min(Comparator.naturalOrder());
        }

        /** True when it does not hold and a check type of it is not built yet. */
        public boolean waiting() {
            return !verdict.holds() && checks.stream().anyMatch(check -> !check.built());
        }
    }

    /**
     * One check of a claim.
     *
     * @param built false when this version has no such check type: nothing was looked at
     */
    public record CheckProof(
            CheckBinding binding, Verdict verdict, String reason, boolean built, Observation observation) {

        /** True when something was looked at, whatever it said. */
        public boolean looked() {
            return !observation.facts().subjects().isEmpty();
        }
    }
}
