package dev.averment.server.claims;

import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import dev.averment.claims.Wording;
import dev.averment.server.claims.ObservationStore.VerdictSince;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A claim has another verdict than before, or is no longer made.
 *
 * @param owner    who answers for the claim, as the page names him; empty when it is no longer made
 * @param sentence the claim in the page's authoritative language
 * @param verdict  empty when the page no longer makes the claim
 * @param reason   of the check that decided
 */
public record VerdictChange(
        UUID workspace,
        String page,
        String claim,
        String owner,
        String sentence,
        Optional<Verdict> verdict,
        String reason,
        Instant at) {

    static VerdictChange of(UUID workspace, Page page, String id, VerdictSince now) {
        Claim claim = page.claims().stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow();
        return new VerdictChange(
                workspace,
                page.id(),
                id,
                claim.owner(),
                Wording.of(page).sentence(claim, page.authoritative()),
                Optional.of(now.verdict()),
                now.reason(),
                now.since());
    }

    /** One for each claim that had a verdict and does not stand on {@code page} any more. */
    static List<VerdictChange> withdrawn(UUID workspace, Page page, Collection<String> before, Instant now) {
        return before.stream()
                .filter(id -> page.claims().stream().noneMatch(c -> c.id().equals(id)))
                .sorted()
                .map(id -> new VerdictChange(
                        workspace, page.id(), id, "", id, Optional.empty(), "the page no longer makes this claim", now))
                .toList();
    }
}
