package dev.averment.server.jobs;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Jobs of all workspaces as {@code averment_worker} takes, keeps and ends them: so many in one statement, for what costs is the
 * commit and not the row. Every statement that ends something is fenced by worker and attempt: whoever lost a job meanwhile
 * changes nothing.
 *
 * <p>Rows are found by key or partial index whatever the planner believes of the table: by {@code ctid} of rows that the same
 * statement locked, and by a lateral look-up that can't be turned into a join.
 */
final class WorkerStore {
    static final int READY = 0;
    static final int SCHEDULED = 2;
    static final int DEAD = 3;
    static final int DONE = 9;

    /** Workspaces that one claim looks at. */
    static final int WORKSPACES = 64;

    private static final int BATCH = 500;
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final UUID worker;

    WorkerStore(DataSource workerPool, UUID worker) {
        this.jdbc = JdbcClient.create(workerPool);
        this.worker = worker;
    }

    /** @param next workspace after which the next claim goes on */
    record Claimed(List<Job> jobs, UUID next) {}

    private record Row(Job job, int visited, UUID last) {}

    /**
     * Takes ready jobs. It goes from workspace to workspace in the order of their ids and takes the same share of each, the
     * most urgent and oldest first, so that one with a million jobs keeps nobody waiting; none gets more than {@code mostEach}
     * at a time, with those in {@code held}.
     */
    Claimed claim(UUID after, Map<UUID, Integer> held, int mostEach, int most, Instant now, Duration lease) {
        List<Map.Entry<UUID, Integer>> own = List.copyOf(held.entrySet());
        List<Row> rows = jdbc.sql("""
                        with recursive turn (workspace_id, place) as (
                            (select j.workspace_id, 1 from jobs.job j
                              where j.state = 0 and j.workspace_id > ? order by j.workspace_id limit 1)
                            union all
                            select (select j.workspace_id from jobs.job j
                                     where j.state = 0 and j.workspace_id > t.workspace_id order by j.workspace_id limit 1),
                                   t.place + 1
                              from turn t where t.workspace_id is not null and t.place < ?
                        ), share as (
                            select t.workspace_id, t.place,
                                   least(greatest(1, ? / count(*) over ()), greatest(0, ? - coalesce(h.held, 0))) as most
                              from turn t left join unnest(?::uuid[], ?::integer[]) as h (workspace_id, held)
                                on h.workspace_id = t.workspace_id
                             where t.workspace_id is not null
                        ), due as materialized (
                            select d.at from share s cross join lateral (
                                   select j.ctid as at from jobs.job j where j.workspace_id = s.workspace_id and j.state = 0
                                    order by j.priority, j.run_at, j.job_id limit s.most for update skip locked) d
                        )
                        update jobs.job j
                           set state = 1, attempt = j.attempt + 1, locked_by = ?, locked_at = ?, locked_until = ?
                         where j.ctid = any (array(select at from due limit ?))
                        returning j.workspace_id, j.job_id, j.kind, j.args, j.attempt, j.max_attempts,
                                  (select count(*) from share), (select workspace_id from share order by place desc limit 1)""")
                .param(after)
                .param(WORKSPACES)
                .param(most)
                .param(mostEach)
                .param(own.stream().map(e -> e.getKey().toString()).toArray(String[]::new))
                .param(own.stream().mapToInt(Map.Entry::getValue).toArray())
                .param(worker)
                .param(JobStore.at(now))
                .param(JobStore.at(now.plus(lease)))
                .param(most)
                .query((r, _) -> new Row(
                        new Job(
                                r.getObject(1, UUID.class),
                                r.getLong(2),
                                r.getString(3),
                                args(r.getString(4)),
                                r.getInt(5),
                                r.getInt(6)),
                        r.getInt(7),
                        r.getObject(8, UUID.class)))
                .list();
        boolean more = !rows.isEmpty() && rows.getFirst().visited() == WORKSPACES;
        return new Claimed(
                rows.stream().map(Row::job).toList(), more ? rows.getFirst().last() : FIRST);
    }

    private static dev.averment.evidence.json.JsonObject args(String text) {
        try {
            return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new IllegalStateException("the arguments of a job are no JSON object", e);
        }
    }

