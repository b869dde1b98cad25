package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.JobQueue;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.Role;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.jobs.NewJob;
import dev.averment.server.tenancy.WellKnown;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** This server's queue: jobs of checks stand in a workspace that is made for checks. */
final class InstanceJobs implements JobQueue {
    private static final Logger log = LoggerFactory.getLogger(InstanceJobs.class);
    private static final UUID WORKSPACE = WellKnown.CANARY_A;
    private static final int ATTEMPTS = 10;

    private final Path dataFolder;
    private final DatabaseAccess access;
    private final InstanceWorkspaces workspaces;

    InstanceJobs(Path dataFolder, DatabaseAccess access, InstanceWorkspaces workspaces) {
        this.dataFolder = dataFolder;
        this.access = access;
        this.workspaces = workspaces;
    }

    @Override
    public Batch batch(InstantSource clock) {
        return new CanaryBatch(clock);
    }

    private <T> T inWorkspace(Function<JdbcClient, T> work) throws CollectException {
        return workspaces.inside(
                WORKSPACE.toString(), c -> work.apply(JdbcClient.create(new SingleConnectionDataSource(c, true))));
    }

    private final class CanaryBatch implements Batch {
        private final String id = UUID.randomUUID().toString();
        private final Map<Long, Integer> numbers = new HashMap<>();
        private final InstantSource clock;
        private final Jobs jobs;
        private int put;

        CanaryBatch(InstantSource clock) {
            this.clock = clock;
            this.jobs = new Jobs(clock);
        }

        @Override
        public void put(int count) throws CollectException {
            Instant now = clock.instant();
            List<NewJob> more = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                more.add(new NewJob(
                        CanaryWork.KIND,
                        JsonObject.of("batch", id, "n", (long) put + i),
                        now,
                        Optional.empty(),
                        ATTEMPTS,
                        NewJob.USUAL));
            }
            inWorkspace(tx -> {
                jobs.addAll(tx, WORKSPACE, more);
                tx.sql("""
                                select job_id, (args::json ->> 'n')::integer from jobs.job
                                 where workspace_id = ? and kind = ? and args::json ->> 'batch' = ?""").params(WORKSPACE, CanaryWork.KIND, id).query(r -> {
                    numbers.put(r.getLong(1), r.getInt(2));
                });
                return true;
            });
            put += count;
        }

        @Override
        public List<Worker> workers(int count) throws CollectException {
            return WorkerChild.start(count, dataFolder, WORKSPACE, numbers);
        }

        @Override
        public Standing standing() throws CollectException {
            return inWorkspace(tx -> {
                Set<Integer> open = new HashSet<>();
                Set<Integer> dead = new HashSet<>();
                tx.sql("select job_id, state = 3 from jobs.job where workspace_id = ? and job_id = any (?)")
                        .params(WORKSPACE, ids())
                        .query(r -> {
                            (r.getBoolean(2) ? dead : open).add(number(r.getLong(1)));
                        });
                Map<Integer, Integer> effects = new HashMap<>();
                tx.sql("""
                                select (data::json ->> 'n')::integer, count(*) from stream.event
                                 where workspace_id = ? and kind = ? and data::json ->> 'batch' = ? group by 1""").params(WORKSPACE, CanaryWork.KIND, id).query(r -> {
                    effects.put(r.getInt(1), r.getInt(2));
                });
                List<Try> tries = tx.sql("""
                                select job_id, worker, outcome from jobs.attempt
                                 where workspace_id = ? and job_id = any (?) order by ended_at, n""")
                        .params(WORKSPACE, ids())
                        .query((r, _) -> new Try(number(r.getLong(1)), r.getString(2), r.getString(3)))
                        .list();
                return new Standing(put, open, dead, effects, tries);
            });
        }

        private Long[] ids() {
            return numbers.keySet().toArray(Long[]::new);
        }

        private int number(long job) {
            Integer number = numbers.get(job);
            if (number == null) {
                throw new IllegalStateException("job " + job + " is none of this batch");
            }
            return number;
        }

        @Override
        public void close() {
            try {
                Long[] events = inWorkspace(tx -> {
                    tx.sql("delete from jobs.job where workspace_id = ? and job_id = any (?)")
                            .params(WORKSPACE, ids())
                            .update();
                    return tx.sql("""
                                    select distinct xid from stream.event
                                     where workspace_id = ? and kind = ? and data::json ->> 'batch' = ?""")
                            .params(WORKSPACE, CanaryWork.KIND, id)
                            .query(Long.class)
                            .list()
                            .toArray(Long[]::new);
                });
                forget(events);
            } catch (CollectException e) {
                log.warn("jobs of a check are left behind: {}", e.getMessage());
            }
        }

        /** As the role that clears what is old away. */
        private void forget(Long[] events) throws CollectException {
            try (Connection c = access.connect(Role.WORKER.roleName())) {
                JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(c, true));
                jdbc.sql("delete from stream.event where workspace_id = ? and xid = any (?)")
                        .params(WORKSPACE, events)
                        .update();
                jdbc.sql("delete from jobs.attempt where workspace_id = ? and job_id = any (?)")
                        .params(WORKSPACE, ids())
                        .update();
            } catch (SQLException e) {
                throw new CollectException(
                        "What jobs of a check left can't be cleared away (SQL state " + e.getSQLState()
                                + "); see that the server's database is up.",
                        e);
            }
        }
    }
}
