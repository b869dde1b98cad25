package dev.averment.server.claims;

import dev.averment.checks.prove.Observation;
import dev.averment.claims.Verdict;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.packet.Observed;
import dev.averment.server.claims.PageState.ObservationSummary;
import dev.averment.server.claims.PublishedPages.VerdictSpan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was observed of each check, and the verdicts that followed. Rows are only added. */
final class ObservationStore {

    /** A claim's verdict since a moment. */
    record VerdictSince(Verdict verdict, Instant since, String reason) {}

    /**
     * The latest observation of a check.
     *
     * @param revision of the page when it was made
     */
    record Latest(ObservationSummary summary, String reason, int revision) {}

    void insert(
            JdbcClient jdbc,
            UUID workspace,
            UUID id,
            String page,
            int revision,
            Observation seen,
            @Nullable String facts,
            UUID leaf) {
        jdbc.sql("""
                        insert into claims.observation
                            (workspace_id, observation_id, page_id, revision, claim_id, check_id, check_type,
                             observed_at, received_at, verdict, reason, subjects, facts, leaf_id)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(Arrays.asList(
                        workspace,
                        id,
                        page,
                        revision,
                        seen.claim(),
                        seen.check(),
                        seen.type(),
                        seen.facts().observedAt().atOffset(ZoneOffset.UTC),
                        seen.receivedAt().atOffset(ZoneOffset.UTC),
                        seen.judgement().verdict().word(),
                        seen.judgement().reason(),
                        seen.facts().subjects().size(),
                        facts,
                        leaf))
                .update();
    }

    /**
     * A stored leaf.
     *
     * @param hash what the log says that it hashes to, once it has its place
     */
    record StoredLeaf(UUID id, byte[] bytes, @Nullable Hash hash) {}

    /**
     * A row as it stands.
     *
     * @param leaf the leaf that it names, absent when that is not there
     */
    record Row(
            UUID id,
            UUID leafId,
            @Nullable Long seq,
            Instant observedAt,
            Instant receivedAt,
            Verdict verdict,
            int subjects,
            String reason,
            int revision,
            @Nullable StoredLeaf leaf) {
        /** With the times of the leaf, for they are what a reader's packet is held against. */
        Latest latest(Observed own) {
            return new Latest(
                    new ObservationSummary(leafId, seq, own.observedAt(), own.recordedAt(), verdict, subjects),
                    reason,
                    revision);
        }
    }

    /** The row of each of these leaves, with the leaf, by its id. */
    Map<UUID, Row> rowsOf(JdbcClient jdbc, UUID workspace, Collection<UUID> leaves) {
        var all = new HashMap<UUID, Row>();
        jdbc.sql("""
                        select o.observation_id, o.leaf_id, i.seq, o.observed_at, o.received_at, o.verdict, o.subjects,
                               o.reason, o.revision, l.bytes, i.leaf_hash
                          from claims.observation o
                          left join evidence.leaf l
                            on l.workspace_id = o.workspace_id and l.leaf_id = o.leaf_id
                          left join evidence.leaf_index i
                            on i.workspace_id = o.workspace_id and i.leaf_id = o.leaf_id
                         where o.workspace_id = ? and o.leaf_id = any (?)""")
                .params(workspace, leaves.toArray(UUID[]::new))
                .query((r, _) -> {
                    Row row = row(r);
                    return all.put(row.leafId(), row);
                })
                .list();
        return all;
    }

    /** Newest row of each check of a page with the leaf that it names, by {@code claim/check}. */
    Map<String, Row> rows(JdbcClient jdbc, UUID workspace, String page) {
        var all = new HashMap<String, Row>();
        // One index descent a check: a distinct-on over the whole history would read it all.
        jdbc.sql("""
                        select s.claim_id, s.check_id, o.observation_id, o.leaf_id, i.seq, o.observed_at, o.received_at,
                               o.verdict, o.subjects, o.reason, o.revision, l.bytes, i.leaf_hash
                          from claims.schedule s
                         cross join lateral (
                               select * from claims.observation o
                                where o.workspace_id = s.workspace_id and o.page_id = s.page_id
                                  and o.claim_id = s.claim_id and o.check_id = s.check_id
                                order by o.received_at desc limit 1) o
                          left join evidence.leaf l
                            on l.workspace_id = s.workspace_id and l.leaf_id = o.leaf_id
                          left join evidence.leaf_index i
                            on i.workspace_id = s.workspace_id and i.leaf_id = o.leaf_id
                         where s.workspace_id = ? and s.page_id = ?""")
                .params(workspace, page)
                .query((r, _) -> all.put(r.getString(1) + "/" + r.getString(2), row(r)))
                .list();
        return all;
    }

    private static Row row(ResultSet r) throws SQLException {
        UUID leaf = r.getObject("leaf_id", UUID.class);
        byte[] bytes = r.getBytes("bytes");
        byte[] hash = r.getBytes("leaf_hash");
        return new Row(
                r.getObject("observation_id", UUID.class),
                leaf,
                r.getObject("seq") == null ? null : r.getLong("seq"),
                r.getObject("observed_at", OffsetDateTime.class).toInstant(),
                r.getObject("received_at", OffsetDateTime.class).toInstant(),
                verdict(r.getString("verdict")),
                r.getInt("subjects"),
                r.getString("reason"),
                r.getInt("revision"),
                bytes == null ? null : new StoredLeaf(leaf, bytes, hash == null ? null : Hash.of(hash)));
    }

    /** The checks of a page that run, as {@code claim/check}. */
    Set<String> scheduled(JdbcClient jdbc, UUID workspace, String page) {
        return Set.copyOf(
                jdbc.sql("""
                        select claim_id || '/' || check_id from claims.schedule
                         where workspace_id = ? and page_id = ? and due_at <> 'infinity'""").params(workspace, page).query(String.class).list());
    }

    /**
     * A stored leaf and its place.
     *
     * @param place in the log; {@link Long#MAX_VALUE} while it waits for one
     */
    record PlacedLeaf(StoredLeaf leaf, long place) {}

    /** Leaves of observations before {@code before}, newest first by the times in their ids. */
    List<PlacedLeaf> observedBefore(JdbcClient jdbc, UUID workspace, UUID before, int limit) {
        return jdbc.sql("""
                        select l.leaf_id, l.bytes, i.seq
                          from (select * from evidence.leaf
                                 where workspace_id = ? and action = 'check.observed' and leaf_id < ?
                                 order by leaf_id desc limit ?) l
                          left join evidence.leaf_index i
                            on i.workspace_id = l.workspace_id and i.leaf_id = l.leaf_id
                         order by l.leaf_id desc""")
                .params(workspace, before, limit)
                .query((r, _) -> new PlacedLeaf(
                        new StoredLeaf(r.getObject(1, UUID.class), r.getBytes(2), null),
                        r.getObject(3) == null ? Long.MAX_VALUE : r.getLong(3)))
                .list();
    }

    /** Ids of the newest leaves of observations that have their place, in the log's order, newest first. */
    List<UUID> observedInOrder(JdbcClient jdbc, UUID workspace, int limit) {
        return jdbc.sql("""
                        select l.leaf_id
                          from (select workspace_id, leaf_id from evidence.leaf
                                 where workspace_id = ? and action = 'check.observed'
                                 order by leaf_id desc limit ?) l
                          join evidence.leaf_index i
                            on i.workspace_id = l.workspace_id and i.leaf_id = l.leaf_id
                         order by i.seq desc""")
                .params(workspace, limit)
                .query((r, _) -> r.getObject(1, UUID.class))
                .list();
    }

    /** Facts of an observation that were too large for its leaf. */
    Optional<String> factsBeside(JdbcClient jdbc, UUID workspace, UUID leaf) {
        return jdbc.sql("""
                        select facts from claims.observation
                         where workspace_id = ? and leaf_id = ? and facts is not null limit 1""").params(workspace, leaf).query(String.class).optional();
    }

    void insertVerdict(JdbcClient jdbc, UUID workspace, String page, String claim, VerdictSince verdict) {
        jdbc.sql("""
                        insert into claims.verdict (workspace_id, page_id, claim_id, since, verdict, reason)
                        values (?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .params(
                        workspace,
                        page,
                        claim,
                        verdict.since().atOffset(ZoneOffset.UTC),
                        verdict.verdict().word(),
                        FactsJson.bounded(verdict.reason(), 2000))
                .update();
    }

    /** Verdicts of a page from after {@code bound} on, by claim. */
    Map<String, NavigableMap<Instant, Verdict>> ahead(JdbcClient jdbc, UUID workspace, String page, Instant bound) {
        var all = new HashMap<String, NavigableMap<Instant, Verdict>>();
        jdbc.sql("""
                        select claim_id, since, verdict from claims.verdict
                         where workspace_id = ? and page_id = ? and since > ?""")
                .params(workspace, page, bound.atOffset(ZoneOffset.UTC))
                .query((r, _) -> all.computeIfAbsent(r.getString(1), _ -> new TreeMap<>())
                        .put(r.getObject(2, OffsetDateTime.class).toInstant(), verdict(r.getString(3))))
                .list();
        return all;
    }

    boolean hasVerdict(JdbcClient jdbc, UUID workspace, String page, String claim, String reason) {
        return jdbc.sql("""
                        select exists (select from claims.verdict
                                        where workspace_id = ? and page_id = ? and claim_id = ? and reason = ?)""")
                .params(workspace, page, claim, reason)
                .query(Boolean.class)
                .single();
    }

    /** The last moment up to {@code bound} at which something was observed of the page, or right after the claim's last verdict. */
    Optional<Instant> lastCredible(JdbcClient jdbc, UUID workspace, String page, String claim, Instant bound) {
        OffsetDateTime until = bound.atOffset(ZoneOffset.UTC);
        return jdbc.sql("""
                        select greatest(
                               (select max(received_at) from claims.observation
                                 where workspace_id = ? and page_id = ? and received_at <= ?),
                               (select max(since) + interval '1 microsecond' from claims.verdict
                                 where workspace_id = ? and page_id = ? and claim_id = ? and since <= ?)) as at""")
                .params(workspace, page, until, workspace, page, claim, until)
                .query((r, _) -> Optional.ofNullable(r.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .single();
    }

    /** The verdict that each claim of a page last changed to, up to {@code bound}. */
    Map<String, VerdictSince> verdicts(JdbcClient jdbc, UUID workspace, String page, Instant bound) {
        var all = new HashMap<String, VerdictSince>();
        jdbc.sql("""
                        select distinct on (claim_id) claim_id, verdict, since, reason from claims.verdict
                         where workspace_id = ? and page_id = ? and since <= ? order by claim_id, since desc""")
                .params(workspace, page, bound.atOffset(ZoneOffset.UTC))
                .query((r, _) -> all.put(
                        r.getString(1),
                        new VerdictSince(
                                verdict(r.getString(2)),
                                r.getObject(3, OffsetDateTime.class).toInstant(),
                                r.getString(4))))
                .list();
        return all;
    }

    /** From the verdict on that held at {@code from}; none of a moment that, by {@code now}, is still to come. */
    List<VerdictSpan> spans(JdbcClient jdbc, UUID workspace, String page, String claim, Instant from, Instant now) {
        List<VerdictSince> rows = jdbc.sql("""
                        select verdict, since, reason from claims.verdict
                         where workspace_id = ? and page_id = ? and claim_id = ?
                           and since >= coalesce((select max(since) from claims.verdict
                                                   where workspace_id = ? and page_id = ? and claim_id = ?
                                                     and since <= ?), '-infinity')
                         order by since limit 2000""")
                .params(workspace, page, claim, workspace, page, claim, from.atOffset(ZoneOffset.UTC))
                .query((r, _) -> new VerdictSince(
                        verdict(r.getString(1)),
                        r.getObject(2, OffsetDateTime.class).toInstant(),
                        r.getString(3)))
                .list();
        return touching(rows, now);
    }

    /** Spans of every claim of a page, by claim. */
    Map<String, List<VerdictSpan>> spans(JdbcClient jdbc, UUID workspace, String page, Instant from, Instant now) {
        var rows = new HashMap<String, List<VerdictSince>>();
        OffsetDateTime start = from.atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                        (select distinct on (claim_id) claim_id, verdict, since, reason from claims.verdict
                          where workspace_id = ? and page_id = ? and since <= ? order by claim_id, since desc)
                        union all
                        select claim_id, verdict, since, reason from claims.verdict
                         where workspace_id = ? and page_id = ? and since > ?
                         order by claim_id, since limit 100000""")
                .params(workspace, page, start, workspace, page, start)
                .query((r, _) -> rows.computeIfAbsent(r.getString(1), _ -> new ArrayList<>())
                        .add(new VerdictSince(
                                verdict(r.getString(2)),
                                r.getObject(3, OffsetDateTime.class).toInstant(),
                                r.getString(4))))
                .list();
        var spans = new HashMap<String, List<VerdictSpan>>();
        rows.forEach((claim, changes) -> spans.put(claim, touching(changes, now)));
        return spans;
    }

    private static List<VerdictSpan> touching(List<VerdictSince> all, Instant now) {
        List<VerdictSince> rows =
                all.stream().filter(row -> !row.since().isAfter(now)).toList();
        var spans = new ArrayList<VerdictSpan>();
        for (int i = 0; i < rows.size(); i++) {
            spans.add(new VerdictSpan(
                    rows.get(i).verdict(),
                    rows.get(i).since(),
                    i + 1 < rows.size() ? rows.get(i + 1).since() : null));
        }
        return spans;
    }

    private static Verdict verdict(String word) {
        return Verdict.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
