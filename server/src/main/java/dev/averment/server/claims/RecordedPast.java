package dev.averment.server.claims;

import dev.averment.claims.Verdict;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.server.claims.PageState.CheckState;
import dev.averment.server.claims.PageState.ClaimState;
import dev.averment.server.claims.PastStore.Entry;
import dev.averment.server.claims.PastStore.Revision;
import dev.averment.server.claims.PastStore.VerdictRow;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A page's revisions and verdicts as they lie in the database, held against the entries of the log that recorded them. Whoever
 * owns the database can rewrite a revision together with its SHA-256, or delete the row of a failure; the entries stay. Where
 * they differ the page's past is not what was published, and nothing on the page is proven until it is again.
 *
 * @param page     what is wrong with the revisions, empty when nothing is
 * @param claims   what is wrong with the verdicts of a claim
 * @param newest   number of the newest revision that the log knows; 0 when it knows none
 * @param logged   SHA-256 of each revision's file, in hex
 */
record RecordedPast(String page, Map<String, String> claims, int newest, Map<Integer, String> logged) {
    private static final Logger log = LoggerFactory.getLogger(RecordedPast.class);

    /** Entries that put pages in force, and entries about inserted rows, that are looked through at most, newest first. */
    private static final int MOST_REVISED = 2_000;

    private static final int MOST_INSERTED = 50_000;

    /** Two entries of one claim in one millisecond may lie in another order than their rows. */
    private static final int NEAR = 8;

    /** Where a clock was ahead they lie further apart; so often all rows of a claim are looked through. */
    private static final int MOST_FAR = 500;

    private static final PastStore STORE = new PastStore();

    RecordedPast {
        claims = Map.copyOf(claims);
        logged = Map.copyOf(logged);
    }

    /** Holds the past of {@code page} against the log. */
    static RecordedPast of(JdbcClient jdbc, UUID workspace, String page) {
        List<Entry> entries = STORE.revised(jdbc, workspace, MOST_REVISED);
        var told = new TreeMap<Integer, Told>();
        String wrong = told(entries, page, told);
        if (wrong.isEmpty()) {
            wrong = revisions(STORE.revisions(jdbc, workspace, page), told, entries.size() < MOST_REVISED);
        }
        if (!wrong.isEmpty()) {
            log.error(
                    "{}: {}. Nothing on the page is proven until that is restored and the server started anew.",
                    page,
                    wrong);
        }
        Map<String, String> claims = verdicts(jdbc, workspace, page);
        claims.forEach((claim, what) -> log.error(
                "{}/{}: {}. Nothing proves the claim until that is restored and the server started anew.",
                page,
                claim,
                what));
        var logged = new HashMap<Integer, String>();
        told.forEach((number, one) -> logged.put(number, one.sha256()));
        return new RecordedPast(wrong, claims, told.isEmpty() ? 0 : told.lastKey(), logged);
    }

    /** False when the database and the log tell different pasts of the page's files. */
    boolean holds() {
        return page.isEmpty();
    }

    /** {@code seen}, and no better than unproven where the past of its claim or page is contradicted; a failure stays one. */
    ClaimState bounds(ClaimState seen) {
        String wrong = page.isEmpty() ? claims.getOrDefault(seen.claim().id(), "") : page;
        if (wrong.isEmpty() || seen.verdict() == Verdict.FAILING) {
            return seen;
        }
        String reason = FactsJson.bounded(
                wrong + "; nothing is proven until that is restored and the server started anew", 2000);
        List<CheckState> checks = seen.checks().stream()
                .map(check -> new CheckState(
                        check.binding(),
                        Verdict.UNPROVEN,
                        reason,
                        check.description(),
                        check.blindSpots(),
                        check.observation()))
                .toList();
        return new ClaimState(seen.claim(), Verdict.UNPROVEN, seen.since(), seen.observedAt(), reason, checks);
    }

    /** Whether {@code file} is what the log has for the revision. */
    boolean was(int revision, byte[] file) {
        String sha256 = logged.get(revision);
        return sha256 == null || sha256.equals(Hash.sha256(file).hex());
    }

    /** What the log tells of a revision. */
    private record Told(UUID leaf, String sha256, long changes) {}

    private static boolean altered(Entry entry) {
        return entry.hash().isPresent()
                && !TreeHash.leaf(entry.bytes()).equals(entry.hash().get());
    }

