package dev.averment.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.evidence.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each statement of a worker against a real database. */
class WorkerStoreTest {
    private static final UUID FIRST = new UUID(0, 0);

    private JobsRoom room;
    private UUID workspace;
    private WorkerStore store;

    @BeforeEach
    void open() throws Exception {
        room = new JobsRoom();
        workspace = room.workspace();
        store = room.worker();
    }

    @AfterEach
    void close() throws Exception {
        room.close();
    }

    private List<Job> claim(WorkerStore who, int most) {
        return who.claim(FIRST, Map.of(), most, most, room.clock.instant(), JobsRoom.LEASE).jobs();
    }

    private Ended ended(Job job, int state) {
        Instant now = room.clock.instant();
        return new Ended(job, now, now, state, now, state == WorkerStore.DONE ? "done" : "failed", null, 0);
    }

    private long left() throws Exception {
        return room.database.count("select count(*) from jobs.job");
    }

    @Test
    void many_workers_never_get_the_same_job() throws Exception {
        room.add(workspace, 500);
        Set<Long> taken = new HashSet<>();
        int all = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Job>>> workers = new ArrayList<>();
            for (int w = 0; w < 5; w++) {
                workers.add(threads.submit(() -> {
                    WorkerStore one = room.worker();
                    List<Job> mine = new ArrayList<>();
                    for (List<Job> some = claim(one, 7); !some.isEmpty(); some = claim(one, 7)) {
                        mine.addAll(some);
                    }
                    return mine;
                }));
            }
            for (var worker : workers) {
                for (Job job : worker.get()) {
                    taken.add(job.id());
                    all++;
                }
            }
        }
        assertThat(all + claim(store, 500).size()).isEqualTo(500);
        assertThat(taken).hasSize(all);
    }

    @Test
    void an_answer_to_an_attempt_that_was_taken_away_changes_nothing() throws Exception {
        room.add(workspace, room.job());
        Job stale = claim(store, 1).getFirst();
        room.clock.step(JobsRoom.LEASE.plusSeconds(1));
        assertThat(store.reap(room.clock.instant(), JobsRoom.LEASE, RetryPolicy.USUAL)).isEqualTo(1);
        assertThat(store.done(List.of(ended(stale, WorkerStore.DONE)))).as("while it waits").isZero();
        room.clock.step(Duration.ofMinutes(1));
        assertThat(store.promote(room.clock.instant())).isEqualTo(1);
        // By the same worker: only the number of the attempt tells them apart.
        Job fresh = claim(store, 1).getFirst();
        assertThat(fresh.attempt()).isEqualTo(2);
        assertThat(store.done(List.of(ended(stale, WorkerStore.DONE)))).isZero();
        assertThat(store.stays(List.of(ended(stale, WorkerStore.DEAD)))).isZero();
        assertThat(store.renew(List.of(stale), room.clock.instant().plusSeconds(600)))
                .containsExactly(WorkerStore.Key.of(stale));
        assertThat(store.renew(List.of(fresh), room.clock.instant().plus(JobsRoom.LEASE))).isEmpty();
        assertThat(room.worker().done(List.of(ended(fresh, WorkerStore.DONE)))).as("by somebody else").isZero();
        assertThat(room.finish(workspace, stale))
                .isFalse();
        assertThat(left()).isEqualTo(1);
        assertThat(store.done(List.of(ended(fresh, WorkerStore.DONE)))).isEqualTo(1);
        assertThat(left()).isZero();
        assertThat(store.renew(List.of(fresh), room.clock.instant())).as("gone, and not lost").isEmpty();
        assertThat(room.attempts(workspace, fresh.id()))
                .extracting(Jobs.Attempt::outcome)
                .containsExactly("done", "lost");
    }

    @Test
    void a_job_that_takes_its_workers_with_it_is_dead_after_its_last_attempt() throws Exception {
        room.add(workspace, new NewJob(
                JobsRoom.KIND, JsonObject.of(), room.clock.instant(), Optional.empty(), 2, 100));
        for (int i = 0; i < 2; i++) {
            assertThat(claim(store, 1)).hasSize(1);
            room.clock.step(JobsRoom.LEASE.plusSeconds(1));
            assertThat(store.reap(room.clock.instant(), JobsRoom.LEASE, RetryPolicy.USUAL)).isEqualTo(1);
            room.clock.step(Duration.ofHours(2));
            store.promote(room.clock.instant());
        }
        assertThat(claim(store, 1)).isEmpty();
        assertThat(room.dead(workspace)).singleElement().satisfies(dead -> assertThat(dead.error()).contains("went away"));
    }

    @Test
    void a_lease_without_an_end_keeps_no_job_from_running() throws Exception {
        room.add(workspace, room.job());
        claim(store, 1);
        room.database.asSuperuser("update jobs.job set locked_until = 'infinity'");
        assertThat(store.reap(room.clock.instant(), JobsRoom.LEASE, RetryPolicy.USUAL)).isEqualTo(1);
    }

    @Test
    void a_workspace_with_thousands_of_jobs_keeps_nobody_waiting() {
        room.add(workspace, 2_000);
        UUID small = room.workspace();
        room.add(small, 3);
        List<Job> taken = claim(store, 10);
        assertThat(taken).hasSize(8);
        assertThat(taken).filteredOn(job -> job.workspace().equals(small)).hasSize(3);
        assertThat(claim(store, 10)).as("alone, it gets all").hasSize(10);
    }

    @Test
    void claims_go_round_all_workspaces_however_many_there_are() {
        int workspaces = WorkerStore.WORKSPACES + 6;
        for (int i = 0; i < workspaces; i++) {
            room.add(room.workspace(), 2);
        }
        var first = store.claim(FIRST, Map.of(), 100, 64, room.clock.instant(), JobsRoom.LEASE);
        assertThat(first.jobs()).extracting(Job::workspace).doesNotHaveDuplicates().hasSize(WorkerStore.WORKSPACES);
        var second = store.claim(first.next(), Map.of(), 100, 6, room.clock.instant(), JobsRoom.LEASE);
        assertThat(second.jobs())
                .extracting(Job::workspace)
                .hasSize(6)
                .doesNotContainAnyElementsOf(first.jobs().stream().map(Job::workspace).toList());
        assertThat(second.next()).as("round").isEqualTo(FIRST);
    }

    @Test
    void a_workspace_that_holds_its_most_gets_no_more() {
        room.add(workspace, 20);
        UUID other = room.workspace();
        room.add(other, 20);
        var claimed = store.claim(FIRST, Map.of(workspace, 3), 4, 20, room.clock.instant(), JobsRoom.LEASE);
        assertThat(claimed.jobs()).filteredOn(j -> j.workspace().equals(workspace)).hasSize(1);
        assertThat(claimed.jobs()).filteredOn(j -> j.workspace().equals(other)).hasSize(4);
        assertThat(store.claim(FIRST, Map.of(workspace, 4, other, 4), 4, 20, room.clock.instant(), JobsRoom.LEASE)
                        .jobs())
                .isEmpty();
    }

    @Test
    void the_urgent_and_then_the_oldest_come_first() {
        Instant now = room.clock.instant();
        long[] priorities = {100, 0, 100, 50};
        for (int i = 0; i < priorities.length; i++) {
            room.add(workspace, new NewJob(
                    JobsRoom.KIND,
                    JsonObject.of("n", i),
                    now.minusSeconds(10 - i),
                    Optional.empty(),
                    1,
                    (int) priorities[i]));
        }
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            order.add(claim(store, 1).getFirst().args().toJson());
        }
        assertThat(order).containsExactly("{\"n\":1}", "{\"n\":3}", "{\"n\":0}", "{\"n\":2}");
    }

    @Test
    void what_is_for_later_is_ready_when_its_time_has_come() {
        room.add(workspace, new NewJob(
                JobsRoom.KIND, JsonObject.of(), room.clock.instant().plusSeconds(30), Optional.empty(), 1, 100));
        assertThat(store.promote(room.clock.instant())).isZero();
        assertThat(claim(store, 1)).isEmpty();
        room.clock.step(Duration.ofSeconds(30));
        assertThat(store.promote(room.clock.instant())).isEqualTo(1);
        assertThat(claim(store, 1)).hasSize(1);
    }

    @Test
    void one_of_a_key_waits_or_runs_at_a_time() throws Exception {
        assertThat(room.add(workspace, room.unique("daily"))).isTrue();
        assertThat(room.add(workspace, room.unique("daily"))).isFalse();
        assertThat(room.add(workspace, room.unique("weekly"))).isTrue();
        assertThat(room.add(room.workspace(), room.unique("daily"))).as("another workspace's").isTrue();
        List<Job> running = claim(store, 3);
        assertThat(room.add(workspace, room.unique("daily"))).as("while it runs").isFalse();
        store.stays(running.stream().map(j -> ended(j, WorkerStore.DEAD)).toList());
        assertThat(room.add(workspace, room.unique("daily"))).as("once it is dead").isTrue();
        Jobs.DeadJob dead = room.dead(workspace).getLast();
        assertThat(room.replay(workspace, dead.id()))
                .isEqualTo(Jobs.Replay.TAKEN);
        assertThat(room.cancel(workspace, "daily"))
                .isEqualTo(1);
        assertThat(room.add(workspace, room.unique("daily"))).as("once it was cancelled").isTrue();
    }

    @Test
    void what_was_not_begun_is_given_back_as_if_never_taken() throws Exception {
        room.add(workspace, 5);
        List<Job> taken = claim(store, 5);
        room.worker().handBack(List.of());
        assertThat(room.database.count("select count(*) from jobs.job where state = 1")).isEqualTo(5);
        assertThat(store.handBack(taken.subList(0, 2))).isEqualTo(3);
        assertThat(claim(room.worker(), 5)).hasSize(3).allSatisfy(job -> assertThat(job.attempt()).isEqualTo(1));
    }

    @Test
    void figures_say_how_many_wait_and_for_how_long() {
        room.add(workspace, 4);
        room.add(workspace, new NewJob(
                JobsRoom.KIND, JsonObject.of(), room.clock.instant().plusSeconds(90), Optional.empty(), 1, 100));
        store.stays(List.of(ended(claim(store, 1).getFirst(), WorkerStore.DEAD)));
        claim(store, 1);
        room.clock.step(Duration.ofSeconds(7));
        assertThat(store.figures(room.clock.instant(), 100))
                .isEqualTo(new JobFigures(2, Duration.ofSeconds(7), 1, 1, 1));
        assertThat(store.figures(room.clock.instant(), 1).ready()).as("counts end").isEqualTo(1);
    }

    @Test
    void what_is_over_goes_after_its_time_and_nothing_else() throws Exception {
        room.add(workspace, 3);
        List<Job> taken = claim(store, 2);
        store.done(List.of(ended(taken.get(0), WorkerStore.DONE)));
        store.stays(List.of(ended(taken.get(1), WorkerStore.DEAD)));
        Instant now = room.clock.instant();
        assertThat(store.purgeAttempts(now, 10)).isZero();
        assertThat(store.purgeDead(now, 10)).isZero();
        assertThat(store.purgeAttempts(now.plusSeconds(1), 1)).isEqualTo(1);
        assertThat(store.purgeAttempts(now.plusSeconds(1), 10)).isEqualTo(1);
        assertThat(store.purgeDead(now.plusSeconds(1), 10)).isEqualTo(1);
        assertThat(left()).isEqualTo(1);
    }

    @Test
    void a_workspace_reaches_its_own_jobs_only() {
        room.add(workspace, room.job());
        UUID other = room.workspace();
        assertThatThrownBy(() -> room.database.workspaces()
                        .in(JobsRoom.context(other), tx -> room.jobs.add(tx, workspace, room.job())))
                .rootCause()
                .hasMessageContaining("row-level security");
        Job job = claim(store, 1).getFirst();
        assertThat(room.finish(other, job))
                .isFalse();
    }

    @Test
    void arguments_and_keys_are_bounded() {
        assertThatThrownBy(() -> room.add(
                        workspace,
                        NewJob.of(JobsRoom.KIND, JsonObject.of("x", "y".repeat(NewJob.MAX_ARGS)), room.clock.instant())))
                .hasMessageContaining("8192 bytes");
        assertThatThrownBy(() -> room.unique("x".repeat(201))).hasMessageContaining("200");
        assertThatThrownBy(() -> NewJob.of("Not A Kind", JsonObject.of(), room.clock.instant()))
                .hasMessageContaining("dotted");
    }
}
