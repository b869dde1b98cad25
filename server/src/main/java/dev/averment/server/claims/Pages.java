package dev.averment.server.claims;

import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.checks.prove.Observation;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.ClaimChange;
import dev.averment.claims.Page;
import dev.averment.claims.PageDiff;
import dev.averment.claims.Wording;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.merkle.Hash;
import dev.averment.server.claims.ObservationStore.Latest;
import dev.averment.server.claims.ObservationStore.VerdictSince;
import dev.averment.server.claims.PageState.ClaimState;
import dev.averment.server.claims.PageState.ObservationSummary;
import dev.averment.server.claims.PageStore.StoredRevision;
import dev.averment.server.claims.PublishedPages.ChangeLine;
import dev.averment.server.claims.PublishedPages.RevisionEntry;
import dev.averment.server.claims.PublishedPages.VerdictSpan;
import dev.averment.server.evidence.LeafIds;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.evidence.Receipt;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The pages in force and what is known of their claims. Puts revisions in force, takes observations in, and keeps the
 * present state of every page in memory; the database is the record, the memory an answer that is ready.
 */
public final class Pages {
    private static final String ACTOR = "service:pages";

    /** Among how many entries that put a page in force the one of a revision is looked for. */
    private static final int REVISIONS = 100;

    private final Workspaces workspaces;
    private final LeafStore leaves;
    private final InstantSource clock;
    private final CheckTypes types;
    private final Assessment assessment;
    private final PageLeaves written;
    private final PageStore pages = new PageStore();
    private final ObservationStore observations = new ObservationStore();
    private final LatestObservations latest = new LatestObservations(observations);
    private final CheckTimesStore times = new CheckTimesStore();
    private final Map<String, InForce> inForce = new ConcurrentHashMap<>();
    private final List<VerdictListener> listeners = new CopyOnWriteArrayList<>();
    private volatile String obstacle = "";
    private volatile String scheduleObstacle = "";

    public Pages(Workspaces workspaces, LeafStore leaves, InstantSource clock, CheckTypes types) {
        this.workspaces = workspaces;
        this.leaves = leaves;
        this.clock = clock;
        this.types = types;
        this.assessment = new Assessment(types);
        this.written = new PageLeaves(leaves, clock, types);
    }

    /** Told of every change of a verdict from now on. */
    public void onVerdict(VerdictListener listener) {
        listeners.add(listener);
    }

    /** A page in force with what was last seen of it. Guarded by itself. */
    private static final class InForce {
        final UUID workspace;
        final Page page;
        final int revision;
        final Map<String, Latest> latest;
        final Map<String, VerdictSince> verdicts;
        /** This revision says what a proof is worth from here on; what came before was shown under another. */
        final Instant judgedFrom;

        /** Absent where the log never put this file in force, and the database says that it did. */
        final PagePromises.@Nullable Entry entry;

        final RecordedPast past;
        final VerdictsAhead ahead;

        final Set<String> bridged = new HashSet<>();

        volatile PageState state;

        InForce(
                UUID workspace,
                Page page,
                int revision,
                Map<String, Latest> latest,
                Map<String, VerdictSince> verdicts,
                Instant judgedFrom,
                PagePromises.@Nullable Entry entry,
                RecordedPast past,
                VerdictsAhead ahead,
                Instant now) {
            this.workspace = workspace;
            this.page = page;
            this.revision = revision;
            this.latest = latest;
            this.verdicts = verdicts;
            this.judgedFrom = judgedFrom;
            this.entry = entry;
            this.past = past;
            this.ahead = ahead;
            this.state = new PageState(workspace, page, revision, now, List.of(), entry);
        }
    }

