package dev.averment.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.merkle.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What pings mean, and what their absence means. */
class WatchTest {
    private static final Instant NOON = Instant.parse("2026-06-10T12:00:00Z");
    private static final UUID WORKSPACE = UUID.randomUUID();
    private static final UUID ID = UUID.randomUUID();

    private final OrderedIds ids = new OrderedIds();
    private long n;

    private static Monitor monitor(Monitor.Plan plan, Duration grace) {
        return new Monitor(
                WORKSPACE,
                ID,
                UUID.randomUUID(),
                "",
                "m",
                List.of(),
                "",
                plan,
                grace,
                Duration.ofMinutes(30),
                null,
                0,
                null,
                false,
                false,
                false,
                List.of(),
                NOON);
    }

    private static Monitor with(Monitor m, @Nullable Duration minRun, int allowed, List<String> metrics) {
        return new Monitor(
                m.workspace(),
                m.id(),
                m.pingId(),
                m.slug(),
                m.name(),
                m.tags(),
                m.description(),
                m.plan(),
                m.grace(),
                m.maxRun(),
                minRun,
                allowed,
                null,
                false,
                false,
                false,
                metrics,
                m.madeAt());
    }

    private static Monitor hourly() {
        return monitor(Monitor.Plan.at("0 * * * *", "UTC"), Duration.ofMinutes(5));
    }

    private Watch watch(Monitor monitor) throws Exception {
        return watch(monitor, List.of(), (_, _) -> false);
    }

    private Watch watch(Monitor monitor, List<Monitor.Maintenance> maintenance, OwnOutages outages) throws Exception {
        return new Watch(monitor, Standing.fresh(NOON), List.of(), maintenance, outages, ids::next);
    }

    private Ping ping(int kind, Instant at, @Nullable UUID rid) {
        return ping(kind, at, rid, Map.of());
    }

    private Ping ping(int kind, Instant at, @Nullable UUID rid, Map<String, Double> metrics) {
        return new Ping(
                WORKSPACE,
                ID,
                ++n,
                at,
                kind,
                null,
                rid,
                false,
                "POST",
                "https",
                "",
                "",
                null,
                Hash.sha256(new byte[0]),
                null,
                metrics);
    }

    private static List<String> statuses(Watch watch) {
        return watch.touched().stream().map(run -> run.status().word()).toList();
    }

