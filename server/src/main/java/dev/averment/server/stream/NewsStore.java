package dev.averment.server.stream;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where something happened, over all workspaces, and never what: the worker's view of {@code stream.event}. */
final class NewsStore {
    private final JdbcClient jdbc;

    /** @param worker the pool of {@code averment_worker} */
    NewsStore(DataSource worker) {
        this.jdbc = JdbcClient.create(worker);
    }

    /** The first transaction that may still write: all before it are over. */
    long horizon() {
        return jdbc.sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single();
    }

    /** Workspaces in which transactions from {@code from} on and before {@code horizon} wrote events. */
    List<UUID> moved(long from, long horizon) {
        return jdbc.sql("select distinct workspace_id from stream.event where xid >= ? and xid < ?")
                .params(from, horizon)
                .query((r, _) -> r.getObject(1, UUID.class))
                .list();
    }

    /** Deletes events that are older; how many there were, at most {@code most}. */
    int purge(Instant before, int most) {
        return jdbc.sql("""
                        delete from stream.event where (workspace_id, xid, event_id) in (
                               select workspace_id, xid, event_id from stream.event where made_at < ? limit ?)""").params(before.atOffset(ZoneOffset.UTC), most).update();
    }
}
