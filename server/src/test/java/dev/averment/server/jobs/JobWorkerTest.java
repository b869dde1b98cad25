package dev.averment.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers over a real database: what they do is done once, whoever dies meanwhile. */
@Timeout(120)
class JobWorkerTest {
    private JobsRoom room;
    private UUID workspace;

    @BeforeEach
    void open() throws Exception {
        room = new JobsRoom();
        workspace = room.workspace();
    }

    @AfterEach
    void close() throws Exception {
        room.close();
    }

    private record Handler(Work work) implements JobHandler {
        interface Work {
            JobOutcome run(Job job) throws Exception;
        }

        @Override
        public String kind() {
            return JobsRoom.KIND;
        }

        @Override
        public JobOutcome run(Job job) throws Exception {
            return work.run(job);
        }
    }

    private boolean effect(Job job) {
        return room.database.workspaces().in(JobsRoom.context(job.workspace()), tx -> {
            tx.sql("insert into public.effect values (?, ?)").params(job.workspace(), job.id()).update();
            if (!room.jobs.finish(tx, job)) {
                throw new IllegalStateException("somebody else has it");
            }
            return true;
        });
    }

    @Test
    void of_three_workers_two_die_and_every_job_has_its_effect_once() throws Exception {
        UUID other = room.workspace();
        room.add(workspace, 200);
        room.add(other, 200);
        var caught = new CountDownLatch(20);
        var dying = new CountDownLatch(1);
        List<JobsRoom.Mortal> mortals = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            var count = new AtomicInteger();
            mortals.add(room.start(new Handler(job -> {
                if (count.incrementAndGet() > 50) {
                    // Work that never comes to its end: its process is gone before.
                    caught.countDown();
                    dying.await();
                    throw new IllegalStateException("gone");
                }
                effect(job);
                return new JobOutcome.Done();
            })));
        }
        caught.await();
        mortals.forEach(JobsRoom.Mortal::die);
        dying.countDown();
        room.start(new Handler(job -> {
            effect(job);
            return new JobOutcome.Done();
        }));
        room.untilNoneIsLeft();
        assertThat(room.database.count("select count(*) from public.effect")).isEqualTo(400);
        assertThat(room.database.count("select count(distinct (workspace_id, job_id)) from public.effect"))
                .isEqualTo(400);
        assertThat(room.database.count("select count(*) from jobs.job")).isZero();
        assertThat(room.database.count("select count(*) from jobs.attempt where outcome = 'done'"))
                .isEqualTo(400);
        assertThat(room.database.count("select count(*) from jobs.attempt where outcome = 'lost'"))
                .isGreaterThanOrEqualTo(20);
    }

    @Test
    void what_is_added_in_a_transaction_that_rolls_back_is_never_done() throws Exception {
        BlockingQueue<Long> done = new LinkedBlockingQueue<>();
        room.start(new Handler(job -> {
            done.add(job.id());
            return new JobOutcome.Done();
        }));
        try {
            room.database.workspaces().in(JobsRoom.context(workspace), tx -> {
                room.jobs.add(tx, workspace, room.job());
                throw new IllegalStateException("the change fails");
            });
        } catch (IllegalStateException expected) {
            // As it should.
        }
        room.add(workspace, room.job());
        done.take();
        assertThat(done).isEmpty();
        assertThat(room.database.count("select count(*) from jobs.attempt")).isLessThanOrEqualTo(1);
    }

    private void runs(Function<Job, JobOutcome> work, CountDownLatch times) throws Exception {
        room.start(new Handler(job -> {
            try {
                return work.apply(job);
            } finally {
                times.countDown();
            }
        }));
        room.until(times);
    }

    @Test
    void a_job_that_fails_comes_back_later_and_later_until_it_is_dead_and_a_replay_brings_it_back() throws Exception {
        room.add(workspace, new NewJob(
                JobsRoom.KIND, JsonObject.of("page", "self"), room.clock.instant(), Optional.empty(), 3, 100));
        var dead = new CountDownLatch(3);
        var replayed = new CountDownLatch(4);
        runs(
                job -> {
                    replayed.countDown();
                    if (job.attempt() <= 3) {
                        throw new IllegalArgumentException("password is hunter2");
                    }
                    return new JobOutcome.Done();
                },
                dead);
        while (room.dead(workspace).isEmpty()) {
            Thread.onSpinWait();
        }
        Jobs.DeadJob died = room.dead(workspace).getFirst();
        assertThat(died.attempts()).isEqualTo(3);
        assertThat(died.args()).isEqualTo("{\"page\":\"self\"}");
        assertThat(died.error())
                .as("where it happened, and nothing of what it was about")
                .startsWith("IllegalArgumentException in JobWorkerTest.java:")
                .doesNotContain("hunter2");
        List<Jobs.Attempt> attempts = room.attempts(workspace, died.id());
        assertThat(attempts).extracting(Jobs.Attempt::outcome).containsExactly("failed", "failed", "failed");
        assertThat(attempts).extracting(Jobs.Attempt::n).containsExactly(3, 2, 1);
        assertThat(Duration.between(attempts.get(2).ended(), attempts.get(1).started()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(4));
        assertThat(Duration.between(attempts.get(1).ended(), attempts.get(0).started()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(8));

        UUID stranger = room.workspace();
        assertThat(room.replay(stranger, died.id())).isEqualTo(Jobs.Replay.NOT_DEAD);
        assertThat(room.replay(workspace, died.id())).isEqualTo(Jobs.Replay.STARTED);
        assertThat(room.replay(workspace, died.id())).isEqualTo(Jobs.Replay.NOT_DEAD);
        room.until(replayed);
        assertThat(room.dead(workspace)).isEmpty();
    }

    @Test
    void again_is_no_failure_and_uses_no_attempt_up() throws Exception {
        room.add(workspace, new NewJob(
                JobsRoom.KIND, JsonObject.of(), room.clock.instant(), Optional.empty(), 1, 100));
        runs(
                job -> job.attempt() < 5
                        ? new JobOutcome.Again(room.clock.instant().plusSeconds(3))
                        : new JobOutcome.Done(),
                new CountDownLatch(5));
        assertThat(room.dead(workspace)).isEmpty();
    }

    @Test
    void a_handler_can_say_that_no_further_try_would_help() throws Exception {
        room.add(workspace, room.job());
        runs(_ -> new JobOutcome.Dead("the page is gone"), new CountDownLatch(1));
        while (room.dead(workspace).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(room.dead(workspace).getFirst().error()).isEqualTo("the page is gone");
    }

    @Test
    void a_workspace_whose_jobs_hang_leaves_room_for_others() throws Exception {
        UUID other = room.workspace();
        room.add(workspace, 50);
        var hanging = new CountDownLatch(4);
        var end = new CountDownLatch(1);
        var others = new CountDownLatch(50);
        Map<UUID, AtomicInteger> most = new ConcurrentHashMap<>();
        room.start(
                new Handler(job -> {
                    if (job.workspace().equals(other)) {
                        others.countDown();
                        return new JobOutcome.Done();
                    }
                    most.computeIfAbsent(job.workspace(), _ -> new AtomicInteger()).incrementAndGet();
                    hanging.countDown();
                    end.await();
                    return new JobOutcome.Done();
                }),
                new WorkerSettings(8, 4, JobsRoom.LEASE, Duration.ofMillis(50), Duration.ofSeconds(5)));
        hanging.await();
        room.add(other, 50);
        others.await();
        assertThat(most.get(workspace).get()).isEqualTo(4);
        end.countDown();
        while (room.database.count("select count(*) from jobs.job") > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void leases_of_long_work_are_renewed_and_nobody_else_gets_it() throws Exception {
        room.add(workspace, room.job());
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        room.start(new Handler(_ -> {
            begun.countDown();
            end.await();
            return new JobOutcome.Done();
        }));
        begun.await();
        WorkerStore rival = room.worker();
        for (int i = 0; i < 6; i++) {
            var before = until();
            room.clock.step(JobsRoom.LEASE.dividedBy(3));
            while (until().equals(before)) {
                room.wakeAll();
            }
            assertThat(rival.reap(room.clock.instant(), JobsRoom.LEASE, RetryPolicy.USUAL)).isZero();
        }
        end.countDown();
    }

    private Object until() throws Exception {
        return room.database.rows("select locked_until from jobs.job").getFirst().get("locked_until");
    }

    @Test
    void a_worker_that_stops_lets_running_jobs_end_and_gives_the_rest_back() throws Exception {
        room.add(workspace, 100);
        var begun = new CountDownLatch(4);
        var end = new CountDownLatch(1);
        var mortal = room.start(
                new Handler(_ -> {
                    begun.countDown();
                    end.await();
                    return new JobOutcome.Done();
                }),
                new WorkerSettings(4, 4, JobsRoom.LEASE, Duration.ofMillis(50), Duration.ofSeconds(30)));
        begun.await();
        Thread stopping = Thread.ofVirtual().start(mortal::stop);
        end.countDown();
        stopping.join();
        assertThat(room.database.count("select count(*) from jobs.job where state <> 0 or attempt > 0")).isZero();
        assertThat(room.database.count("select count(*) from jobs.job"))
                .isEqualTo(100 - room.database.count("select count(*) from jobs.attempt where outcome = 'done'"));
    }

    @Test
    void a_job_that_does_not_end_when_the_server_stops_is_given_back_at_once() throws Exception {
        room.add(workspace, room.job());
        var begun = new CountDownLatch(1);
        var mortal = room.start(
                new Handler(_ -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return new JobOutcome.Done();
                }),
                new WorkerSettings(4, 4, JobsRoom.LEASE, Duration.ofMillis(50), Duration.ofMillis(50)));
        begun.await();
        mortal.stop();
        assertThat(room.database.rows("select state, attempt, max_attempts from jobs.job").getFirst())
                .containsEntry("state", 0)
                .containsEntry("attempt", 1)
                .containsEntry("max_attempts", 11);
        assertThat(room.database.rows("select outcome from jobs.attempt").getFirst())
                .containsEntry("outcome", "handed-back");
    }
}
