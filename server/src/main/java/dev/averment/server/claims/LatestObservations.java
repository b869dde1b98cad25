package dev.averment.server.claims;

import dev.averment.checks.prove.Standing;
import dev.averment.claims.Verdict;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.leaf.LeafException;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.evidence.packet.Observed;
import dev.averment.evidence.packet.PacketException;
import dev.averment.server.claims.ObservationStore.Latest;
import dev.averment.server.claims.ObservationStore.PlacedLeaf;
import dev.averment.server.claims.ObservationStore.Row;
import dev.averment.server.claims.ObservationStore.StoredLeaf;
import dev.averment.server.claims.PageState.ObservationSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was last observed of each check, as the log has it. A row of {@code claims.observation} can be edited by whoever
 * owns the database; its leaf can't without the log showing it. So every row is held against its leaf, and every check
 * against the newest leaf about it: where they differ nothing is proven until the check has looked again, and a leaf that
 * says <em>failing</em> is believed.
 */
final class LatestObservations {
    private static final Logger log = LoggerFactory.getLogger(LatestObservations.class);

    /** Leaves that are looked through at most for the newest of each check, newest first. */
    private static final int MOST_LEAVES = 20_000;

    private static final int PORTION = 500;

    /** In rows of before, the database rounded to microseconds what their leaves cut off there. */
    private static final Duration ROUNDING = Duration.ofNanos(2_000);

    private final ObservationStore store;

    LatestObservations(ObservationStore store) {
        this.store = store;
    }

    /** By {@code claim/check}. */
    Map<String, Latest> of(JdbcClient jdbc, UUID workspace, String page) {
        Map<String, Row> rows = store.rows(jdbc, workspace, page);
        Map<String, Observation> told = newest(jdbc, workspace, page, store.scheduled(jdbc, workspace, page));
        var latest = new HashMap<String, Latest>();
        var checks = new HashSet<>(rows.keySet());
        checks.addAll(told.keySet());
        Map<UUID, Row> own = store.rowsOf(
                jdbc, workspace, told.values().stream().map(Observation::leaf).toList());
        for (String check : checks) {
            Observation newest = told.get(check);
            Row row = newest == null ? null : own.get(newest.leaf());
            latest.put(check, latest(rows.get(check), newest, row, page, check));
        }
        return latest;
    }

    /** An observation's leaf, read. */
    private record Observation(UUID leaf, Observed says, long place) {
        boolean after(Observation other) {
            return place == other.place ? says.recordedAt().isAfter(other.says.recordedAt()) : place > other.place;
        }
    }

    /**
     * Whether a clock was ahead and set right since: then ids, which begin with a time, do not come in the order of the log, and
     * an observation that calls itself the newest may be older than others.
     */
    private boolean disordered(JdbcClient jdbc, UUID workspace) {
        long earliest = Long.MAX_VALUE;
        for (UUID leaf : store.observedInOrder(jdbc, workspace, MOST_LEAVES)) {
            long at = leaf.getMostSignificantBits() >>> 16;
            if (at - Standing.SKEW.toMillis() > earliest) {
                return true;
            }
            earliest = Math.min(earliest, at);
        }
        return false;
    }

    private Map<String, Observation> newest(JdbcClient jdbc, UUID workspace, String page, Set<String> wanted) {
        var newest = new HashMap<String, Observation>();
        var missing = new HashSet<>(wanted);
        boolean all = disordered(jdbc, workspace);
        UUID before = new UUID(-1, -1);
        for (int read = 0; read < MOST_LEAVES && (all || !missing.isEmpty()); read += PORTION) {
            List<PlacedLeaf> portion = store.observedBefore(jdbc, workspace, before, PORTION);
            for (PlacedLeaf placed : portion) {
                StoredLeaf leaf = placed.leaf();
                before = leaf.id();
                read(leaf.bytes()).filter(says -> says.page().equals(page)).ifPresent(says -> {
                    String check = says.claim() + "/" + says.check();
                    if (wanted.contains(check)) {
                        newest.merge(
                                check, new Observation(leaf.id(), says, placed.place()), (a, b) -> b.after(a) ? b : a);
                        missing.remove(check);
                    }
                });
            }
            if (portion.size() < PORTION) {
                break;
            }
        }
        return newest;
    }

