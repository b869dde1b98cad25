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
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs and what they measured. */
final class RunStore {
    private static final String COLUMNS = """
            select run_id, monitor_id, rid, slot, started_at, deadline, ended_at, status, open, exit_status, reason, slots,
                   records_in, records_out, bytes, throughput, peak_memory, output_n
              from monitoring.run
            """;

    /** Metrics with a column of their own. */
    static final Set<String> OWN = Set.of("records_in", "records_out", "bytes", "throughput", "peak_memory");

    private static Run run(ResultSet r, int row) throws SQLException {
        var run = new Run(
                r.getObject("run_id", UUID.class),
                r.getObject("monitor_id", UUID.class),
                r.getObject("rid", UUID.class),
                Texts.instant(r.getObject("slot", OffsetDateTime.class)),
                Texts.instant(r.getObject("started_at", OffsetDateTime.class)),
                Texts.instant(r.getObject("deadline", OffsetDateTime.class)),
                RunStatus.of(r.getString("status")),
                r.getBoolean("open"));
        run.endedAt = Texts.instant(r.getObject("ended_at", OffsetDateTime.class));
        int exit = r.getInt("exit_status");
        run.exit = r.wasNull() ? null : exit;
        run.reason = r.getString("reason");
        run.slots = r.getInt("slots");
        for (String name : OWN) {
            double value = r.getDouble(name);
            if (!r.wasNull()) {
                run.metrics.put(name, value);
            }
        }
        long output = r.getLong("output_n");
        run.outputOf = r.wasNull() ? null : output;
        return run;
    }

    /** Open runs in order of their start, by monitor. */
    Map<UUID, List<Run>> open(JdbcClient jdbc, UUID workspace, Collection<UUID> monitors) {
        Map<UUID, List<Run>> all = new HashMap<>();
        List<Run> runs = jdbc.sql(
                        COLUMNS + " where workspace_id = ? and monitor_id = any (?::uuid[]) and open order by run_id")
                .params(workspace, Texts.ids(monitors))
                .query(RunStore::run)
                .list();
        withMetrics(jdbc, workspace, runs);
        runs.forEach(
                run -> all.computeIfAbsent(run.monitor, _ -> new ArrayList<>()).add(run));
        return all;
    }

    /** How long the last run took of which beginning and end are known, by monitor. */
    Map<UUID, Duration> lastDurations(JdbcClient jdbc, UUID workspace, Collection<UUID> monitors) {
        Map<UUID, Duration> all = new HashMap<>();
        jdbc.sql("""
                        select m.monitor_id, r.started_at, r.ended_at
                          from unnest(?::uuid[]) as m (monitor_id)
                         cross join lateral (
                               select r.started_at, r.ended_at from monitoring.run r
                                where r.workspace_id = ? and r.monitor_id = m.monitor_id and r.started_at is not null
                                  and r.ended_at is not null
                                order by r.run_id desc limit 1) r""").params(Texts.ids(monitors), workspace).query(r -> {
            all.put(
                    r.getObject(1, UUID.class),
                    Duration.between(
                            r.getObject(2, OffsetDateTime.class).toInstant(),
                            r.getObject(3, OffsetDateTime.class).toInstant()));
        });
        return all;
    }

    /** A monitor's runs, newest first, before {@code before}. */
    List<Run> page(JdbcClient jdbc, UUID workspace, UUID monitor, UUID before, int limit) {
        List<Run> runs = jdbc.sql(COLUMNS
                        + " where workspace_id = ? and monitor_id = ? and run_id < ? order by run_id desc limit ?")
                .params(workspace, monitor, before, limit)
                .query(RunStore::run)
                .list();
        withMetrics(jdbc, workspace, runs);
        return runs;
    }

    /** Of all monitors, newest first. Ids are in the order of time. */
    List<Run> since(JdbcClient jdbc, UUID workspace, Instant from, int limit) {
        List<Run> runs = jdbc.sql(COLUMNS + " where workspace_id = ? and run_id >= ? order by run_id desc limit ?")
                .params(workspace, OrderedIds.least(from), limit)
                .query(RunStore::run)
                .list();
        withMetrics(jdbc, workspace, runs);
        return runs;
    }

    Optional<Run> byId(JdbcClient jdbc, UUID workspace, UUID id) {
        List<Run> runs = jdbc.sql(COLUMNS + " where workspace_id = ? and run_id = ?")
                .params(workspace, id)
                .query(RunStore::run)
                .list();
        withMetrics(jdbc, workspace, runs);
        return runs.stream().findFirst();
    }

    private static void withMetrics(JdbcClient jdbc, UUID workspace, List<Run> runs) {
        if (runs.isEmpty()) {
            return;
        }
        Map<UUID, Run> byId = new HashMap<>();
        runs.forEach(run -> byId.put(run.id, run));
        jdbc.sql("""
                        select run_id, name, value from monitoring.run_metric
                         where workspace_id = ? and run_id = any (?::uuid[])""").params(workspace, Texts.ids(byId.keySet())).query(r -> {
            Objects.requireNonNull(byId.get(r.getObject(1, UUID.class))).metrics.put(r.getString(2), r.getDouble(3));
        });
    }

