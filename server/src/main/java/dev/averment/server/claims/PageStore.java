package dev.averment.server.claims;

import dev.averment.server.claims.PublishedPages.ChangeLine;
import dev.averment.server.claims.PublishedPages.RevisionEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Revisions of pages and what each changed. */
final class PageStore {

    /** A revision as it lies in the database. */
    record StoredRevision(int number, byte[] source, byte[] sha256, LocalDate asOf, Instant inForceSince) {}

    Optional<StoredRevision> newest(JdbcClient jdbc, UUID workspace, String page) {
        return jdbc.sql("""
                        select number, source, sha256, as_of, in_force_since from claims.revision
                         where workspace_id = ? and page_id = ? order by number desc limit 1""")
                .params(workspace, page)
                .query((r, _) -> new StoredRevision(
                        r.getInt(1),
                        r.getBytes(2),
                        r.getBytes(3),
                        r.getObject(4, LocalDate.class),
                        r.getObject(5, OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Ids of all pages that ever were in force. */
    List<String> ids(JdbcClient jdbc, UUID workspace) {
        return jdbc.sql("select distinct page_id from claims.revision where workspace_id = ? order by page_id")
                .params(workspace)
                .query((r, _) -> r.getString(1))
                .list();
    }

    Optional<byte[]> source(JdbcClient jdbc, UUID workspace, String page, int number) {
        return jdbc.sql("select source from claims.revision where workspace_id = ? and page_id = ? and number = ?")
                .params(workspace, page, number)
                .query(byte[].class)
                .optional();
    }

    /** The newest entries that put a page of the workspace in force, newest first. */
    List<byte[]> revisionLeaves(JdbcClient jdbc, UUID workspace, int limit) {
        return jdbc.sql("""
                        select bytes from evidence.leaf
                         where workspace_id = ? and action = 'page.revised' order by leaf_id desc limit ?""")
                .params(workspace, limit)
                .query((r, _) -> Objects.requireNonNull(r.getBytes(1)))
                .list();
    }

    void insert(JdbcClient jdbc, UUID workspace, String page, StoredRevision revision, List<ChangeLine> lines) {
        jdbc.sql("""
                        insert into claims.revision
                            (workspace_id, page_id, number, source, sha256, as_of, in_force_since)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        workspace,
                        page,
                        revision.number(),
                        revision.source(),
                        revision.sha256(),
                        revision.asOf(),
                        revision.inForceSince().atOffset(ZoneOffset.UTC))
                .update();
        int line = 0;
        for (ChangeLine change : lines) {
            jdbc.sql("""
                            insert into claims.change
                                (workspace_id, page_id, number, line, kind, claim_id, before, after, permanent)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .param(workspace)
                    .param(page)
                    .param(revision.number())
                    .param(++line)
                    .param(change.kind())
                    .param(change.claim())
                    .param(change.before())
                    .param(change.after())
                    .param(change.permanent())
                    .update();
        }
    }

    List<RevisionEntry> all(JdbcClient jdbc, UUID workspace, String page) {
        return jdbc.sql("""
                        select number, in_force_since, as_of, sha256 from claims.revision
                         where workspace_id = ? and page_id = ? order by number desc limit 500""")
                .params(workspace, page)
                .query((r, _) -> new RevisionEntry(
                        r.getInt(1),
                        r.getObject(2, OffsetDateTime.class).toInstant(),
                        r.getObject(3, LocalDate.class),
                        HexFormat.of().formatHex(r.getBytes(4)),
                        changes(jdbc, workspace, page, r.getInt(1))))
                .list();
    }

    private static List<ChangeLine> changes(JdbcClient jdbc, UUID workspace, String page, int number) {
        return jdbc.sql("""
                        select kind, claim_id, before, after, permanent from claims.change
                         where workspace_id = ? and page_id = ? and number = ? order by line""")
                .params(workspace, page, number)
                .query((r, _) ->
                        new ChangeLine(r.getString(1), r.getString(2), r.getString(3), r.getString(4), r.getBoolean(5)))
                .list();
    }
}