    /** Ends attempts that succeeded: their jobs go. Returns how many were still this worker's. */
    int done(List<Ended> ended) {
        return jdbc.sql("""
                        with mine as materialized (
                            select a.*, j.at, j.kind
                              from unnest(?::uuid[], ?::bigint[], ?::integer[], ?::bigint[], ?::bigint[])
                                   as a (workspace_id, job_id, n, started, ended)
                             cross join lateral (
                                   select j.ctid as at, j.kind from jobs.job j
                                    where j.workspace_id = a.workspace_id and j.job_id = a.job_id
                                      and j.state = 1 and j.locked_by = ? and j.attempt = a.n for update) j
                        ), gone as (
                            delete from jobs.job where ctid = any (array(select at from mine))
                        )
                        insert into jobs.attempt (workspace_id, job_id, n, kind, worker, started_at, ended_at, outcome)
                        select workspace_id, job_id, n, kind, ?, timestamptz 'epoch' + started * interval '1 microsecond',
                               timestamptz 'epoch' + ended * interval '1 microsecond', 'done' from mine""")
                .param(workspaces(ended))
                .param(ids(ended))
                .param(attempts(ended))
                .param(longs(ended, e -> JobStore.micros(e.started())))
                .param(longs(ended, e -> JobStore.micros(e.ended())))
                .param(worker)
                .param(worker)
                .update();
    }

    /** Ends attempts whose jobs stay. Returns how many were still this worker's. */
    int stays(List<Ended> ended) {
        return jdbc.sql("""
                        with mine as materialized (
                            select a.*, j.kind
                              from unnest(?::uuid[], ?::bigint[], ?::integer[], ?::bigint[], ?::bigint[], ?::integer[],
                                          ?::bigint[], ?::integer[], ?::text[], ?::text[])
                                   as a (workspace_id, job_id, n, started, ended, state, run_at, granted, outcome, error)
                             cross join lateral (
                                   select j.kind from jobs.job j
                                    where j.workspace_id = a.workspace_id and j.job_id = a.job_id
                                      and j.state = 1 and j.locked_by = ? and j.attempt = a.n for update) j
                        ), noted as (
                            insert into jobs.attempt (workspace_id, job_id, n, kind, worker, started_at, ended_at, outcome, error)
                            select workspace_id, job_id, n, kind, ?, timestamptz 'epoch' + started * interval '1 microsecond',
                                   timestamptz 'epoch' + ended * interval '1 microsecond', outcome, error from mine
                        )
                        update jobs.job j
                           set state = m.state, max_attempts = j.max_attempts + m.granted,
                               run_at = timestamptz 'epoch' + m.run_at * interval '1 microsecond',
                               locked_by = null, locked_at = null, locked_until = null,
                               dead_at = case when m.state = 3
                                              then timestamptz 'epoch' + m.ended * interval '1 microsecond' end,
                               last_error = coalesce(m.error, j.last_error)
                          from mine m where j.workspace_id = m.workspace_id and j.job_id = m.job_id""")
                .param(workspaces(ended))
                .param(ids(ended))
                .param(attempts(ended))
                .param(longs(ended, e -> JobStore.micros(e.started())))
                .param(longs(ended, e -> JobStore.micros(e.ended())))
                .param(ints(ended, Ended::state))
                .param(longs(ended, e -> JobStore.micros(e.runAt())))
                .param(ints(ended, Ended::granted))
                .param(ended.stream().map(Ended::outcome).toArray(String[]::new))
                .param(ended.stream().map(Ended::error).toArray(String[]::new))
                .param(worker)
                .param(worker)
                .update();
    }

    /** A job by its key. */
    record Key(UUID workspace, long id) {
        static Key of(Job job) {
            return new Key(job.workspace(), job.id());
        }
    }

    /**
     * Prolongs the leases of {@code jobs}; returns those that somebody else has meanwhile. One that is gone was ended in its own
     * transaction and is not lost.
     */
    List<Key> renew(List<Job> jobs, Instant until) {
        return jdbc.sql("""
                        with held as materialized (
                            select * from unnest(?::uuid[], ?::bigint[], ?::integer[]) as a (workspace_id, job_id, n)
                        ), kept as (
                            update jobs.job j set locked_until = ? from held a
                             where j.workspace_id = a.workspace_id and j.job_id = a.job_id
                               and j.state = 1 and j.locked_by = ? and j.attempt = a.n
                        )
                        select j.workspace_id, j.job_id from held a
                          join jobs.job j on j.workspace_id = a.workspace_id and j.job_id = a.job_id
                         where j.state <> 1 or j.locked_by <> ? or j.attempt <> a.n""")
                .param(jobs.stream().map(j -> j.workspace().toString()).toArray(String[]::new))
                .param(jobs.stream().mapToLong(Job::id).toArray())
                .param(jobs.stream().mapToInt(Job::attempt).toArray())
                .param(JobStore.at(until))
                .param(worker)
                .param(worker)
                .query((r, _) -> new Key(r.getObject(1, UUID.class), r.getLong(2)))
                .list();
    }

