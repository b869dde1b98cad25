package dev.averment.server.monitoring;

import dev.averment.server.monitoring.Transition.Subject;
import dev.averment.server.monitoring.schedule.ScheduleException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges one monitor: what its pings say and what their absence says, in the order of time. Does no I/O and asks no clock; what
 * it is given and what it hands out is stored by {@link Watching}.
 *
 * <p>Each run that has started is watched by itself, with a deadline of its own, however many overlap. A slot that nothing
 * answers within the grace is a run that was missed. A later slot of a monitor that is down already is counted on the row of
 * the first one, so that a monitor which nobody looks after does not fill the database.
 */
final class Watch {
    /** Runs of a monitor that are open at once; of more the oldest is given up. */
    static final int OPEN_RUNS = 50;

    /** Verdicts of one look; a monitor that has more slots behind it goes on from the last slot. */
    private static final int STEPS = 10_000;

    private static final String SERVER = "service:monitor";

    private final Monitor monitor;
    private final Slots slots;
    private final List<Monitor.Maintenance> maintenance;
    private final OwnOutages outages;
    private final Function<Instant, UUID> ids;
    private final List<Run> open;
    private final Map<UUID, Run> touched = new LinkedHashMap<>();
    private final List<Transition> transitions = new ArrayList<>();
    private final Map<UUID, Integer> quietSlots = new LinkedHashMap<>();

    private MonitorState state;
    private Instant since;
    private @Nullable Instant due;
    private @Nullable Instant lastSlot;
    private int failures;
    private @Nullable UUID quiet;
    private final MonitorState told;

    /**
     * @param open runs that have not ended
     * @param ids  makes ids in the order of time
     * @throws ScheduleException when the monitor's schedule can't be read any more
     */
    Watch(
            Monitor monitor,
            Standing standing,
            Collection<Run> open,
            List<Monitor.Maintenance> maintenance,
            OwnOutages outages,
            Function<Instant, UUID> ids)
            throws ScheduleException {
        this.monitor = monitor;
        this.slots = new Slots(monitor.plan().read());
        this.maintenance = maintenance;
        this.outages = outages;
        this.ids = ids;
        this.open = new ArrayList<>(open);
        this.state = standing.state();
        this.since = standing.since();
        this.told = standing.told();
        this.due = standing.due();
        this.lastSlot = standing.lastSlot();
        this.failures = standing.failures();
        this.quiet = standing.quiet();
    }

    Standing standing() {
        return new Standing(state, since, told, due, lastSlot, failures, quiet);
    }

    Collection<Run> touched() {
        return touched.values();
    }

    List<Transition> transitions() {
        return transitions;
    }

    /** Slots to be counted on runs that are not in hand. */
    Map<UUID, Integer> quietSlots() {
        return quietSlots;
    }