    void write(JdbcClient jdbc, UUID workspace, Collection<Run> runs) {
        jdbc.sql("""
                        insert into monitoring.run as r (workspace_id, run_id, monitor_id, rid, slot, started_at, deadline, ended_at,
                            status, open, exit_status, reason, slots, records_in, records_out, bytes, throughput, peak_memory,
                            output_n)
                        select ?, n.* from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::timestamptz[], ?::timestamptz[],
                            ?::timestamptz[], ?::timestamptz[], ?::text[], ?::boolean[], ?::smallint[], ?::text[], ?::int[],
                            ?::bigint[], ?::bigint[], ?::bigint[], ?::float8[], ?::bigint[], ?::bigint[]) n
                        on conflict (workspace_id, run_id) do update
                           set deadline = excluded.deadline, ended_at = excluded.ended_at, status = excluded.status,
                               open = excluded.open, exit_status = excluded.exit_status, reason = excluded.reason,
                               records_in = excluded.records_in, records_out = excluded.records_out, bytes = excluded.bytes,
                               throughput = excluded.throughput, peak_memory = excluded.peak_memory,
                               output_n = excluded.output_n""")
                .params(
                        workspace,
                        Texts.of(runs, r -> r.id),
                        Texts.of(runs, r -> r.monitor),
                        Texts.of(runs, r -> r.rid),
                        Texts.of(runs, r -> r.slot),
                        Texts.of(runs, r -> r.startedAt),
                        Texts.of(runs, r -> r.deadline),
                        Texts.of(runs, r -> r.endedAt),
                        Texts.of(runs, r -> r.status.word()),
                        Texts.of(runs, r -> r.open),
                        Texts.of(runs, r -> r.exit),
                        Texts.of(runs, r -> r.reason.length() > 500 ? r.reason.substring(0, 500) : r.reason),
                        Texts.of(runs, r -> r.slots),
                        Texts.of(runs, r -> whole(r.metrics.get("records_in"))),
                        Texts.of(runs, r -> whole(r.metrics.get("records_out"))),
                        Texts.of(runs, r -> whole(r.metrics.get("bytes"))),
                        Texts.of(runs, Run::throughput),
                        Texts.of(runs, r -> whole(r.metrics.get("peak_memory"))),
                        Texts.of(runs, r -> r.outputOf))
                .update();
        List<Map.Entry<UUID, Map.Entry<String, Double>>> custom = runs.stream()
                .flatMap(run -> run.metrics.entrySet().stream()
                        .filter(metric -> !OWN.contains(metric.getKey()))
                        .map(metric -> Map.entry(run.id, metric)))
                .toList();
        if (!custom.isEmpty()) {
            jdbc.sql("""
                            insert into monitoring.run_metric (workspace_id, run_id, name, value)
                            select ?, n.* from unnest(?::uuid[], ?::text[], ?::float8[]) n
                            on conflict (workspace_id, run_id, name) do update set value = excluded.value""")
                    .params(
                            workspace,
                            Texts.of(custom, Map.Entry::getKey),
                            Texts.of(custom, e -> e.getValue().getKey()),
                            Texts.of(custom, e -> e.getValue().getValue()))
                    .update();
        }
    }

    private static @Nullable Long whole(@Nullable Double value) {
        return value == null || value < 0 || value > 9e15 ? null : Long.valueOf(Math.round(value));
    }

    /** Counts further slots on rows that stand for several. */
    void count(JdbcClient jdbc, UUID workspace, Map<UUID, Integer> slots) {
        jdbc.sql("""
                        update monitoring.run r set slots = r.slots + n.more
                          from unnest(?::uuid[], ?::int[]) as n (run_id, more)
                         where r.workspace_id = ? and r.run_id = n.run_id""")
                .params(Texts.ids(slots.keySet()), Texts.of(slots.values(), v -> v), workspace)
                .update();
    }

    /** Open runs of a monitor have no deadline any more: nobody waits for them. */
    void forgetDeadlines(JdbcClient jdbc, UUID workspace, UUID monitor) {
        jdbc.sql("update monitoring.run set deadline = null where workspace_id = ? and monitor_id = ? and open")
                .params(workspace, monitor)
                .update();
    }

    /** A note about a run. */
    record Note(UUID id, Instant at, String actor, String body) {}

    void note(JdbcClient jdbc, UUID workspace, UUID run, Note note) {
        jdbc.sql("""
                        insert into monitoring.trace_note (workspace_id, note_id, run_id, written_at, actor, body)
                        values (?, ?, ?, ?, ?, ?)""")
                .params(
                        workspace,
                        note.id(),
                        run,
                        Objects.requireNonNull(Texts.at(note.at())),
                        note.actor(),
                        note.body())
                .update();
    }

    List<Note> notes(JdbcClient jdbc, UUID workspace, UUID run) {
        return jdbc.sql("""
                        select note_id, written_at, actor, body from monitoring.trace_note
                         where workspace_id = ? and run_id = ? order by note_id limit 500""")
                .params(workspace, run)
                .query((r, _) -> new Note(
                        r.getObject(1, UUID.class),
                        r.getObject(2, OffsetDateTime.class).toInstant(),
                        r.getString(3),
                        r.getString(4)))
                .list();
    }
}
