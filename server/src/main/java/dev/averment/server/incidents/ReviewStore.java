package dev.averment.server.incidents;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code incidents.review}. */
final class ReviewStore {

    /**
     * What was learnt from an incident.
     *
     * @param round of the times that the incident was opened, the one that this is about
     */
    record Review(
            int version, int round, String author, Instant written, String happened, String cause, String actions) {}

    void insert(JdbcClient tx, UUID workspace, UUID incident, Review review) {
        tx.sql("""
                insert into incidents.review
                       (workspace_id, incident_id, version, round, author, written_at, happened, cause, actions)
                select ?, ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, ? from incidents.review
                 where workspace_id = ? and incident_id = ?""")
                .params(
                        workspace,
                        incident,
                        review.round(),
                        review.author(),
                        review.written().atOffset(ZoneOffset.UTC),
                        review.happened(),
                        review.cause(),
                        review.actions(),
                        workspace,
                        incident)
                .update();
    }

    /** The newest first. */
    List<Review> of(JdbcClient tx, UUID workspace, UUID incident) {
        return tx.sql("""
                select version, round, author, written_at, happened, cause, actions from incidents.review
                 where workspace_id = ? and incident_id = ? order by version desc limit 50""")
                .params(workspace, incident)
                .query((r, _) -> new Review(
                        r.getInt(1),
                        r.getInt(2),
                        r.getString(3),
                        r.getObject(4, OffsetDateTime.class).toInstant(),
                        r.getString(5),
                        r.getString(6),
                        r.getString(7)))
                .list();
    }
}
