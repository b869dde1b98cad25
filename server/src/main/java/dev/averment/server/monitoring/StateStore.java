package dev.averment.server.monitoring;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How monitors stand. */
final class StateStore {
    /**
     * A row.
     *
     * @param handled up to which ping the runs have come
     * @param wakeAt  when it is to be looked at again, null for never
     */
    record Row(
            UUID monitor,
            Standing standing,
            long handled,
            @Nullable Instant wakeAt) {}

    private static Row row(ResultSet r, int n) throws SQLException {
        return new Row(
                r.getObject("monitor_id", UUID.class),
                new Standing(
                        MonitorState.of(r.getString("state")),
                        r.getObject("since", OffsetDateTime.class).toInstant(),
                        MonitorState.of(r.getString("told")),
                        Texts.instant(r.getObject("due_at", OffsetDateTime.class)),
                        Texts.instant(r.getObject("last_slot", OffsetDateTime.class)),
                        r.getInt("failures"),
                        r.getObject("quiet_run", UUID.class)),
                r.getLong("handled"),
                Texts.instant(r.getObject("woken", OffsetDateTime.class)));
    }

    /** Locks the rows until the transaction ends, in order, so that two who want several don't wait for each other. */
    List<Row> lock(JdbcClient jdbc, UUID workspace, Collection<UUID> monitors) {
        return jdbc.sql("""
                        select monitor_id, state, since, told, due_at, last_slot, failures, quiet_run, handled,
                               nullif(wake_at, 'infinity') as woken
                          from monitoring.monitor_state
                         where workspace_id = ? and monitor_id = any (?::uuid[]) order by monitor_id for update""")
                .params(workspace, Texts.ids(monitors))
                .query(StateStore::row)
                .list();
    }

    /** Whether pings of the monitor are not handled yet, or a verdict falls. */
    boolean behind(JdbcClient jdbc, UUID workspace, UUID monitor, Instant now) {
        return jdbc.sql("""
                        select count(*) from monitoring.monitor_state s
                          join monitoring.heard h on h.workspace_id = s.workspace_id and h.monitor_id = s.monitor_id
                         where s.workspace_id = ? and s.monitor_id = ? and (h.pings > s.handled or s.wake_at <= ?)""")
                        .params(workspace, monitor, java.util.Objects.requireNonNull(Texts.at(now)))
                        .query(Long.class)
                        .single()
                > 0;
    }

    Map<UUID, Row> read(JdbcClient jdbc, UUID workspace, Collection<UUID> monitors) {
        Map<UUID, Row> all = new HashMap<>();
        jdbc.sql("""
                        select monitor_id, state, since, told, due_at, last_slot, failures, quiet_run, handled,
                               nullif(wake_at, 'infinity') as woken
                          from monitoring.monitor_state where workspace_id = ? and monitor_id = any (?::uuid[])""")
                .params(workspace, Texts.ids(monitors))
                .query(StateStore::row)
                .list()
                .forEach(row -> all.put(row.monitor(), row));
        return all;
    }

    void write(JdbcClient jdbc, UUID workspace, List<Row> rows) {
        jdbc.sql("""
                        update monitoring.monitor_state s
                           set state = n.state, since = n.since, told = n.told, due_at = n.due_at, last_slot = n.last_slot,
                               failures = n.failures, quiet_run = n.quiet_run, handled = n.handled,
                               wake_at = coalesce(n.wake_at, 'infinity')
                          from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::timestamptz[], ?::timestamptz[],
                                      ?::int[], ?::uuid[], ?::bigint[], ?::timestamptz[])
                               as n (monitor_id, state, since, told, due_at, last_slot, failures, quiet_run, handled, wake_at)
                         where s.workspace_id = ? and s.monitor_id = n.monitor_id""")
                .params(
                        Texts.of(rows, Row::monitor),
                        Texts.of(rows, r -> r.standing().state().word()),
                        Texts.of(rows, r -> r.standing().since()),
                        Texts.of(rows, r -> r.standing().told().word()),
                        Texts.of(rows, r -> r.standing().due()),
                        Texts.of(rows, r -> r.standing().lastSlot()),
                        Texts.of(rows, r -> r.standing().failures()),
                        Texts.of(rows, r -> r.standing().quiet()),
                        Texts.of(rows, Row::handled),
                        Texts.of(rows, Row::wakeAt),
                        workspace)
                .update();
    }

    /** Pings that were heard, by monitor. */
    Map<UUID, Long> heard(JdbcClient jdbc, UUID workspace, Collection<UUID> monitors) {
        Map<UUID, Long> all = new HashMap<>();
        jdbc.sql("""
                        select monitor_id, pings from monitoring.heard where workspace_id = ? and monitor_id = any (?::uuid[])""").params(workspace, Texts.ids(monitors)).query(r -> {
            all.put(r.getObject(1, UUID.class), r.getLong(2));
        });
        return all;
    }

    /** When each was last heard of. */
    Map<UUID, Instant> heardAt(JdbcClient jdbc, UUID workspace, Collection<UUID> monitors) {
        Map<UUID, Instant> all = new HashMap<>();
        jdbc.sql("""
                        select monitor_id, heard_at from monitoring.heard
                         where workspace_id = ? and monitor_id = any (?::uuid[]) and heard_at is not null""").params(workspace, Texts.ids(monitors)).query(r -> {
            all.put(
                    r.getObject(1, UUID.class),
                    r.getObject(2, OffsetDateTime.class).toInstant());
        });
        return all;
    }
}
