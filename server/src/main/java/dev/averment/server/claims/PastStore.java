package dev.averment.server.claims;

import dev.averment.evidence.merkle.Hash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that tell a page's past, and the entries of the log that recorded them. Only read. */
final class PastStore {

    /**
     * An entry of the log.
     *
     * @param hash what the log says that it hashes to, once it has its place
     * @param salt of the digests of a recorded row, where there is one
     */
    record Entry(UUID id, byte[] bytes, Optional<Hash> hash, Optional<byte[]> salt) {}

    /**
     * A revision as it lies there.
     *
     * @param sha256 the column, in hex
     * @param comes  what its file comes to, in hex
     */
    record Revision(int number, String sha256, String comes, int changes) {}

    /** A row of {@code claims.verdict}; {@code json} as the trigger that records changes writes it. */
    record VerdictRow(String claim, Instant since, byte[] json) {}

    /** The newest entries that put a page of the workspace in force, newest first. */
    List<Entry> revised(JdbcClient jdbc, UUID workspace, int limit) {
        return jdbc.sql("""
                        select l.leaf_id, l.bytes, i.leaf_hash, null::bytea as salt
                          from (select * from evidence.leaf
                                 where workspace_id = ? and action = 'page.revised'
                                 order by leaf_id desc limit ?) l
                          left join evidence.leaf_index i
                            on i.workspace_id = l.workspace_id and i.leaf_id = l.leaf_id
                         order by l.leaf_id desc""").params(workspace, limit).query((r, _) -> entry(r)).list();
    }

    List<Revision> revisions(JdbcClient jdbc, UUID workspace, String page) {
        return jdbc.sql("""
                        select r.number, encode(r.sha256, 'hex'), encode(sha256(r.source), 'hex'),
                               (select count(*) from claims.change c
                                 where c.workspace_id = r.workspace_id and c.page_id = r.page_id
                                   and c.number = r.number)
                          from claims.revision r
                         where r.workspace_id = ? and r.page_id = ? order by r.number""")
                .params(workspace, page)
                .query((r, _) -> new Revision(
                        r.getInt(1),
                        Objects.requireNonNull(r.getString(2)),
                        Objects.requireNonNull(r.getString(3)),
                        r.getInt(4)))
                .list();
    }

    /**
     * Entries that recorded a verdict, oldest first.
     *
     * @param limit how many of the newest entries about inserted rows are looked through
     */
    List<Entry> verdictsRecorded(JdbcClient jdbc, UUID workspace, int limit) {
        return jdbc.sql("""
                        select l.leaf_id, l.bytes, i.leaf_hash, d.salt
                          from (select * from evidence.leaf
                                 where workspace_id = ? and action = 'row.inserted'
                                 order by leaf_id desc limit ?) l
                          left join evidence.leaf_index i
                            on i.workspace_id = l.workspace_id and i.leaf_id = l.leaf_id
                          left join evidence.disclosure d
                            on d.workspace_id = l.workspace_id and d.leaf_id = l.leaf_id and d.path = 'change'
                         where position(convert_to('"type":"claims.verdict"}]', 'UTF8') in l.bytes) > 0
                         order by l.leaf_id""").params(workspace, limit).query((r, _) -> entry(r)).list();
    }

    /** How many entries about inserted rows there are, counted up to {@code limit}. */
    int inserted(JdbcClient jdbc, UUID workspace, int limit) {
        return jdbc.sql("""
                        select count(*) from (select from evidence.leaf
                                               where workspace_id = ? and action = 'row.inserted' limit ?) l""").params(workspace, limit).query(Integer.class).single();
    }

    /** Every verdict of a page, oldest first. */
    List<VerdictRow> verdicts(JdbcClient jdbc, UUID workspace, String page) {
        // As in record_change, whose digests are compared: for this transaction only.
        jdbc.sql("select set_config('TimeZone', 'UTC', true)")
                .query(String.class)
                .single();
        return jdbc.sql("""
                        select claim_id, since, convert_to(row_to_json(v)::text, 'UTF8') from claims.verdict v
                         where workspace_id = ? and page_id = ? order by since""")
                .params(workspace, page)
                .query((r, _) -> new VerdictRow(
                        Objects.requireNonNull(r.getString(1)),
                        r.getObject(2, OffsetDateTime.class).toInstant(),
                        Objects.requireNonNull(r.getBytes(3))))
                .list();
    }

    private static Entry entry(ResultSet r) throws SQLException {
        return new Entry(
                r.getObject("leaf_id", UUID.class),
                Objects.requireNonNull(r.getBytes("bytes")),
                Optional.ofNullable(r.getBytes("leaf_hash")).map(Hash::of),
                Optional.ofNullable(r.getBytes("salt")));
    }
}