    /** Fills {@code told} with the first entry about each revision; says what is wrong with the entries. */
    private static String told(List<Entry> newestFirst, String page, Map<Integer, Told> told) {
        String wrong = "";
        for (Entry entry : newestFirst) {
            if (altered(entry)) {
                return "entry " + entry.id() + " of the log was altered";
            }
            try {
                JsonObject detail = Json.parseObject(entry.bytes()).object("detail");
                if (!detail.string("page").equals(page)) {
                    continue;
                }
                var one = new Told(entry.id(), detail.string("sha256"), detail.integer("changes"));
                Told later = told.put((int) detail.integer("revision"), one);
                if (later != null && !later.sha256().equals(one.sha256())) {
                    wrong = "entries " + one.leaf() + " and " + later.leaf()
                            + " of the log name different files for revision " + detail.integer("revision");
                }
            } catch (JsonException e) {
                return "entry " + entry.id() + " of the log can't be read";
            }
        }
        return wrong;
    }

    private static String revisions(List<Revision> rows, Map<Integer, Told> told, boolean all) {
        var gone = new TreeMap<>(told);
        for (Revision row : rows) {
            String which = "revision " + row.number() + " in claims.revision";
            Told one = gone.remove(row.number());
            if (!row.comes().equals(row.sha256())) {
                return which + " holds a file that does not come to its SHA-256";
            }
            if (one == null) {
                if (all) {
                    return which + " was never recorded in the log";
                }
                continue;
            }
            if (!row.sha256().equals(one.sha256())) {
                return which + " has the SHA-256 " + row.sha256() + ", entry " + one.leaf() + " of the log "
                        + one.sha256();
            }
            if (row.changes() != one.changes()) {
                return which + " has " + row.changes() + " lines in claims.change, entry " + one.leaf()
                        + " of the log counts " + one.changes();
            }
        }
        return gone.isEmpty()
                ? ""
                : "revision " + gone.firstKey() + " is not in claims.revision, and entry "
                        + gone.firstEntry().getValue().leaf() + " of the log put it in force";
    }

    private static Map<String, String> verdicts(JdbcClient jdbc, UUID workspace, String page) {
        var rows = new LinkedHashMap<String, List<VerdictRow>>();
        STORE.verdicts(jdbc, workspace, page)
                .forEach(row -> rows.computeIfAbsent(row.claim(), _ -> new ArrayList<>())
                        .add(row));
        boolean all = STORE.inserted(jdbc, workspace, MOST_INSERTED) < MOST_INSERTED;
        var wrong = new HashMap<String, String>();
        var budget = new AtomicInteger(MOST_FAR);
        for (Entry entry : STORE.verdictsRecorded(jdbc, workspace, MOST_INSERTED)) {
            try {
                JsonObject leaf = Json.parseObject(entry.bytes());
                JsonObject target = leaf.array("targets").objects().getFirst();
                if (!target.string("type").equals("claims.verdict")
                        || !target.string("id").startsWith(page + "/")) {
                    continue;
                }
                String claim = target.string("id").substring(page.length() + 1);
                if (altered(entry)) {
                    wrong.putIfAbsent(claim, "entry " + entry.id() + " of the log was altered");
                } else if (entry.salt().isEmpty()) {
                    // Nobody can compare it any more, and the row that it recorded would look like one of nobody.
                    all = false;
                } else if (!taken(
                        rows.getOrDefault(claim, List.of()),
                        entry.salt().get(),
                        leaf.object("change").string("after_sha256"),
                        budget)) {
                    wrong.putIfAbsent(
                            claim,
                            "entry " + entry.id()
                                    + " of the log recorded a verdict, and claims.verdict has no row that says the same");
                }
            } catch (JsonException e) {
                // Not as the trigger writes it: the hash of the log, and the check of the whole log, have that.
                log.error("entry {} of the log can't be read: {}", entry.id(), e.getMessage());
            }
        }
        if (all) {
            rows.forEach((claim, left) -> left.stream()
                    .findFirst()
                    .ifPresent(row -> wrong.putIfAbsent(
                            claim,
                            "the verdict of " + row.since() + " in claims.verdict was never recorded in the log")));
        }
        return wrong;
    }

    /** Takes the row that {@code digest} is of away from those that are left. */
    private static boolean taken(List<VerdictRow> left, byte[] salt, String digest, AtomicInteger budget) {
        for (int i = 0; i < left.size(); i++) {
            if (i == NEAR && budget.getAndDecrement() <= 0) {
                return false;
            }
            var salted = new ByteArrayOutputStream();
            salted.writeBytes(salt);
            salted.writeBytes(left.get(i).json());
            if (Hash.sha256(salted.toByteArray()).hex().equals(digest)) {
                left.remove(i);
                return true;
            }
        }
        return false;
    }
}