    private static Instant at(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void a_run_that_does_not_start_is_late_then_missed_and_the_next_one_brings_the_monitor_back() throws Exception {
        Watch watch = watch(hourly());
        watch.heard(ping(Ping.SUCCESS, at(1), null));
        assertThat(watch.next()).isEqualTo(at(60));
        watch.tick(at(60));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.LATE);
        assertThat(watch.next()).isEqualTo(at(65));
        watch.tick(at(65));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.DOWN);
        watch.heard(ping(Ping.SUCCESS, at(119), null));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.UP);
        assertThat(statuses(watch)).containsExactly("succeeded", "missed", "succeeded");
        assertThat(watch.touched()).extracting(run -> run.slot).containsExactly(NOON, at(60), at(120));
        assertThat(watch.transitions())
                .filteredOn(t -> t.subject() == Transition.Subject.MONITOR)
                .extracting(Transition::to)
                .containsExactly("up", "late", "down", "up");
    }

    @Test
    void a_run_that_starts_early_is_for_the_slot_that_is_nearest() throws Exception {
        Watch watch = watch(hourly());
        watch.heard(ping(Ping.SUCCESS, at(-2), null));
        assertThat(watch.touched()).extracting(run -> run.slot).containsExactly(NOON);
        watch.tick(at(30));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.UP);
    }

    @Test
    void every_open_run_has_a_deadline_of_its_own() throws Exception {
        Watch watch = watch(hourly());
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        watch.heard(ping(Ping.START, at(0), first));
        watch.heard(ping(Ping.START, at(10), second));
        watch.heard(ping(Ping.SUCCESS, at(20), second));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.UP);
        watch.tick(at(30));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.DOWN);
        assertThat(statuses(watch)).containsExactly("overrun", "succeeded");
        watch.heard(ping(Ping.SUCCESS, at(40), first));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.UP);
        assertThat(statuses(watch)).containsExactly("overrun", "succeeded");
    }

    @Test
    void a_success_that_comes_too_soon_is_none() throws Exception {
        Watch watch = watch(with(hourly(), Duration.ofMinutes(2), 0, List.of()));
        watch.heard(ping(Ping.START, at(0), null));
        watch.heard(ping(Ping.SUCCESS, at(1), null));
        assertThat(statuses(watch)).containsExactly("short");
        assertThat(watch.standing().state()).isEqualTo(MonitorState.DOWN);
    }

    @Test
    void a_run_without_the_metrics_that_are_demanded_is_incomplete() throws Exception {
        Watch watch = watch(with(hourly(), null, 0, List.of("records_out", "peak_memory")));
        watch.heard(ping(Ping.START, at(0), null));
        watch.heard(ping(Ping.SUCCESS, at(1), null, Map.of("records_out", 5.0)));
        assertThat(statuses(watch)).containsExactly("incomplete");
        assertThat(watch.transitions())
                .anySatisfy(t -> assertThat(t.reason()).isEqualTo("The run did not report peak_memory."));
        watch.heard(ping(Ping.START, at(2), null));
        watch.heard(ping(Ping.LOG, at(3), null, Map.of("peak_memory", 9.0)));
        watch.heard(ping(Ping.SUCCESS, at(4), null, Map.of("records_out", 5.0)));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.UP);
    }

    @Test
    void a_throughput_that_can_be_measured_is_not_missing() throws Exception {
        Watch watch = watch(with(hourly(), null, 0, List.of("throughput")));
        watch.heard(ping(Ping.START, at(0), null));
        watch.heard(ping(Ping.SUCCESS, at(1), null, Map.of("records_out", 120.0)));
        watch.heard(ping(Ping.SUCCESS, at(2), null, Map.of("records_out", 120.0)));
        assertThat(statuses(watch)).containsExactly("succeeded", "incomplete");
        assertThat(watch.touched().stream().map(Run::throughput)).containsExactlyInAnyOrder(2.0, null);
    }

    @Test
    void as_many_breaks_as_are_allowed_alarm_nobody_and_one_more_does() throws Exception {
        Watch watch = watch(with(hourly(), null, 2, List.of()));
        watch.heard(ping(Ping.SUCCESS, at(0), null));
        watch.heard(ping(Ping.FAIL, at(10), null));
        watch.heard(ping(Ping.FAIL, at(11), null));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.UP);
        watch.heard(ping(Ping.FAIL, at(12), null));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.DOWN);
    }

    @Test
    void what_was_due_while_the_server_was_away_is_unknown_and_not_missed() throws Exception {
        Watch watch = watch(hourly(), List.of(), (from, to) -> from.isBefore(at(70)) && to.isAfter(at(50)));
        watch.heard(ping(Ping.SUCCESS, at(0), null));
        watch.tick(at(90));
        assertThat(statuses(watch)).containsExactly("succeeded", "unknown");
        assertThat(watch.standing().state()).isEqualTo(MonitorState.UNKNOWN);
        assertThat(watch.standing().failures()).isZero();
        watch.tick(at(125));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.DOWN);
    }

    @Test
    void in_a_maintenance_nothing_alarms() throws Exception {
        var maintenance = new Monitor.Maintenance(UUID.randomUUID(), ID, at(50), at(70), "move");
        Watch watch = watch(hourly(), List.of(maintenance), (_, _) -> false);
        watch.heard(ping(Ping.SUCCESS, at(0), null));
        watch.heard(ping(Ping.FAIL, at(55), null));
        watch.tick(at(69));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.UP);
        assertThat(statuses(watch)).contains("failed").doesNotContain("missed");
        watch.tick(at(125));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.DOWN);
    }

    @Test
    void a_monitor_that_stays_away_fills_one_row() throws Exception {
        Watch watch = watch(monitor(Monitor.Plan.at("* * * * *", "UTC"), Duration.ofSeconds(10)));
        watch.heard(ping(Ping.SUCCESS, at(0), null));
        watch.tick(at(60 * 24));
        assertThat(statuses(watch)).containsExactly("succeeded", "missed");
        assertThat(watch.quietSlots().values()).containsExactly(60 * 24 - 2);
        assertThat(watch.next()).isAfter(at(60 * 24));
    }

    /** The night on which the clock goes from 1:59 to 3:00: a job at 2:30 runs right after the jump, as Debian's cron does it. */
    @Test
    void a_slot_that_the_clock_leaves_out_is_due_right_after() throws Exception {
        Watch watch = watch(monitor(Monitor.Plan.at("30 2 * * *", "Europe/Berlin"), Duration.ofMinutes(5)));
        watch.heard(ping(Ping.SUCCESS, Instant.parse("2026-03-28T01:30:00Z"), null));
        assertThat(watch.next()).isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
        watch.heard(ping(Ping.SUCCESS, Instant.parse("2026-03-29T01:00:20Z"), null));
        assertThat(watch.standing().state()).isEqualTo(MonitorState.UP);
        assertThat(watch.next()).isEqualTo(Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void a_log_changes_nothing_and_what_is_ignored_does_not_either() throws Exception {
        Watch watch = watch(hourly());
        watch.heard(ping(Ping.LOG, at(0), null));
        watch.heard(ping(Ping.IGNORED, at(1), null));
        assertThat(watch.standing()).isEqualTo(Standing.fresh(NOON));
        assertThat(watch.touched()).isEmpty();
    }

    /** Whatever comes in whatever order: each change follows on the one before, open runs are bounded, and time goes on. */
    @Property(tries = 300)
    void states_follow_on_each_other(@ForAll @Size(max = 80) List<@IntRange(max = 29) Integer> events)
            throws Exception {
        List<UUID> rids = new ArrayList<>(List.of(UUID.randomUUID(), UUID.randomUUID()));
        rids.add(null);
        Watch watch = watch(hourly());
        Instant now = NOON;
        for (int event : events) {
            now = now.plus(Duration.ofMinutes(event % 7 * 9L));
            int kind = event % 5;
            if (kind == Ping.IGNORED) {
                watch.tick(now);
            } else {
                watch.heard(ping(kind, now, rids.get(event % 3)));
            }
            assertThat(watch.next() == null || !watch.next().isBefore(now.minus(Duration.ofNanos(1))))
                    .isTrue();
        }
        String state = "new";
        for (Transition transition : watch.transitions()) {
            if (transition.subject() == Transition.Subject.MONITOR) {
                assertThat(transition.from()).isEqualTo(state).isNotEqualTo(transition.to());
                state = transition.to();
            }
        }
        assertThat(state).isEqualTo(watch.standing().state().word());
        for (Run run : watch.touched()) {
            List<Transition> mine = watch.transitions().stream()
                    .filter(t -> t.subject() == Transition.Subject.RUN && run.id.equals(t.run()))
                    .toList();
            assertThat(mine.getLast().to()).isEqualTo(run.status().word());
        }
    }
}