    /** When something is to be judged next; null when nothing is. */
    @Nullable
    Instant next() {
        Instant next = verdictAt();
        for (Run run : open) {
            next = earlier(next, watched(run) ? run.deadline : null);
        }
        return next;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private static boolean watched(Run run) {
        return run.status == RunStatus.RUNNING && run.deadline != null;
    }

    private @Nullable Instant verdictAt() {
        if (due == null || state == MonitorState.PAUSED) {
            return null;
        }
        Instant missed = due.plus(monitor.grace());
        // A run that was waited for since before may have brought the monitor up when the next slot was past already.
        Instant late = since.isAfter(due) ? since : due;
        return state == MonitorState.UP && late.isBefore(missed) ? late : missed;
    }

    /** Judges everything that was due at {@code now} or before. */
    void tick(Instant now) {
        for (int step = 0; ; step++) {
            Instant verdict = verdictAt();
            Run run = null;
            for (Run each : open) {
                if (watched(each)
                        && (run == null || Objects.requireNonNull(each.deadline).isBefore(run.deadline))) {
                    run = each;
                }
            }
            boolean ofRun = run != null
                    && (verdict == null || !Objects.requireNonNull(run.deadline).isAfter(verdict));
            Instant next = ofRun ? Objects.requireNonNull(run).deadline : verdict;
            if (next == null || next.isAfter(now)) {
                return;
            }
            if (ofRun) {
                overrun(Objects.requireNonNull(run), next);
            } else if (step >= STEPS) {
                due = slots.after(now);
            } else if (state == MonitorState.UP
                    && next.isBefore(Objects.requireNonNull(due).plus(monitor.grace()))) {
                move(MonitorState.LATE, null, "The run of " + due + " has not started.", next, SERVER);
            } else {
                missed(Objects.requireNonNull(due), next);
            }
        }
    }

    private void missed(Instant slot, Instant at) {
        RunStatus status = outages.between(slot.minus(monitor.grace()), at)
                ? RunStatus.UNKNOWN
                : inMaintenance(slot) || inMaintenance(at) ? RunStatus.EXCUSED : RunStatus.MISSED;
        lastSlot = slot;
        due = slots.after(slot);
        boolean alike = state == MonitorState.DOWN || status == RunStatus.UNKNOWN && state == MonitorState.UNKNOWN;
        if (quiet != null && alike && status != RunStatus.EXCUSED) {
            quietSlots.merge(quiet, 1, Integer::sum);
            return;
        }
        String reason = switch (status) {
            case UNKNOWN -> "This server was not there when the run of " + slot + " was due.";
            case EXCUSED -> "No run for " + slot + ", in a maintenance.";
            default -> "No run for " + slot + " until " + at + ".";
        };
        var run = new Run(ids.apply(at), monitor.id(), null, slot, null, null, status, false);
        run.reason = reason;
        added(run, at, SERVER);
        quiet = run.id;
        if (status == RunStatus.UNKNOWN) {
            unknown(run, at, reason);
        } else if (status == RunStatus.MISSED) {
            failure(run, at, reason, SERVER);
        } else if (state == MonitorState.LATE) {
            move(MonitorState.UP, run, reason, at, SERVER);
        }
    }

    private void overrun(Run run, Instant at) {
        Instant from = run.startedAt == null ? at : run.startedAt;
        if (outages.between(from, at)) {
            String reason = "This server was not there all the time until the run's deadline.";
            change(run, RunStatus.UNKNOWN, reason, at, SERVER);
            unknown(run, at, reason);
        } else {
            String reason = "The run of " + from + " had not ended at " + at + ".";
            change(run, RunStatus.OVERRUN, reason, at, SERVER);
            failure(run, at, reason, SERVER);
        }
    }

    /** What is down stays down: that this server was away is no good news. */
    private void unknown(Run run, Instant at, String reason) {
        if (state != MonitorState.DOWN && state != MonitorState.PAUSED) {
            move(MonitorState.UNKNOWN, run, reason, at, SERVER);
        }
    }

    /** Takes a ping in. Judges first what was due before it. */
    void heard(Ping ping) {
        tick(ping.at().minusNanos(1));
        switch (ping.kind()) {
            case Ping.START -> started(ping);
            case Ping.SUCCESS -> ended(ping, true);
            case Ping.FAIL -> ended(ping, false);
            case Ping.LOG -> logged(ping);
            default -> {
                // Recorded, and without any effect: the monitor takes other methods, or is paused until a person
                // resumes it.
            }
        }
    }

    private void started(Ping ping) {
        if (ping.rid() != null && open.stream().anyMatch(run -> ping.rid().equals(run.rid))) {
            // Sent again by a client that did not hear us.
            return;
        }
        while (open.size() >= OPEN_RUNS) {
            Run oldest = open.getFirst();
            if (oldest.status == RunStatus.RUNNING) {
                change(
                        oldest,
                        RunStatus.OVERRUN,
                        "Given up: more than " + OPEN_RUNS + " runs are open.",
                        ping.at(),
                        SERVER);
            }
            oldest.open = false;
            touched.put(oldest.id, oldest);
            open.remove(oldest);
        }
        boolean paused = state == MonitorState.PAUSED;
        var run = new Run(
                ids.apply(ping.at()),
                monitor.id(),
                ping.rid(),
                paused ? null : bind(ping.at()),
                ping.at(),
                paused ? null : ping.at().plus(monitor.longestRun()),
                RunStatus.RUNNING,
                true);
        open.add(run);
        carry(run, ping);
        added(run, ping.at(), ping.actor());
        if (state == MonitorState.LATE) {
            move(MonitorState.UP, run, "The run has started.", ping.at(), ping.actor());
        }
    }

    private void ended(Ping ping, boolean success) {
        Run run = null;
        for (Run each : open.reversed()) {
            if (Objects.equals(each.rid, ping.rid())) {
                run = each;
                break;
            }
        }
        if (run == null) {
            run = new Run(
                    ids.apply(ping.at()),
                    monitor.id(),
                    ping.rid(),
                    bind(ping.at()),
                    null,
                    null,
                    RunStatus.RUNNING,
                    false);
        } else if (slots.byInterval() || due == null) {
            bind(ping.at());
        }
        open.remove(run);
        run.open = false;
        run.endedAt = ping.at();
        run.exit = ping.exit();
        carry(run, ping);
        boolean overran = run.status == RunStatus.OVERRUN;
        RunStatus status = success ? well(run) : RunStatus.FAILED;
        String reason = reason(run, status, overran);
        change(
                run,
                overran && status != RunStatus.FAILED ? RunStatus.OVERRUN : status,
                reason,
                ping.at(),
                ping.actor());
        if (status == RunStatus.SUCCEEDED) {
            failures = 0;
            if (state != MonitorState.UP) {
                move(MonitorState.UP, run, reason, ping.at(), ping.actor());
            }
        } else {
            failure(run, ping.at(), reason, ping.actor());
        }
    }

    private RunStatus well(Run run) {
        Duration took = run.duration();
        if (!monitor.requiredMetrics().stream().allMatch(run::has)) {
            return RunStatus.INCOMPLETE;
        }
        return took != null && monitor.minRun() != null && took.compareTo(monitor.minRun()) < 0
                ? RunStatus.SHORT
                : RunStatus.SUCCEEDED;
    }

    private String reason(Run run, RunStatus status, boolean overran) {
        return switch (status) {
            case FAILED ->
                run.exit == null ? "The run said that it failed." : "The run ended with status " + run.exit + ".";
            case INCOMPLETE ->
                "The run did not report "
                        + String.join(
                                ", ",
                                monitor.requiredMetrics().stream()
                                        .filter(name -> !run.has(name))
                                        .toList())
                        + ".";
            case SHORT -> "The run took " + run.duration() + ", and at least " + monitor.minRun() + " is expected.";
            default -> overran ? "The run ended well, after its deadline." : "The run ended well.";
        };
    }

    private void logged(Ping ping) {
        for (Run run : open.reversed()) {
            if (Objects.equals(run.rid, ping.rid())) {
                carry(run, ping);
                touched.put(run.id, run);
                return;
            }
        }
    }

    private static void carry(Run run, Ping ping) {
        run.metrics.putAll(ping.metrics());
        if (ping.bodyDigest() != null) {
            run.outputOf = ping.n();
        }
    }

    /** The slot that a run at {@code at} answers; what is due next moves on behind it. */
    private @Nullable Instant bind(Instant at) {
        quiet = null;
        if (slots.byInterval()) {
            Instant slot = due;
            lastSlot = slot == null ? lastSlot : slot;
            due = slots.after(at);
            return slot;
        }
        Instant slot = slots.nearest(at);
        if (slot == null) {
            return null;
        }
        if (due == null || !slot.isBefore(due)) {
            lastSlot = slot;
            due = slots.after(slot);
        }
        return slot;
    }

    private void failure(Run run, Instant at, String reason, String actor) {
        if (inMaintenance(at)) {
            return;
        }
        failures++;
        if (failures > monitor.failuresAllowed() && state != MonitorState.DOWN) {
            move(
                    MonitorState.DOWN,
                    run,
                    failures == 1 ? reason : reason + " It is the break no. " + failures + " in a row.",
                    at,
                    actor);
        }
    }

    private boolean inMaintenance(Instant moment) {
        return maintenance.stream().anyMatch(m -> m.holds(moment));
    }

    private void added(Run run, Instant at, String actor) {
        touched.put(run.id, run);
        transitions.add(new Transition(Subject.RUN, run.id, "", run.status.word(), at, actor, run.reason));
    }

    private void change(Run run, RunStatus to, String reason, Instant at, String actor) {
        boolean fresh = !touched.containsKey(run.id) && run.startedAt == null;
        String from = fresh ? "" : run.status.word();
        run.status = to;
        run.reason = reason;
        touched.put(run.id, run);
        transitions.add(new Transition(Subject.RUN, run.id, from, to.word(), at, actor, reason));
    }

    private void move(MonitorState to, @Nullable Run run, String reason, Instant at, String actor) {
        transitions.add(new Transition(
                Subject.MONITOR, run == null ? null : run.id, state.word(), to.word(), at, actor, reason));
        state = to;
        since = at;
    }
}