    private static Optional<Observed> read(byte[] bytes) {
        try {
            return Optional.of(Observed.in(Leaf.parse(bytes)));
        } catch (LeafException | PacketException e) {
            return Optional.empty();
        }
    }

    /**
     * @param row    the newest by its time
     * @param newest the newest by the log
     * @param its    the row of that
     */
    private static Latest latest(
            @Nullable Row row, @Nullable Observation newest, @Nullable Row its, String page, String check) {
        if (row == null) {
            Observation only = Objects.requireNonNull(newest);
            return contradicted(
                    only, null, check, "entry " + only.leaf() + " of the log has no row in claims.observation");
        }
        Optional<Observed> own =
                row.leaf() == null ? Optional.empty() : read(row.leaf().bytes());
        Observation said =
                own.map(says -> new Observation(row.leafId(), says, 0)).orElse(newest);
        String which = "row " + row.id() + " of claims.observation";
        if (own.isEmpty()) {
            return contradicted(said, row, check, which + " names entry " + row.leafId() + ", which is not there");
        }
        StoredLeaf stored = Objects.requireNonNull(row.leaf());
        if (stored.hash() != null && !TreeHash.leaf(stored.bytes()).equals(stored.hash())) {
            return contradicted(said, row, check, "entry " + row.leafId() + " of the log was altered");
        }
        String difference = difference(row, own.get(), page, check);
        if (!difference.isEmpty()) {
            return contradicted(
                    said, row, check, which + " and its entry " + row.leafId() + " of the log differ: " + difference);
        }
        if (newest == null || newest.leaf().equals(row.leafId())) {
            return row.latest(own.get());
        }
        if (its == null) {
            return contradicted(
                    newest, row, check, "entry " + newest.leaf() + " of the log has no row in claims.observation");
        }
        // The clock was ahead when the other row was written.
        return latest(its, newest, its, page, check);
    }

    /** The first thing in which a row says something else than its leaf; empty when it says the same. */
    private static String difference(Row row, Observed leaf, String page, String check) {
        if (!leaf.page().equals(page) || !check.equals(leaf.claim() + "/" + leaf.check())) {
            return "the entry is about " + leaf.page() + "/" + leaf.claim() + "/" + leaf.check();
        }
        if (!leaf.verdict().word().equals(row.verdict().word())) {
            return "the row says " + row.verdict().word() + ", the entry "
                    + leaf.verdict().word();
        }
        if (!leaf.observation().equals(row.id().toString())) {
            return "the entry is of observation " + leaf.observation();
        }
        if (leaf.revision() != row.revision()) {
            return "the row is of revision " + row.revision() + ", the entry of " + leaf.revision();
        }
        if (apart(leaf.observedAt(), row.observedAt()) || apart(leaf.recordedAt(), row.receivedAt())) {
            return "the row is of " + row.observedAt() + ", the entry of " + leaf.observedAt();
        }
        return leaf.reason().equals(row.reason()) ? "" : "their reasons are not the same";
    }

    private static boolean apart(Instant a, Instant b) {
        return Duration.between(a, b).abs().compareTo(ROUNDING) > 0;
    }

    /** What counts when row and leaf contradict each other: nothing, or the leaf if it says that the claim fails. */
    private static Latest contradicted(
            @Nullable Observation said, @Nullable Row row, String check, String contradiction) {
        log.error("{}: {}. Until the check has looked again nothing is proven by it.", check, contradiction);
        boolean failing = false;
        String reason = contradiction + "; nothing is proven until the check has looked again";
        if (said != null && said.says().verdict().word().equals(Verdict.FAILING.word())) {
            failing = true;
            reason = said.says().reason() + " (" + contradiction + ")";
        }
        UUID leaf = said == null ? Objects.requireNonNull(row).leafId() : said.leaf();
        Instant observed = said == null
                ? Objects.requireNonNull(row).observedAt()
                : said.says().observedAt();
        Instant received = said == null
                ? Objects.requireNonNull(row).receivedAt()
                : said.says().recordedAt();
        return new Latest(
                new ObservationSummary(
                        leaf,
                        row == null ? null : row.seq(),
                        observed,
                        received,
                        failing ? Verdict.FAILING : Verdict.UNPROVEN,
                        row == null ? 0 : row.subjects()),
                FactsJson.bounded(reason, 2000),
                said == null
                        ? Objects.requireNonNull(row).revision()
                        : (int) said.says().revision());
    }
}
