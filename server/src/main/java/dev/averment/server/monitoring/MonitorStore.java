package dev.averment.server.monitoring;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Monitors, what they depend on, and their maintenance. */
final class MonitorStore {
    private static final String COLUMNS = """
            select m.workspace_id, m.monitor_id, m.ping_id, m.slug, m.name, m.tags, m.description, m.schedule, m.time_zone,
                   m.every_seconds, m.grace_seconds, m.max_run_seconds, m.min_run_seconds, m.failures_allowed, m.muted_until,
                   m.methods, m.manual_resume, m.ingest, m.required_metrics, m.made_at
              from monitoring.monitor m
            """;

    private static Monitor monitor(ResultSet r, int row) throws SQLException {
        String expression = r.getString("schedule");
        return new Monitor(
                r.getObject("workspace_id", UUID.class),
                r.getObject("monitor_id", UUID.class),
                r.getObject("ping_id", UUID.class),
                r.getString("slug"),
                r.getString("name"),
                Texts.words(r.getString("tags")),
                r.getString("description"),
                new Monitor.Plan(expression, r.getString("time_zone"), seconds(r, "every_seconds")),
                Duration.ofSeconds(r.getInt("grace_seconds")),
                seconds(r, "max_run_seconds"),
                seconds(r, "min_run_seconds"),
                r.getInt("failures_allowed"),
                Texts.instant(r.getObject("muted_until", OffsetDateTime.class)),
                r.getString("methods").equals("POST"),
                r.getBoolean("manual_resume"),
                r.getString("ingest").equals("token"),
                Texts.words(r.getString("required_metrics")),
                r.getObject("made_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Duration seconds(ResultSet r, String column) throws SQLException {
        int value = r.getInt(column);
        return r.wasNull() ? null : Duration.ofSeconds(value);
    }

    List<Monitor> byIds(JdbcClient jdbc, UUID workspace, Collection<UUID> ids) {
        return jdbc.sql(COLUMNS + " where m.workspace_id = ? and m.monitor_id = any (?::uuid[])")
                .params(workspace, Texts.ids(ids))
                .query(MonitorStore::monitor)
                .list();
    }

    /** By the id in the address of its pings. */
    Optional<Monitor> byPingId(JdbcClient jdbc, UUID workspace, UUID pingId) {
        return jdbc.sql(COLUMNS + " where m.workspace_id = ? and m.ping_id = ?")
                .params(workspace, pingId)
                .query(MonitorStore::monitor)
                .optional();
    }

    Optional<Monitor> byId(JdbcClient jdbc, UUID workspace, UUID id) {
        return byIds(jdbc, workspace, List.of(id)).stream().findFirst();
    }

    /** The monitors of a workspace in order of their ids, after {@code after}. */
    List<Monitor> page(JdbcClient jdbc, UUID workspace, UUID after, int limit) {
        return jdbc.sql(COLUMNS + " where m.workspace_id = ? and m.monitor_id > ? order by m.monitor_id limit ?")
                .params(workspace, after, limit)
                .query(MonitorStore::monitor)
                .list();
    }

    boolean slugTaken(JdbcClient jdbc, UUID workspace, String slug) {
        return jdbc.sql("select count(*) from monitoring.monitor where workspace_id = ? and slug = ?")
                        .params(workspace, slug)
                        .query(Long.class)
                        .single()
                > 0;
    }

    long count(JdbcClient jdbc, UUID workspace) {
        return jdbc.sql("select count(*) from monitoring.monitor where workspace_id = ?")
                .param(workspace)
                .query(Long.class)
                .single();
    }

    /** One maker of monitors at a time, so that their number and a slug that a ping makes stay what they were found to be. */
    void oneAtATime(JdbcClient jdbc, UUID workspace) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('monitors ' || ?, 0))")
                .param(workspace.toString())
                .query((_, _) -> true)
                .list();
    }

    void insert(JdbcClient jdbc, Monitor m) {
        jdbc.sql("""
                        insert into monitoring.monitor (workspace_id, monitor_id, ping_id, slug, name, tags, description, schedule,
                            time_zone, every_seconds, grace_seconds, max_run_seconds, min_run_seconds, failures_allowed,
                            muted_until, methods, manual_resume, ingest, required_metrics, made_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""").params(values(m, true)).update();
        jdbc.sql("insert into monitoring.heard (workspace_id, monitor_id) values (?, ?)")
                .params(m.workspace(), m.id())
                .update();
        jdbc.sql("insert into monitoring.monitor_state (workspace_id, monitor_id, since) values (?, ?, ?)")
                .params(m.workspace(), m.id(), Objects.requireNonNull(Texts.at(m.madeAt())))
                .update();
    }

