package dev.averment.server.claims;

import dev.averment.checks.prove.Standing;
import dev.averment.claims.Verdict;
import dev.averment.server.claims.ObservationStore.VerdictSince;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Verdicts of a page that a clock dated which was ahead and has been set right since. Their rows stay, for rows are only added.
 * The time in which they were written is shown as unproven, since nobody knows any more when what happened in it; and when the
 * moments come that they name, the verdict that holds then is put behind each.
 */
final class VerdictsAhead {
    private static final Logger log = LoggerFactory.getLogger(VerdictsAhead.class);

    private final ObservationStore store;
    private final UUID workspace;
    private final String page;
    private final Map<String, NavigableMap<Instant, Verdict>> byClaim;

    /** Those that lie in the database. */
    VerdictsAhead(JdbcClient jdbc, ObservationStore store, UUID workspace, String page, Instant now) {
        this.store = store;
        this.workspace = workspace;
        this.page = page;
        this.byClaim = store.ahead(jdbc, workspace, page, bound(now));
    }

    /** Later than this is no moment that has been. */
    static Instant bound(Instant now) {
        return now.plus(Standing.SKEW);
    }

    /** Takes {@code since} in when it lies ahead of the clock, and gives what is left to go on from: nothing then. */
    @Nullable
    VerdictSince credible(String claim, @Nullable VerdictSince since, Instant now) {
        if (since == null || !since.since().isAfter(bound(now))) {
            return since;
        }
        byClaim.computeIfAbsent(claim, _ -> new TreeMap<>()).put(since.since(), since.verdict());
        return null;
    }

    boolean has(String claim) {
        return byClaim.containsKey(claim);
    }

    /**
     * Writes that the time before {@code now}, from the last thing that was seen by a right clock on, is unproven, unless that
     * was written already. True when it was written now.
     */
    boolean bridge(JdbcClient jdbc, String claim, Instant now) {
        // Of a clock that was set right while the server ran, the newest alone is known so far.
        NavigableMap<Instant, Verdict> ahead =
                store.ahead(jdbc, workspace, page, bound(now)).get(claim);
        if (ahead == null) {
            return false;
        }
        byClaim.put(claim, ahead);
        String reason = "the clock was ahead from here on: what was seen then is recorded with times up to "
                + ahead.lastKey() + ", and nobody can tell when it was";
        if (store.hasVerdict(jdbc, workspace, page, claim, reason)) {
            return false;
        }
        Instant from = store.lastCredible(jdbc, workspace, page, claim, bound(now))
                .filter(now::isAfter)
                .orElse(now.minus(1, ChronoUnit.MICROS));
        log.error("{}/{}: {}. It is {} now.", page, claim, reason, now);
        store.insertVerdict(jdbc, workspace, page, claim, new VerdictSince(Verdict.UNPROVEN, from, reason));
        return true;
    }

    /** The newest verdict whose moment has come by now, and which is forgotten with that. */
    @Nullable
    Instant reached(String claim, Verdict holds, Instant now) {
        NavigableMap<Instant, Verdict> ahead = byClaim.get(claim);
        if (ahead == null) {
            return null;
        }
        var come = new HashMap<>(ahead.headMap(now, true));
        if (come.isEmpty()) {
            return null;
        }
        Map.Entry<Instant, Verdict> last = ahead.floorEntry(now);
        ahead.keySet().removeAll(come.keySet());
        if (ahead.isEmpty()) {
            byClaim.remove(claim);
        }
        return last.getValue() == holds ? null : last.getKey();
    }
}
