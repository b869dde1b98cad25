package dev.averment.server.stream;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code stream.event}, in the context of their workspace. */
final class EventStore {

    void insert(JdbcClient tx, UUID workspace, String kind, String subject, String data, Instant at) {
        tx.sql("insert into stream.event (workspace_id, kind, subject, data, made_at) values (?, ?, ?, ?, ?)")
                .params(workspace, kind, subject, data, at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Events after {@code from} of transactions before {@code horizon}, in order. */
    List<Event> after(JdbcClient tx, UUID workspace, Position from, long horizon, int most) {
        return tx.sql("""
                select workspace_id, xid, event_id, kind, subject, data, made_at from stream.event
                 where workspace_id = ? and (xid, event_id) > (?, ?) and xid < ? order by xid, event_id limit ?""")
                .params(workspace, from.xid(), from.event(), horizon, most)
                .query((r, _) -> {
                    Instant at = r.getObject(7, OffsetDateTime.class).toInstant();
                    return new Event(
                            r.getObject(1, UUID.class),
                            new Position(r.getLong(2), r.getLong(3), at.getEpochSecond()),
                            r.getString(4),
                            r.getString(5),
                            r.getString(6),
                            at);
                })
                .list();
    }

    /** The first transaction that may still write: all before it are over. */
    long horizon(JdbcClient tx) {
        return tx.sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single();
    }
}