    /** Gives back whatever this worker took and did not begin: as if it had never been taken. */
    int handBack(List<Job> begun) {
        return jdbc.sql("""
                        update jobs.job j
                           set state = 0, attempt = j.attempt - 1, locked_by = null, locked_at = null, locked_until = null
                         where j.state = 1 and j.locked_by = ?
                           and not exists (select from unnest(?::uuid[], ?::bigint[]) as b (workspace_id, job_id)
                                            where b.workspace_id = j.workspace_id and b.job_id = j.job_id)""")
                .param(worker)
                .param(begun.stream().map(j -> j.workspace().toString()).toArray(String[]::new))
                .param(begun.stream().mapToLong(Job::id).toArray())
                .update();
    }

    /** Makes jobs ready whose time has come; returns how many. */
    int promote(Instant now) {
        return jdbc.sql("""
                        update jobs.job set state = 0 where ctid = any (array(
                               select ctid from jobs.job where state = 2 and run_at <= ?
                                order by run_at limit ? for update skip locked))""")
                .params(JobStore.at(now), BATCH)
                .update();
    }

    /**
     * Takes jobs from workers whose lease is over: they come again, or are dead after their last attempt. A lease that ends
     * later than twice {@code lease} from now is none: an endless one would keep its job from ever running.
     */
    int reap(Instant now, Duration lease, RetryPolicy retries) {
        return jdbc.sql("""
                        with lost as materialized (
                            select ctid as at, workspace_id, job_id, attempt, kind, locked_by, locked_at from jobs.job
                             where state = 1 and (locked_until < ? or locked_until > ?)
                             order by locked_until limit ? for update skip locked
                        ), noted as (
                            insert into jobs.attempt (workspace_id, job_id, n, kind, worker, started_at, ended_at, outcome, error)
                            select workspace_id, job_id, attempt, kind, locked_by, locked_at, ?, 'lost',
                                   'its worker went away before it said how it ended' from lost
                        )
                        update jobs.job
                           set state = case when attempt >= max_attempts then 3 else 2 end,
                               run_at = ?::timestamptz + least(? * power(2, least(attempt - 1, 30)), ?)
                                        * (0.8 + 0.4 * random()) * interval '1 millisecond',
                               dead_at = case when attempt >= max_attempts then ?::timestamptz end,
                               locked_by = null, locked_at = null, locked_until = null,
                               last_error = 'its worker went away before it said how it ended'
                         where ctid = any (array(select at from lost))""")
                .params(
                        JobStore.at(now),
                        JobStore.at(now.plus(lease.multipliedBy(2))),
                        BATCH,
                        JobStore.at(now),
                        JobStore.at(now),
                        (double) retries.base().toMillis(),
                        (double) retries.longest().toMillis(),
                        JobStore.at(now))
                .update();
    }

    /** Takes away up to {@code most} tries that ended before then. */
    int purgeAttempts(Instant before, int most) {
        return jdbc.sql("""
                        delete from jobs.attempt where ctid = any (array(
                               select ctid from jobs.attempt where ended_at < ? limit ?))""")
                .params(JobStore.at(before), most)
                .update();
    }

    /** Takes away up to {@code most} jobs that died before then. */
    int purgeDead(Instant before, int most) {
        return jdbc.sql("""
                        delete from jobs.job where ctid = any (array(
                               select ctid from jobs.job where state = 3 and dead_at < ? limit ? for update skip locked))""")
                .params(JobStore.at(before), most)
                .update();
    }

    /** Counts up to {@code most} of each. */
    JobFigures figures(Instant now, int most) {
        return jdbc.sql("""
                        select (select count(*) from (select from jobs.job where state = 0 limit ?) r),
                               (select min(run_at) from (select run_at from jobs.job where state = 0 limit ?) r),
                               (select count(*) from (select from jobs.job where state = 1 limit ?) r),
                               (select count(*) from (select from jobs.job where state = 2 limit ?) r),
                               (select count(*) from (select from jobs.job where state = 3 limit ?) r)""")
                .params(most, most, most, most, most)
                .query((r, _) -> {
                    var oldest = r.getObject(2, java.time.OffsetDateTime.class);
                    Duration age = oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), now);
                    return new JobFigures(
                            r.getInt(1), age.isNegative() ? Duration.ZERO : age, r.getInt(3), r.getInt(4), r.getInt(5));
                })
                .single();
    }

    private static String[] workspaces(List<Ended> ended) {
        return ended.stream().map(e -> e.job().workspace().toString()).toArray(String[]::new);
    }

    private static long[] ids(List<Ended> ended) {
        return longs(ended, e -> e.job().id());
    }

    private static int[] attempts(List<Ended> ended) {
        return ints(ended, e -> e.job().attempt());
    }

    private static long[] longs(List<Ended> ended, ToLongFunction<Ended> value) {
        return ended.stream().mapToLong(value).toArray();
    }

    private static int[] ints(List<Ended> ended, ToIntFunction<Ended> value) {
        return ended.stream().mapToInt(value).toArray();
    }
}
