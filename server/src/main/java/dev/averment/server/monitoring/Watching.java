package dev.averment.server.monitoring;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.server.evidence.LeafIds;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.monitoring.schedule.ScheduleException;
import dev.averment.server.stream.Streams;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings monitors up to date: what was heard of them becomes runs, what was not heard becomes verdicts. Everything that
 * follows from a change (its rows, its entry of the log, what listeners write) is in the transaction of the change.
 */
final class Watching {
    /** A verdict waits so long for pings that came in time and are not committed yet. */
    static final Duration LAG = Duration.ofSeconds(2);

    /** Pings in one transaction. */
    static final int BATCH = 2_000;

    private static final String SERVICE = "service:monitor";
    private static final Logger log = LoggerFactory.getLogger(Watching.class);

    private final Workspaces workspaces;
    private final LeafStore leaves;
    private final List<MonitorListener> listeners;
    private final OwnOutages outages;
    private final Streams streams;
    private final InstantSource clock;
    private final MonitorStore monitors = new MonitorStore();
    private final StateStore states = new StateStore();
    private final PingStore pings = new PingStore();
    private final IngestSecretStore tokens = new IngestSecretStore();
    private final RunStore runs = new RunStore();
    private final TransitionStore transitions = new TransitionStore();
    private final OrderedIds ids = new OrderedIds();

    Watching(
            Workspaces workspaces,
            LeafStore leaves,
            List<MonitorListener> listeners,
            OwnOutages outages,
            Streams streams,
            InstantSource clock) {
        this.workspaces = workspaces;
        this.leaves = leaves;
        this.listeners = List.copyOf(listeners);
        this.outages = outages;
        this.streams = streams;
        this.clock = clock;
    }

    /** Handles what was heard of {@code of} and what was not; a transaction for every {@value #BATCH} pings. */
    void look(UUID workspace, Collection<UUID> of) {
        var context = new WorkspaceContext(workspace, SERVICE);
        while (Boolean.TRUE.equals(workspaces.in(context, jdbc -> look(jdbc, context, of)))) {
            // There is more.
        }
    }

    /** @return whether more was heard than one batch holds */
    private boolean look(JdbcClient jdbc, WorkspaceContext context, Collection<UUID> of) {
        UUID workspace = context.workspace();
        Instant now = clock.instant();
        List<StateStore.Row> rows = states.lock(jdbc, workspace, of);
        List<UUID> all = rows.stream().map(StateStore.Row::monitor).toList();
        if (all.isEmpty()) {
            return false;
        }
        Map<UUID, List<Ping>> heard = new HashMap<>();
        List<Ping> batch = pings.unhandled(jdbc, workspace, all, BATCH);
        batch.forEach(ping ->
                heard.computeIfAbsent(ping.monitor(), _ -> new ArrayList<>()).add(ping));
        tokens.used(
                jdbc,
                workspace,
                batch.stream()
                        .filter(ping -> ping.token() != null)
                        .collect(Collectors.toMap(
                                ping -> Objects.requireNonNull(ping.token()),
                                Ping::at,
                                (a, b) -> a.isAfter(b) ? a : b)));
        boolean more = batch.size() == BATCH;
        Map<UUID, Monitor> known = new HashMap<>();
        monitors.byIds(jdbc, workspace, all).forEach(m -> known.put(m.id(), m));
        Map<UUID, List<Run>> open = runs.open(jdbc, workspace, all);
        Map<UUID, List<Monitor.Maintenance>> maintenance = new HashMap<>();
        monitors.maintenance(jdbc, workspace, all, now.minus(Duration.ofDays(2)))
                .forEach(m -> maintenance
                        .computeIfAbsent(m.monitor(), _ -> new ArrayList<>())
                        .add(m));
        List<StateStore.Row> written = new ArrayList<>();
        List<Watch> watches = new ArrayList<>();
        List<TransitionStore.Kept> kept = new ArrayList<>();
        List<MonitorChange> changes = new ArrayList<>();
        for (StateStore.Row row : rows) {
            Monitor monitor = known.get(row.monitor());
            if (monitor == null) {
                continue;
            }
            try {
                var watch = new Watch(
                        monitor,
                        row.standing(),
                        open.getOrDefault(monitor.id(), List.of()),
                        maintenance.getOrDefault(monitor.id(), List.of()),
                        outages,
                        ids::next);
                List<Ping> mine = heard.getOrDefault(monitor.id(), List.of());
                mine.forEach(watch::heard);
                if (!more) {
                    watch.tick(now.minus(LAG));
                }
                long handled = mine.isEmpty() ? row.handled() : mine.getLast().n();
                keep(jdbc, context, monitor, watch, kept);
                MonitorState told = told(monitor, watch, row.standing().told(), now, changes);
                Standing standing = watch.standing();
                Instant wake = wake(monitor, watch, standing.state() != told);
                written.add(new StateStore.Row(
                        monitor.id(),
                        new Standing(
                                standing.state(),
                                standing.since(),
                                told,
                                standing.due(),
                                standing.lastSlot(),
                                standing.failures(),
                                standing.quiet()),
                        handled,
                        wake == null ? null : wake.plus(LAG)));
                watches.add(watch);
            } catch (ScheduleException e) {
                // Was readable when it was written: somebody else has written it.
                log.warn("the schedule of monitor {} can't be read: {}", monitor.id(), e.getMessage());
            }
        }
        write(jdbc, workspace, written, watches, kept);
        news(jdbc, workspace, kept);
        tell(jdbc, workspace, changes);
        return more;
    }

