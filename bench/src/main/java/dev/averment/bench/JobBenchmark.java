package dev.averment.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.database.Role;
import dev.averment.server.jobs.Job;
import dev.averment.server.jobs.JobHandler;
import dev.averment.server.jobs.JobOutcome;
import dev.averment.server.jobs.JobWorker;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.jobs.NewJob;
import dev.averment.server.jobs.RetryPolicy;
import dev.averment.server.jobs.WorkerSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * Jobs that do nothing, from the first one added to the last one acknowledged and gone. The peer is db-scheduler on the same
 * PostgreSQL, in the faster of its ways to poll.
 */
public final class JobBenchmark implements Benchmark {
    private static final int WORKSPACES = 20;
    private static final int BATCH = 1_000;
    private static final int PEER_THREADS = 20;
    private static final int PEER_SHARE = 10;

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public Report run(Effort effort) throws Exception {
        var report = new Report(
                "jobs",
                "Jobs that do nothing, " + effort.jobs() + " of " + WORKSPACES + " workspaces, added " + BATCH
                        + " a transaction: from the first one added to the last one acknowledged, by one process as the"
                        + " server runs it, with a row for each attempt.",
                "Compared with db-scheduler 16.12.0 on the same PostgreSQL (lock-and-fetch, " + PEER_THREADS
                        + " threads, a tenth of the jobs).");
        try (var rig = DatabaseRig.start(8)) {
            List<UUID> workspaces = rig.workspaces(WORKSPACES);
            Samples own = report.samples("Averment", "jobs/s");
            Samples cpu = report.samples("Averment, processor time of database and worker", "µs/job");
            Samples peer = report.samples("db-scheduler", "jobs/s");
            Samples ratio = report.samples("ratio, round by round", "×");
            peerTable(rig);
            own(rig, workspaces, Math.max(BATCH, effort.jobs() / 10));
            peer(rig, Math.max(BATCH, effort.jobs() / (10 * PEER_SHARE)));
            for (int i = 0; i < effort.rounds(); i++) {
                double before = rig.processorMicros() + ProcessorTime.own();
                double ours = own(rig, workspaces, effort.jobs());
                cpu.add((rig.processorMicros() + ProcessorTime.own() - before) / effort.jobs());
                double theirs = peer(rig, Math.max(BATCH, effort.jobs() / PEER_SHARE));
                own.add(ours);
                peer.add(theirs);
                ratio.add(ours / theirs);
            }
            report.atLeast("jobs a second, median", own.median(), "jobs/s", 40_000);
            report.atLeast("times as many as db-scheduler, median", ratio.median(), "×", 5);
        }
        return report;
    }

    private record NoWork(CountDownLatch left) implements JobHandler {
        @Override
        public String kind() {
            return "bench.nothing";
        }

        @Override
        public JobOutcome run(Job job) {
            left.countDown();
            return new JobOutcome.Done();
        }
    }

    private static double own(DatabaseRig rig, List<UUID> workspaces, int count) throws Exception {
        InstantSource clock = InstantSource.system();
        var jobs = new Jobs(clock);
        var left = new CountDownLatch(count);
        var worker = new JobWorker(
                rig.pools().of(Role.WORKER),
                jobs,
                List.of(new NoWork(left)),
                RetryPolicy.USUAL,
                WorkerSettings.USUAL,
                clock);
        worker.start();
        long began = System.nanoTime();
        try {
            Thread adding = Thread.ofPlatform().start(() -> add(rig, workspaces, jobs, count));
            adding.join();
            left.await();
        } finally {
            // Writes the last acknowledgements; what it does beyond that counts against us.
            worker.stop();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        if (rig.count("select count(*) from jobs.job") != 0
                || rig.count("select count(*) from jobs.attempt where outcome = 'done'") != count) {
            throw new IllegalStateException("not every job was acknowledged once");
        }
        rig.asAdministrator("truncate jobs.attempt");
        rig.asAdministrator("vacuum jobs.job");
        return count / seconds;
    }

    private static void add(DatabaseRig rig, List<UUID> workspaces, Jobs jobs, int count) {
        for (int at = 0, turn = 0; at < count; at += BATCH, turn++) {
            UUID workspace = workspaces.get(turn % workspaces.size());
            Instant now = Instant.now();
            List<NewJob> batch = new ArrayList<>();
            for (int i = at; i < Math.min(count, at + BATCH); i++) {
                batch.add(NewJob.of("bench.nothing", JsonObject.of("n", i), now));
            }
            rig.workspaces().in(DatabaseRig.context(workspace), tx -> jobs.addAll(tx, workspace, batch));
        }
    }

    /** As the peer's documentation gives it for PostgreSQL. */
    private static void peerTable(DatabaseRig rig) throws SQLException {
        rig.asOwner(
                "create schema peer",
                """
                create table peer.scheduled_tasks (
                    task_name text not null, task_instance text not null, task_data bytea,
                    execution_time timestamp with time zone not null, picked boolean not null, picked_by text,
                    last_success timestamp with time zone, last_failure timestamp with time zone,
                    consecutive_failures int, last_heartbeat timestamp with time zone, version bigint not null,
                    priority smallint, state text, primary key (task_name, task_instance))""",
                "create index execution_time_idx on peer.scheduled_tasks (execution_time)",
                "create index last_heartbeat_idx on peer.scheduled_tasks (last_heartbeat)");
    }

    private static double peer(DatabaseRig rig, int count) throws Exception {
        var left = new CountDownLatch(count);
        OneTimeTask<Void> nothing = Tasks.oneTime("nothing").execute((_, _) -> left.countDown());
        try (HikariDataSource pool = rig.ownerPool(PEER_THREADS + 4)) {
            Scheduler scheduler = Scheduler.create(pool, nothing)
                    .tableName("peer.scheduled_tasks")
                    .threads(PEER_THREADS)
                    .pollingInterval(Duration.ofMillis(100))
                    .pollUsingLockAndFetch(1.0, 4.0)
                    .build();
            scheduler.start();
            long began = System.nanoTime();
            try {
                for (int at = 0; at < count; at += BATCH) {
                    List<TaskInstance<?>> batch = new ArrayList<>();
                    for (int i = at; i < Math.min(count, at + BATCH); i++) {
                        batch.add(nothing.instance(Integer.toString(i)));
                    }
                    scheduler.scheduleBatch(batch, Instant.now());
                }
                left.await();
                while (rig.count("select count(*) from peer.scheduled_tasks") > 0) {
                    Thread.onSpinWait();
                }
                return count / ((System.nanoTime() - began) / 1e9);
            } finally {
                scheduler.stop();
            }
        }
    }
}
