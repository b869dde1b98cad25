package dev.averment.server.jobs;

import dev.averment.server.jobs.Jobs.Attempt;
import dev.averment.server.jobs.Jobs.DeadJob;
import dev.averment.server.jobs.Jobs.Replay;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code jobs.job} and {@code jobs.attempt} as a workspace's own transactions reach them. */
final class JobStore {

    boolean insert(JdbcClient jdbc, UUID workspace, NewJob job, Instant now) {
        return jdbc.sql("""
                        insert into jobs.job (workspace_id, kind, args, state, priority, run_at, made_at, max_attempts, unique_key)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (workspace_id, kind, unique_key) where state < 3 and unique_key is not null do nothing""")
                        .params(
                                workspace,
                                job.kind(),
                                args(job),
                                state(job, now),
                                job.priority(),
                                at(job.runAt()),
                                at(now),
                                job.maxAttempts(),
                                job.uniqueKey().orElse(null))
                        .update()
                == 1;
    }

    int insertAll(JdbcClient jdbc, UUID workspace, List<NewJob> jobs, Instant now) {
        return jdbc.sql("""
                        insert into jobs.job (workspace_id, kind, args, state, priority, run_at, made_at, max_attempts, unique_key)
                        select ?, n.kind, n.args, n.state, n.priority,
                               timestamptz 'epoch' + n.run_at * interval '1 microsecond', ?, n.max_attempts, n.unique_key
                          from unnest(?::text[], ?::text[], ?::smallint[], ?::smallint[], ?::bigint[], ?::integer[], ?::text[])
                               as n (kind, args, state, priority, run_at, max_attempts, unique_key)
                        on conflict (workspace_id, kind, unique_key) where state < 3 and unique_key is not null do nothing""")
                .param(workspace)
                .param(at(now))
                .param(jobs.stream().map(NewJob::kind).toArray(String[]::new))
                .param(jobs.stream().map(JobStore::args).toArray(String[]::new))
                .param(jobs.stream().mapToInt(job -> state(job, now)).toArray())
                .param(jobs.stream().mapToInt(NewJob::priority).toArray())
                .param(jobs.stream().mapToLong(job -> micros(job.runAt())).toArray())
                .param(jobs.stream().mapToInt(NewJob::maxAttempts).toArray())
                .param(jobs.stream().map(job -> job.uniqueKey().orElse(null)).toArray(String[]::new))
                .update();
    }

    private static int state(NewJob job, Instant now) {
        return job.runAt().isAfter(now) ? WorkerStore.SCHEDULED : WorkerStore.READY;
    }

    private static String args(NewJob job) {
        byte[] args = job.args().canonical();
        if (args.length > NewJob.MAX_ARGS) {
            throw new IllegalArgumentException("a job takes " + NewJob.MAX_ARGS + " bytes, not " + args.length
                    + ": keep the content in a table and hand over its id");
        }
        return new String(args, StandardCharsets.UTF_8);
    }

    /** Deletes the job if this attempt still has it, and notes that it is done. */
    boolean finish(JdbcClient jdbc, Job job, Instant now) {
        return jdbc.sql("""
                        with gone as (
                            delete from jobs.job where workspace_id = ? and job_id = ? and state = 1 and attempt = ?
                            returning workspace_id, job_id, attempt, kind, locked_by, locked_at)
                        insert into jobs.attempt (workspace_id, job_id, n, kind, worker, started_at, ended_at, outcome)
                        select workspace_id, job_id, attempt, kind, locked_by, locked_at, ?, 'done' from gone""")
                        .params(job.workspace(), job.id(), job.attempt(), at(now))
                        .update()
                == 1;
    }

    List<DeadJob> dead(JdbcClient jdbc, UUID workspace, long before, int most) {
        return jdbc.sql("""
                        select job_id, kind, args, attempt, made_at, dead_at, coalesce(last_error, '') from jobs.job
                         where workspace_id = ? and state = 3 and job_id < ? order by job_id desc limit ?""")
                .params(workspace, before, most)
                .query((r, _) -> new DeadJob(
                        r.getLong(1),
                        r.getString(2),
                        r.getString(3),
                        r.getInt(4),
                        r.getObject(5, OffsetDateTime.class).toInstant(),
                        r.getObject(6, OffsetDateTime.class).toInstant(),
                        r.getString(7)))
                .list();
    }

    Replay replay(JdbcClient jdbc, UUID workspace, long id, Instant now, int tries) {
        Boolean taken = jdbc.sql("""
                        select exists (select from jobs.job o where o.workspace_id = j.workspace_id and o.kind = j.kind
                                          and o.unique_key = j.unique_key and o.state < 3)
                          from jobs.job j where j.workspace_id = ? and j.job_id = ? and j.state = 3 for update""")
                .params(workspace, id)
                .query(Boolean.class)
                .optional()
                .orElse(null);
        if (taken == null) {
            return Replay.NOT_DEAD;
        }
        if (taken) {
            return Replay.TAKEN;
        }
        jdbc.sql("""
                update jobs.job set state = 0, run_at = ?, dead_at = null, max_attempts = attempt + ?
                 where workspace_id = ? and job_id = ? and state = 3""").params(at(now), tries, workspace, id).update();
        return Replay.STARTED;
    }

    int cancel(JdbcClient jdbc, UUID workspace, String kind, String uniqueKey) {
        return jdbc.sql("""
                        delete from jobs.job
                         where workspace_id = ? and kind = ? and unique_key = ? and state in (0, 2)""")
                .params(workspace, kind, uniqueKey)
                .update();
    }

    List<Attempt> attempts(JdbcClient jdbc, UUID workspace, long id) {
        return jdbc.sql("""
                        select n, worker, started_at, ended_at, outcome, coalesce(error, '') from jobs.attempt
                         where workspace_id = ? and job_id = ? order by n desc limit 100""")
                .params(workspace, id)
                .query((r, _) -> new Attempt(
                        r.getInt(1),
                        r.getObject(2, UUID.class),
                        r.getObject(3, OffsetDateTime.class).toInstant(),
                        r.getObject(4, OffsetDateTime.class).toInstant(),
                        r.getString(5),
                        r.getString(6)))
                .list();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** As PostgreSQL counts time. */
    static long micros(Instant instant) {
        return Math.multiplyExact(instant.getEpochSecond(), 1_000_000L) + instant.getNano() / 1_000;
    }
}
