package dev.averment.server.proving;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Due checks of all workspaces, taken under a lease by {@code averment_worker}. */
final class ScheduleStore {
    private final JdbcClient jdbc;

    ScheduleStore(DataSource workerPool) {
        this.jdbc = JdbcClient.create(workerPool);
    }

    /**
     * A check that is due and now leased to us.
     *
     * @param fence tells our lease from a later one
     * @param since when it was to run
     */
    record Due(UUID workspace, String page, String claim, String check, long fence, OffsetDateTime since) {}

    /**
     * Takes up to {@code limit} due checks; a dead worker's come back when its lease ends. A lease that ends later than twice
     * ours, from now, is none: an endless one would keep its check from ever running, and clocks of two machines don't differ
     * by that much. A time that lies further ahead than twice the check's interval was set by a clock that was: no check waits
     * until then.
     */
    List<Due> take(Instant now, Duration lease, int limit) {
        return jdbc.sql("""
                        update claims.schedule s
                           set leased_until = :until, fence = s.fence + 1
                          from (select workspace_id, page_id, claim_id, check_id from claims.schedule
                                 where (due_at <= :now or due_at > :now + 2 * every and due_at <> 'infinity')
                                   and (leased_until is null or leased_until < :now or leased_until > :longest)
                                 order by due_at limit :limit for update skip locked) d
                         where s.workspace_id = d.workspace_id and s.page_id = d.page_id
                           and s.claim_id = d.claim_id and s.check_id = d.check_id
                        returning s.workspace_id, s.page_id, s.claim_id, s.check_id, s.fence, s.due_at""")
                .param("now", at(now))
                .param("until", at(now.plus(lease)))
                .param("longest", at(now.plus(lease.multipliedBy(2))))
                .param("limit", limit)
                .query((r, _) -> new Due(
                        r.getObject(1, UUID.class),
                        r.getString(2),
                        r.getString(3),
                        r.getString(4),
                        r.getLong(5),
                        r.getObject(6, OffsetDateTime.class)))
                .list();
    }

    /**
     * Ends the lease, if it is still ours, and sets the next time: at once when another look was asked for meanwhile, for ours
     * may have seen what was there before.
     */
    boolean done(Due due, Instant next) {
        return jdbc.sql("""
                        update claims.schedule
                           set due_at = case when due_at = ? then ? else due_at end, leased_until = null
                         where workspace_id = ? and page_id = ? and claim_id = ? and check_id = ? and fence = ?""")
                        .params(
                                due.since(),
                                at(next),
                                due.workspace(),
                                due.page(),
                                due.claim(),
                                due.check(),
                                due.fence())
                        .update()
                == 1;
    }

    /** Makes the checks of one claim due at once, or of the whole page when {@code claim} is empty. */
    int hurry(UUID workspace, String page, String claim, Instant now) {
        return jdbc.sql("""
                        update claims.schedule set due_at = ?
                         where workspace_id = ? and page_id = ? and (? = '' or claim_id = ?) and due_at <> 'infinity'""").params(at(now), workspace, page, claim, claim).update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