    /** Whoever follows the workspace hears that something changed, once a monitor and look; what it is, he reads. */
    void news(JdbcClient jdbc, UUID workspace, List<TransitionStore.Kept> kept) {
        kept.stream()
                .map(TransitionStore.Kept::monitor)
                .distinct()
                .forEach(monitor ->
                        streams.publish(jdbc, workspace, "monitor.changed", "monitors/" + monitor, JsonObject.of()));
    }

    private static @Nullable Instant wake(Monitor monitor, Watch watch, boolean untold) {
        Instant next = watch.next();
        Instant muted = untold ? monitor.mutedUntil() : null;
        return next == null || muted != null && muted.isBefore(next) ? muted : next;
    }

    private void write(
            JdbcClient jdbc,
            UUID workspace,
            List<StateStore.Row> written,
            List<Watch> watches,
            List<TransitionStore.Kept> kept) {
        List<Run> touched = new ArrayList<>();
        Map<UUID, Integer> counted = new HashMap<>();
        for (Watch watch : watches) {
            touched.addAll(watch.touched());
            counted.putAll(watch.quietSlots());
        }
        for (Run run : touched) {
            // A row that is new counts itself.
            Integer more = counted.remove(run.id);
            run.slots += more == null ? 0 : more;
        }
        if (!touched.isEmpty()) {
            runs.write(jdbc, workspace, touched);
        }
        if (!counted.isEmpty()) {
            runs.count(jdbc, workspace, counted);
        }
        if (!kept.isEmpty()) {
            transitions.add(jdbc, workspace, kept);
        }
        states.write(jdbc, workspace, written);
    }

    /** Rows of every transition, and an entry of the log for each of the monitor's. */
    private void keep(
            JdbcClient jdbc, WorkspaceContext context, Monitor monitor, Watch watch, List<TransitionStore.Kept> kept) {
        for (Transition transition : watch.transitions()) {
            UUID leaf = transition.subject() == Transition.Subject.MONITOR
                    ? recorded(jdbc, context, monitor.id(), transition)
                    : null;
            kept.add(new TransitionStore.Kept(ids.next(transition.at()), monitor.id(), transition, leaf));
        }
    }

    /** One entry of the log for a change of a monitor's state. */
    UUID recorded(JdbcClient jdbc, WorkspaceContext context, UUID monitor, Transition transition) {
        // The log takes no word but the context's for who writes; whose ping it was stands in the detail.
        String[] actor = context.actor().split(":", 2);
        UUID id = LeafIds.next(clock);
        leaves.append(
                jdbc,
                context,
                Leaf.of(leaves.origin(jdbc, context), "monitor.changed")
                        .id(id)
                        .time(transition.at(), clock.instant())
                        .category(Leaf.Category.OBSERVATION)
                        .crud(Leaf.Crud.UPDATE)
                        .actor(Leaf.ActorType.valueOf(actor[0].toUpperCase(java.util.Locale.ROOT)), actor[1])
                        .target("monitoring.monitor", monitor.toString())
                        .detail(JsonObject.of(
                                "from", transition.from(),
                                "to", transition.to(),
                                "run",
                                        transition.run() == null
                                                ? null
                                                : transition.run().toString(),
                                "by", transition.actor(),
                                "reason", transition.reason()))
                        .build());
        return id;
    }

    /** What listeners are to hear, unless the monitor is muted; what they heard last after it. */
    private MonitorState told(
            Monitor monitor, Watch watch, MonitorState before, Instant now, List<MonitorChange> changes) {
        MonitorState told = before;
        for (Transition transition : watch.transitions()) {
            MonitorState to =
                    transition.subject() == Transition.Subject.MONITOR ? MonitorState.of(transition.to()) : told;
            if (to != told && !monitor.mutedAt(transition.at())) {
                changes.add(new MonitorChange(
                        monitor.workspace(),
                        monitor.id(),
                        monitor.name(),
                        told,
                        to,
                        Optional.ofNullable(transition.run()),
                        transition.reason(),
                        transition.at(),
                        List.of()));
                told = to;
            }
        }
        MonitorState state = watch.standing().state();
        if (state != told && !monitor.mutedAt(now)) {
            changes.add(new MonitorChange(
                    monitor.workspace(),
                    monitor.id(),
                    monitor.name(),
                    told,
                    state,
                    Optional.empty(),
                    "Nobody was told while the monitor was muted: it is " + state.word() + " since "
                            + watch.standing().since() + ".",
                    now,
                    List.of()));
            told = state;
        }
        return told;
    }

    /** Tells everybody who listens, with what the monitors depend on. */
    void tell(JdbcClient jdbc, UUID workspace, List<MonitorChange> changes) {
        if (changes.isEmpty() || listeners.isEmpty()) {
            return;
        }
        Map<UUID, List<UUID>> on = monitors.dependencies(
                jdbc, workspace, changes.stream().map(MonitorChange::monitor).toList());
        for (MonitorChange c : changes) {
            var whole = new MonitorChange(
                    c.workspace(),
                    c.monitor(),
                    c.name(),
                    c.from(),
                    c.to(),
                    c.run(),
                    c.reason(),
                    c.at(),
                    on.getOrDefault(c.monitor(), List.of()));
            listeners.forEach(listener -> listener.changed(jdbc, whole));
        }
    }
}