    /**
     * Puts {@code page} in force in {@code workspace}. A file that differs from the newest revision becomes the next
     * one, with its differences on record; the same file changes nothing. What the database has of its past is held
     * against the log first: {@link RecordedPast}.
     */
    public void putInForce(UUID workspace, Page page) {
        var context = new WorkspaceContext(workspace, ACTOR);
        Instant now = clock.instant();
        InForce entry = workspaces.in(context, jdbc -> {
            RecordedPast past = RecordedPast.of(jdbc, workspace, page.id());
            Optional<StoredRevision> newest = pages.newest(jdbc, workspace, page.id());
            byte[] sha256 = Hash.sha256(page.source()).bytes();
            boolean same =
                    newest.isPresent() && java.util.Arrays.equals(newest.get().sha256(), sha256);
            int number = same
                    ? newest.get().number()
                    : Math.max(newest.map(StoredRevision::number).orElse(0), past.newest()) + 1;
            Instant judgedFrom = now;
            PagePromises.@Nullable Entry put;
            if (same) {
                Instant since = newest.orElseThrow().inForceSince();
                judgedFrom = since.isAfter(now) ? now : since;
                // One that an earlier version wrote commits to nothing: it is said again.
                put = pages.revisionLeaves(jdbc, workspace, REVISIONS).stream()
                        .flatMap(leaf -> PagePromises.kept(jdbc, workspace, page, types, number, leaf).stream())
                        .findFirst()
                        .orElseGet(() -> past.holds() ? written.revised(jdbc, context, page, number, 0, now) : null);
            } else {
                List<ChangeLine> lines = past.holds()
                        ? newest.map(before -> changes(before, page)).orElse(List.of())
                        : List.of(changed(page, true));
                pages.insert(
                        jdbc,
                        workspace,
                        page.id(),
                        new StoredRevision(number, page.source(), sha256, page.asOf(), now),
                        lines);
                put = written.revised(jdbc, context, page, number, lines.size(), now);
            }
            Map<String, VerdictSince> verdicts =
                    observations.verdicts(jdbc, workspace, page.id(), VerdictsAhead.bound(now));
            var ahead = new VerdictsAhead(jdbc, observations, workspace, page.id(), now);
            if (!same) {
                VerdictChange.withdrawn(workspace, page, verdicts.keySet(), now).forEach(gone -> tell(jdbc, gone));
            }
            Map<String, Latest> seen = latest.of(jdbc, workspace, page.id());
            Set<String> unanswered = unanswered(jdbc, workspace, page, number, seen);
            seen.keySet().removeAll(unanswered);
            times.schedule(jdbc, workspace, page, unanswered, now);
            return new InForce(workspace, page, number, seen, verdicts, judgedFrom, put, past, ahead, now);
        });
        inForce.put(page.id(), entry);
        refresh(page.id());
    }

    /**
     * Checks whose latest observation answers another question than the page now asks: a proof of 30 minutes is none of
     * 15. Told by the file of the revision under which it was made.
     */
    private Set<String> unanswered(JdbcClient jdbc, UUID workspace, Page page, int number, Map<String, Latest> latest) {
        var files = new HashMap<Integer, Optional<Page>>();
        var unanswered = new HashSet<String>();
        for (Claim claim : page.claims()) {
            for (CheckBinding binding : claim.checks()) {
                Latest seen = latest.get(claim.id() + "/" + binding.id());
                if (seen != null && seen.revision() != number) {
                    Optional<Page> then = files.computeIfAbsent(
                            seen.revision(), revision -> earlier(jdbc, workspace, page.id(), revision));
                    if (then.isEmpty() || !asks(then.get(), claim.id(), binding)) {
                        unanswered.add(claim.id() + "/" + binding.id());
                    }
                }
            }
        }
        return unanswered;
    }

    private Optional<Page> earlier(JdbcClient jdbc, UUID workspace, String page, int revision) {
        return pages.source(jdbc, workspace, page, revision)
                .flatMap(source -> PageLoader.installed().load(page + ".yaml", source, clock.instant())
                                instanceof LoadResult.Loaded loaded
                        ? Optional.of(loaded.page())
                        : Optional.empty());
    }

    private static boolean asks(Page page, String claim, CheckBinding question) {
        return page.claims().stream()
                .filter(c -> c.id().equals(claim))
                .flatMap(c -> c.checks().stream())
                .anyMatch(b -> b.id().equals(question.id())
                        && b.type().equals(question.type())
                        && b.with().equals(question.with())
                        && b.expect().equals(question.expect()));
    }

