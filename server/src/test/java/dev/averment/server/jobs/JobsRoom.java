package dev.averment.server.jobs;

import com.zaxxer.hikari.HikariDataSource;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.database.Role;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.tenancy.RolePools;
import dev.averment.server.tenancy.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Jobs over a real database and a clock that obeys, with workers that can be killed. */
final class JobsRoom implements AutoCloseable {
    static final String KIND = "test.work";
    static final Duration LEASE = Duration.ofSeconds(60);

    final TestDatabase database;
    final TestClock clock = new TestClock(Instant.parse("2026-11-25T12:00:00Z"));
    final Jobs jobs = new Jobs(clock);
    private final List<Mortal> workers = new ArrayList<>();

    JobsRoom() throws Exception {
        database = TestDatabase.open();
        // What handlers do in these tests, without any key that could hide that they did it twice.
        database.asSuperuser(
                "create table public.effect (workspace_id uuid not null, job_id bigint not null)",
                "grant usage on schema public to averment_app",
                "grant select, insert on public.effect to averment_app");
    }

    /** A worker in a process of its own, as far as the database can tell. */
    final class Mortal {
        final JobWorker worker;
        private final RolePools pools;

        private Mortal(JobHandler handler, WorkerSettings settings) throws Exception {
            pools = new RolePools(database.access(), Map.of(Role.WORKER, 5));
            worker = new JobWorker(pools.of(Role.WORKER), jobs, List.of(handler), RetryPolicy.USUAL, settings, clock);
        }

        /** From now on it reaches the database no more; what it holds, it holds until its leases are over. */
        void die() {
            pools.close();
        }

        void stop() {
            worker.stop();
            pools.close();
        }
    }

    Mortal start(JobHandler handler) throws Exception {
        return start(
                handler,
                new WorkerSettings(32, 32, LEASE, Duration.ofMillis(50), Duration.ofSeconds(5)));
    }

    Mortal start(JobHandler handler, WorkerSettings settings) throws Exception {
        var mortal = new Mortal(handler, settings);
        workers.add(mortal);
        mortal.worker.start();
        return mortal;
    }

    HikariDataSource workerPool() {
        return database.pools().of(Role.WORKER);
    }

    WorkerStore worker() {
        return new WorkerStore(workerPool(), UUID.randomUUID());
    }

    UUID workspace() {
        return database.workspace("Works", "customer");
    }

    static WorkspaceContext context(UUID workspace) {
        return new WorkspaceContext(workspace, "service:test");
    }

    NewJob job() {
        return NewJob.of(KIND, JsonObject.of(), clock.instant());
    }

    NewJob unique(String key) {
        return new NewJob(KIND, JsonObject.of(), clock.instant(), Optional.of(key), 10, NewJob.USUAL);
    }

    boolean add(UUID workspace, NewJob job) {
        return database.workspaces().in(context(workspace), tx -> jobs.add(tx, workspace, job));
    }

    void add(UUID workspace, int count) {
        List<NewJob> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(job());
        }
        database.workspaces().in(context(workspace), tx -> jobs.addAll(tx, workspace, all));
    }

    List<Jobs.DeadJob> dead(UUID workspace) {
        return database.workspaces()
                .reading(context(workspace), tx -> jobs.dead(tx, workspace, Long.MAX_VALUE, 100));
    }

    List<Jobs.Attempt> attempts(UUID workspace, long id) {
        return database.workspaces().reading(context(workspace), tx -> jobs.attempts(tx, workspace, id));
    }

    boolean finish(UUID workspace, Job job) {
        return database.workspaces().in(context(workspace), tx -> jobs.finish(tx, job));
    }

    Jobs.Replay replay(UUID workspace, long id) {
        return database.workspaces().in(context(workspace), tx -> jobs.replay(tx, workspace, id));
    }

    int cancel(UUID workspace, String key) {
        return database.workspaces().in(context(workspace), tx -> jobs.cancel(tx, workspace, KIND, key));
    }

    /** Lets time go on, and everybody look, until it has happened. */
    void until(CountDownLatch happened) throws InterruptedException {
        while (!happened.await(100, TimeUnit.MILLISECONDS)) {
            clock.step(Duration.ofSeconds(1));
            wakeAll();
        }
    }

    /** As {@link #until}, until no job is left. */
    void untilNoneIsLeft() throws Exception {
        while (database.count("select count(*) from jobs.job") > 0) {
            until(new CountDownLatch(0));
            clock.step(Duration.ofSeconds(1));
            wakeAll();
        }
    }

    void wakeAll() {
        workers.forEach(w -> {
            w.worker.wake();
            w.worker.wakeKeepers();
        });
    }

    @Override
    public void close() throws Exception {
        workers.forEach(Mortal::stop);
        database.close();
    }
}
