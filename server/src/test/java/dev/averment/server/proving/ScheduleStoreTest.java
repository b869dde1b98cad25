package dev.averment.server.proving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.database.Role;
import dev.averment.server.fixture.Actors;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.proving.ScheduleStore.Due;
import dev.averment.server.tenancy.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Due checks are taken once, come back when their worker is dead, and outlive the process. */
class ScheduleStoreTest {
    private static final Duration LEASE = Duration.ofSeconds(90);

    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
    private TestDatabase database;
    private Actors actors;
    private ScheduleStore store;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.open();
        actors = database.actors();
        store = new ScheduleStore(database.pools().of(Role.WORKER));
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private void schedule(WorkspaceContext context, String claim, String dueAt) {
        database.workspaces()
                .in(
                        context,
                        jdbc -> jdbc.sql("""
                        insert into claims.schedule (workspace_id, page_id, claim_id, check_id, every, due_at)
                        values (?, 'page', ?, 'check', interval '1 hour', ?::timestamptz)""")
                                .params(context.workspace(), claim, dueAt)
                                .update());
    }

    private List<Due> take(int limit) {
        return store.take(clock.instant(), LEASE, limit);
    }

    @Test
    void what_is_due_is_taken_oldest_first_of_every_workspace_and_what_is_not_stays() {
        schedule(actors.owner().context(), "second", "2026-11-22T11:59:00Z");
        schedule(actors.outsider().context(), "first", "2026-11-22T11:58:00Z");
        schedule(actors.owner().context(), "later", "2026-11-22T12:00:01Z");
        schedule(actors.owner().context(), "never", "infinity");
        assertThat(take(1))
                .extracting(Due::claim, Due::workspace)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "first", actors.outsider().workspace()));
        assertThat(take(10)).extracting(Due::claim).containsExactly("second");
        clock.step(Duration.ofSeconds(1));
        assertThat(take(10)).extracting(Due::claim).containsExactly("later");
        clock.step(Duration.ofDays(36_500));
        assertThat(take(10)).extracting(Due::claim).doesNotContain("never");
    }

    @Test
    void two_workers_never_get_the_same_check() throws Exception {
        for (int i = 0; i < 40; i++) {
            schedule(actors.owner().context(), "claim" + i, "2026-11-22T11:00:00Z");
        }
        List<String> taken = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Due>>> workers = new ArrayList<>();
            for (int w = 0; w < 8; w++) {
                workers.add(threads.submit(() -> {
                    List<Due> mine = new ArrayList<>();
                    for (List<Due> due = take(3); !due.isEmpty(); due = take(3)) {
                        mine.addAll(due);
                    }
                    return mine;
                }));
            }
            for (var worker : workers) {
                worker.get().forEach(due -> taken.add(due.claim()));
            }
        }
        assertThat(taken).doesNotHaveDuplicates();
        assertThat(take(100)).hasSize(40 - taken.size());
    }

    @Test
    void a_dead_workers_check_comes_back_and_its_late_answer_changes_nothing() {
        schedule(actors.owner().context(), "claim", "2026-11-22T11:00:00Z");
        Due dead = take(1).getFirst();
        assertThat(take(1)).as("leased").isEmpty();
        clock.step(LEASE.plusSeconds(1));
        Due alive = take(1).getFirst();
        assertThat(alive.fence()).isGreaterThan(dead.fence());
        assertThat(store.done(dead, clock.instant().plus(Duration.ofDays(1)))).isFalse();
        assertThat(store.done(alive, clock.instant().plus(Duration.ofHours(1)))).isTrue();
        assertThat(take(1)).isEmpty();
        clock.step(Duration.ofHours(1));
        assertThat(take(1)).hasSize(1);
    }

    @Test
    void a_restart_goes_on_where_the_last_process_stopped() {
        schedule(actors.owner().context(), "done", "2026-11-22T11:00:00Z");
        schedule(actors.owner().context(), "interrupted", "2026-11-22T11:01:00Z");
        schedule(actors.owner().context(), "waiting", "2026-11-22T11:02:00Z");
        store.done(take(1).getFirst(), clock.instant().plus(Duration.ofHours(1)));
        take(1);
        store = new ScheduleStore(database.pools().of(Role.WORKER));
        assertThat(take(10)).extracting(Due::claim).containsExactly("waiting");
        clock.step(LEASE.plusSeconds(1));
        assertThat(take(10)).extracting(Due::claim).containsExactlyInAnyOrder("interrupted", "waiting");
    }

    @Test
    void hurrying_reaches_one_claim_or_the_page_and_never_what_must_not_run() {
        UUID workspace = actors.owner().workspace();
        schedule(actors.owner().context(), "one", "2026-11-22T13:30:00Z");
        schedule(actors.owner().context(), "two", "2026-11-22T13:30:00Z");
        schedule(actors.owner().context(), "never", "infinity");
        schedule(actors.outsider().context(), "theirs", "2026-11-22T13:30:00Z");
        assertThat(store.hurry(workspace, "page", "one", clock.instant())).isEqualTo(1);
        assertThat(take(10)).extracting(Due::claim).containsExactly("one");
        assertThat(store.hurry(workspace, "other-page", "", clock.instant())).isZero();
        assertThat(store.hurry(workspace, "page", "never", clock.instant())).isZero();
        assertThat(store.hurry(workspace, "page", "", clock.instant())).isEqualTo(2);
        assertThat(take(10)).extracting(Due::claim).containsExactly("two");
    }

    @Test
    void who_asks_for_a_look_while_one_is_under_way_gets_another() {
        schedule(actors.owner().context(), "claim", "2026-11-22T11:59:00Z");
        Due first = take(1).getFirst();
        clock.step(Duration.ofSeconds(5));
        assertThat(store.hurry(actors.owner().workspace(), "page", "claim", clock.instant()))
                .isEqualTo(1);
        assertThat(take(1)).as("the first look is still under way").isEmpty();
        assertThat(store.done(first, clock.instant().plus(Duration.ofHours(1)))).isTrue();
        Due second = take(1).getFirst();
        assertThat(store.done(second, clock.instant().plus(Duration.ofHours(1))))
                .isTrue();
        assertThat(take(1)).as("once").isEmpty();
    }

    @Test
    void a_check_does_not_wait_for_a_time_that_was_set_by_a_clock_that_was_ahead() {
        schedule(actors.owner().context(), "ahead", "2029-01-01T00:00:00Z");
        schedule(actors.owner().context(), "later", "2026-11-22T12:00:01Z");
        schedule(actors.owner().context(), "never", "infinity");
        assertThat(take(10)).extracting(Due::claim).containsExactly("ahead");
    }

    @Test
    void a_lease_without_an_end_keeps_no_check_from_running() throws Exception {
        schedule(actors.owner().context(), "endless", "2026-11-22T11:59:00Z");
        schedule(actors.owner().context(), "taken", "2026-11-22T11:59:00Z");
        database.asSuperuser(
                "update claims.schedule set leased_until = 'infinity' where claim_id = 'endless'",
                "update claims.schedule set leased_until = '2026-11-22T12:00:01Z' where claim_id = 'taken'");
        assertThat(take(10)).extracting(Due::claim).containsExactly("endless");
        assertThat(take(10)).as("leased to us, as any other").isEmpty();
    }
}