    void update(JdbcClient jdbc, Monitor m) {
        List<@Nullable Object> values = values(m, false);
        values.add(m.workspace());
        values.add(m.id());
        jdbc.sql("""
                        update monitoring.monitor
                           set slug = ?, name = ?, tags = ?, description = ?, schedule = ?, time_zone = ?, every_seconds = ?,
                               grace_seconds = ?, max_run_seconds = ?, min_run_seconds = ?, failures_allowed = ?,
                               muted_until = ?, methods = ?, manual_resume = ?, ingest = ?, required_metrics = ?
                         where workspace_id = ? and monitor_id = ?""").params(values).update();
    }

    private static List<@Nullable Object> values(Monitor m, boolean whole) {
        var all = new ArrayList<@Nullable Object>();
        if (whole) {
            all.addAll(List.of(m.workspace(), m.id(), m.pingId()));
        }
        all.add(m.slug());
        all.add(m.name());
        all.add(String.join(" ", m.tags()));
        all.add(m.description());
        all.add(m.plan().expression());
        all.add(m.plan().zone());
        all.add(seconds(m.plan().every()));
        all.add(seconds(m.grace()));
        all.add(seconds(m.maxRun()));
        all.add(seconds(m.minRun()));
        all.add(m.failuresAllowed());
        all.add(Texts.at(m.mutedUntil()));
        all.add(m.postOnly() ? "POST" : "");
        all.add(m.manualResume());
        all.add(m.tokenOnly() ? "token" : "open");
        all.add(String.join(" ", m.requiredMetrics()));
        if (whole) {
            all.add(Texts.at(m.madeAt()));
        }
        return all;
    }

    private static @Nullable Integer seconds(@Nullable Duration time) {
        return time == null ? null : Math.toIntExact(time.toSeconds());
    }

    /** With everything that was heard of it; the entries of the log stay. */
    boolean delete(JdbcClient jdbc, UUID workspace, UUID id) {
        jdbc.sql("delete from monitoring.ping where workspace_id = ? and monitor_id = ?")
                .params(workspace, id)
                .update();
        return jdbc.sql("delete from monitoring.monitor where workspace_id = ? and monitor_id = ?")
                        .params(workspace, id)
                        .update()
                == 1;
    }

    Map<UUID, List<UUID>> dependencies(JdbcClient jdbc, UUID workspace, Collection<UUID> of) {
        Map<UUID, List<UUID>> all = new HashMap<>();
        jdbc.sql("""
                        select monitor_id, depends_on from monitoring.dependency
                         where workspace_id = ? and monitor_id = any (?::uuid[]) order by depends_on""").params(workspace, Texts.ids(of)).query(r -> {
            all.computeIfAbsent(r.getObject(1, UUID.class), _ -> new ArrayList<>())
                    .add(r.getObject(2, UUID.class));
        });
        return all;
    }

    /** Replaces what {@code monitor} depends on; ids that are none of the workspace's are left out. */
    void depend(JdbcClient jdbc, UUID workspace, UUID monitor, Collection<UUID> on) {
        jdbc.sql("""
                        delete from monitoring.dependency
                         where workspace_id = ? and monitor_id = ? and depends_on <> all (?::uuid[])""").params(workspace, monitor, Texts.ids(on)).update();
        jdbc.sql("""
                        insert into monitoring.dependency (workspace_id, monitor_id, depends_on)
                        select m.workspace_id, ?, m.monitor_id from monitoring.monitor m
                         where m.workspace_id = ? and m.monitor_id = any (?::uuid[])
                        on conflict do nothing""").params(monitor, workspace, Texts.ids(on)).update();
    }

    List<Monitor.Maintenance> maintenance(JdbcClient jdbc, UUID workspace, Collection<UUID> of, Instant endsAfter) {
        return jdbc.sql("""
                        select maintenance_id, monitor_id, starts_at, ends_at, reason from monitoring.maintenance
                         where workspace_id = ? and monitor_id = any (?::uuid[]) and ends_at > ? order by starts_at""")
                .params(workspace, Texts.ids(of), Objects.requireNonNull(Texts.at(endsAfter)))
                .query((r, _) -> new Monitor.Maintenance(
                        r.getObject(1, UUID.class),
                        r.getObject(2, UUID.class),
                        r.getObject(3, OffsetDateTime.class).toInstant(),
                        r.getObject(4, OffsetDateTime.class).toInstant(),
                        r.getString(5)))
                .list();
    }

    void maintain(JdbcClient jdbc, UUID workspace, Monitor.Maintenance m) {
        jdbc.sql("""
                        insert into monitoring.maintenance (workspace_id, maintenance_id, monitor_id, starts_at, ends_at, reason)
                        values (?, ?, ?, ?, ?, ?)""")
                .params(
                        workspace,
                        m.id(),
                        m.monitor(),
                        Objects.requireNonNull(Texts.at(m.from())),
                        Objects.requireNonNull(Texts.at(m.to())),
                        m.reason())
                .update();
    }

    boolean unmaintain(JdbcClient jdbc, UUID workspace, UUID monitor, UUID maintenance) {
        return jdbc.sql("""
                        delete from monitoring.maintenance where workspace_id = ? and monitor_id = ? and maintenance_id = ?""").params(workspace, monitor, maintenance).update() == 1;
    }
}