    private static List<ChangeLine> changes(StoredRevision before, Page page) {
        if (!(PageLoader.installed().load(page.id() + ".yaml", before.source(), before.inForceSince())
                instanceof LoadResult.Loaded earlier)) {
            // A file that an earlier version accepted and this one can't read: the fact is on record, its parts are
            // not.
            return List.of(changed(page, false));
        }
        Wording was = Wording.of(earlier.page());
        Wording is = Wording.of(page);
        var lines = new ArrayList<ChangeLine>();
        for (ClaimChange change : PageDiff.between(earlier.page(), page).changes()) {
            Claim gone = change.before();
            Claim now = change.after();
            lines.add(new ChangeLine(
                    change.kind().name().toLowerCase(Locale.ROOT),
                    change.claim(),
                    gone == null ? null : was.sentence(gone, earlier.page().authoritative()),
                    now == null ? null : is.sentence(now, page.authoritative()),
                    change.kind().permanent()));
        }
        return lines;
    }

    /** @param permanent whether the line stays on the page for good, since nobody can tell what was loosened */
    private static ChangeLine changed(Page page, boolean permanent) {
        return new ChangeLine("changed", page.id(), null, null, permanent);
    }

    /** Why the newest attempt to record something failed; empty when it did not. For the server's log, not for everybody. */
    public String obstacle() {
        return obstacle.isEmpty() ? scheduleObstacle : obstacle;
    }

    /** @param why checks can't be taken from their schedule now; empty when they can */
    public void scheduleObstacle(String why) {
        scheduleObstacle = why;
    }

    /** Takes an observation in: row and leaf in one transaction, then the verdict that follows from it. */
    public Receipt observed(String pageId, Observation raw) {
        Observation seen = FactsJson.storable(raw);
        InForce entry = inForce.get(pageId);
        if (entry == null) {
            throw new IllegalArgumentException("no page " + pageId + " is in force");
        }
        var context = new WorkspaceContext(entry.workspace, "service:prover");
        UUID id = LeafIds.next(clock);
        JsonObject facts = FactsJson.of(seen.facts());
        Receipt receipt = recorded(context, jdbc -> {
            Leaf leaf = written.observed(jdbc, context, entry.page.id(), entry.revision, id, seen, facts);
            Receipt written = leaves.append(jdbc, context, leaf);
            observations.insert(
                    jdbc, entry.workspace, id, pageId, entry.revision, seen, FactsJson.forRow(facts), written.leaf());
            return written;
        });
        synchronized (entry) {
            // A proof that lapsed before this one came left a gap, and the history must show it.
            refresh(pageId);
            entry.latest.put(
                    seen.claim() + "/" + seen.check(),
                    new Latest(
                            new ObservationSummary(
                                    receipt.leaf(),
                                    null,
                                    seen.facts().observedAt(),
                                    seen.receivedAt(),
                                    seen.judgement().verdict(),
                                    seen.facts().subjects().size()),
                            seen.judgement().reason(),
                            entry.revision));
        }
        refresh(pageId);
        return receipt;
    }

    private Receipt recorded(WorkspaceContext context, java.util.function.Function<JdbcClient, Receipt> work) {
        try {
            Receipt receipt = workspaces.in(context, work);
            obstacle = "";
            return receipt;
        } catch (RuntimeException e) {
            obstacle = String.valueOf(e.getMessage());
            throw e;
        }
    }

    /** Judges freshness again and records what changed. */
    public void refresh(String pageId) {
        InForce entry = inForce.get(pageId);
        if (entry == null) {
            return;
        }
        synchronized (entry) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            var changed = new HashMap<String, VerdictSince>();
            var again = new HashMap<String, VerdictSince>();
            var claims = new ArrayList<ClaimState>();
            for (Claim claim : entry.page.claims()) {
                ClaimState seen = entry.past.bounds(assessment.assess(claim, entry.latest, now));
                VerdictSince since = entry.ahead.credible(claim.id(), entry.verdicts.get(claim.id()), now);
                if (entry.ahead.has(claim.id()) && bridged(entry, claim.id(), now)) {
                    since = null;
                }
                if (since == null || since.verdict() != seen.verdict()) {
                    // Two changes at one instant, or a clock that was set back: each needs a moment of its own, or the
                    // record would keep the first only.
                    Instant began =
                            since == null ? now : assessment.began(since.verdict(), seen, entry.judgedFrom, now);
                    Instant moment = since == null || began.isAfter(since.since())
                            ? began
                            : since.since().plus(1, ChronoUnit.MICROS);
                    since = new VerdictSince(seen.verdict(), moment, seen.reason());
                    changed.put(claim.id(), since);
                }
                Instant reached = entry.ahead.reached(claim.id(), seen.verdict(), now);
                if (reached != null && !changed.containsKey(claim.id())) {
                    again.put(
                            claim.id(),
                            new VerdictSince(seen.verdict(), now.plus(1, ChronoUnit.MICROS), seen.reason()));
                }
                claims.add(new ClaimState(
                        claim, seen.verdict(), since.since(), seen.observedAt(), seen.reason(), seen.checks()));
            }
            if (!changed.isEmpty() || !again.isEmpty()) {
                workspaces.in(new WorkspaceContext(entry.workspace, ACTOR), jdbc -> {
                    again.forEach((claim, verdict) ->
                            observations.insertVerdict(jdbc, entry.workspace, pageId, claim, verdict));
                    changed.forEach((claim, verdict) -> {
                        observations.insertVerdict(jdbc, entry.workspace, pageId, claim, verdict);
                        tell(jdbc, VerdictChange.of(entry.workspace, entry.page, claim, verdict));
                    });
                    return changed.size();
                });
                entry.verdicts.putAll(changed);
            }
            entry.state = new PageState(entry.workspace, entry.page, entry.revision, now, claims, entry.entry);
        }
    }

    /** Whether the time of a wrong clock was written down as such just now; asked once a start. */
    private boolean bridged(InForce entry, String claim, Instant now) {
        return entry.bridged.add(claim)
                && workspaces.in(
                        new WorkspaceContext(entry.workspace, ACTOR), jdbc -> entry.ahead.bridge(jdbc, claim, now));
    }

    private void tell(JdbcClient jdbc, VerdictChange change) {
        listeners.forEach(listener -> listener.changed(jdbc, change));
    }

    /** Ids of the pages in force. */
    public List<String> ids() {
        return inForce.keySet().stream().sorted().toList();
    }

    /** Pages of a workspace that were in force once and are not now: nobody is shown them. */
    public List<String> resting(UUID workspace) {
        return workspaces.reading(new WorkspaceContext(workspace, ACTOR), jdbc -> pages.ids(jdbc, workspace)).stream()
                .filter(id -> !inForce.containsKey(id))
                .toList();
    }

    /** The page's state as last judged, with every claim whatever its audience. */
    public Optional<PageState> state(String pageId) {
        return Optional.ofNullable(inForce.get(pageId)).map(e -> e.state);
    }

    List<VerdictSpan> spans(PageState state, String claim, Instant from) {
        return workspaces.reading(
                reader(state),
                jdbc -> observations.spans(jdbc, state.workspace(), state.page().id(), claim, from, clock.instant()));
    }

    Map<String, List<VerdictSpan>> spans(PageState state, Instant from) {
        return workspaces.reading(
                reader(state),
                jdbc -> observations.spans(jdbc, state.workspace(), state.page().id(), from, clock.instant()));
    }

    Optional<String> factsBeside(PageState state, UUID leaf) {
        return workspaces.reading(reader(state), jdbc -> observations.factsBeside(jdbc, state.workspace(), leaf));
    }

    List<RevisionEntry> revisions(PageState state) {
        return workspaces.reading(
                reader(state),
                jdbc -> pages.all(jdbc, state.workspace(), state.page().id()));
    }

    Optional<byte[]> source(PageState state, int number) {
        return workspaces
                .reading(
                        reader(state),
                        jdbc -> pages.source(
                                jdbc, state.workspace(), state.page().id(), number))
                .filter(file -> isTheLogs(state, number, file));
    }

    /** A file that somebody put into the database since is handed to nobody as what was once published. */
    private boolean isTheLogs(PageState state, int number, byte[] file) {
        InForce entry = inForce.get(state.page().id());
        return entry == null || entry.past.was(number, file);
    }

    private static WorkspaceContext reader(PageState state) {
        return new WorkspaceContext(state.workspace(), "service:public-site");
    }
}
