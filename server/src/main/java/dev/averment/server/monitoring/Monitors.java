package dev.averment.server.monitoring;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.identity.workspace.WorkspaceAccess.Inside;
import dev.averment.server.monitoring.schedule.Schedule;
import dev.averment.server.monitoring.schedule.ScheduleException;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people do with monitors. */
public final class Monitors {
    /** Of one workspace. */
    public static final int MOST = 1_000;

    /** Maintenances of a monitor that are ahead. */
    static final int WINDOWS = 50;

    private static final Duration USUAL_EVERY = Duration.ofDays(1);
    private static final Duration USUAL_GRACE = Duration.ofHours(1);

    private final WorkspaceAccess access;
    private final Workspaces workspaces;
    private final Watching watching;
    private final InstantSource clock;
    private final MonitorStore store = new MonitorStore();
    private final StateStore states = new StateStore();
    private final RunStore runs = new RunStore();
    private final TransitionStore transitions = new TransitionStore();
    private final OrderedIds ids = new OrderedIds();

    Monitors(WorkspaceAccess access, Workspaces workspaces, Watching watching, InstantSource clock) {
        this.access = access;
        this.workspaces = workspaces;
        this.watching = watching;
        this.clock = clock;
    }

    /**
     * A monitor as it stands.
     *
     * @param state     its row
     * @param heardAt   when it was last heard of
     * @param pings     how many pings were heard
     * @param secrets   whether who asks may see what lets pings in
     */
    public record Seen(
            Monitor monitor,
            List<UUID> dependsOn,
            Standing state,
            @Nullable Instant heardAt,
            long pings,
            boolean secrets) {}

    private List<Seen> seen(Inside inside, List<Monitor> all) {
        UUID workspace = inside.context().workspace();
        List<UUID> of = all.stream().map(Monitor::id).toList();
        var rows = states.read(inside.jdbc(), workspace, of);
        var heardAt = states.heardAt(inside.jdbc(), workspace, of);
        var heard = states.heard(inside.jdbc(), workspace, of);
        var on = store.dependencies(inside.jdbc(), workspace, of);
        boolean secrets = inside.role().may(Permission.MONITORS_CHANGE)
                && inside.caller().may(workspace, Permission.MONITORS_CHANGE);
        return all.stream()
                .map(m -> {
                    StateStore.Row row = rows.get(m.id());
                    return new Seen(
                            m,
                            on.getOrDefault(m.id(), List.of()),
                            row == null ? Standing.fresh(m.madeAt()) : row.standing(),
                            heardAt.get(m.id()),
                            heard.getOrDefault(m.id(), 0L),
                            secrets);
                })
                .toList();
    }

    /** When a plan is due next; refused with what is wrong with it, for who wrote it. */
    public static Outcome<List<Instant>> ahead(Monitor.Plan plan, Instant now, int count) {
        try {
            Schedule schedule = plan.read();
            return Outcome.done(
                    Stream.iterate(schedule.next(now), Optional::isPresent, at -> at.flatMap(schedule::next))
                            .limit(count)
                            .map(Optional::get)
                            .toList());
        } catch (ScheduleException e) {
            return Outcome.refused(new Refusal.Invalid("bad-monitor", String.valueOf(e.getMessage())));
        }
    }

    /** Up to {@code limit} monitors after an id, up to date. */
    public Outcome<List<Seen>> page(Entrance entrance, UUID after, int limit) {
        return access.in(entrance, inside -> {
            List<Monitor> all = store.page(inside.jdbc(), inside.context().workspace(), after, limit);
            return Outcome.done(seen(inside, all));
        });
    }

    /** Every monitor of the workspace. */
    public Outcome<List<Seen>> all(Entrance entrance) {
        return page(entrance, new UUID(0, 0), MOST);
    }

    public Outcome<Seen> one(Entrance entrance, UUID id) {
        return with(
                entrance,
                id,
                (inside, monitor) -> Outcome.done(seen(inside, List.of(monitor)).getFirst()));
    }

    /** By the id in the address of its pings. */
    public Outcome<Seen> pinged(Entrance entrance, UUID pingId) {
        Outcome<UUID> id = access.in(
                entrance,
                inside -> store.byPingId(inside.jdbc(), inside.context().workspace(), pingId)
                        .map(Monitor::id)
                        .map(Outcome::done)
                        .orElseGet(() -> Outcome.refused(new Refusal.NotFound())));
        return switch (id) {
            case Outcome.Done<UUID> done -> one(entrance, done.value());
            case Outcome.Refused<UUID> refused -> Outcome.refused(refused.why());
        };
    }

    /**
     * Does something with a monitor that was brought up to date; to whoever may not see it, it is not there. It is the server
     * that judges, in a transaction of its own, not whoever happens to look.
     */
    <T> Outcome<T> with(Entrance entrance, UUID id, BiFunction<Inside, Monitor, Outcome<T>> work) {
        Outcome<Boolean> behind = access.in(
                entrance,
                inside -> Outcome.done(
                        states.behind(inside.jdbc(), inside.context().workspace(), id, clock.instant())));
        if (behind instanceof Outcome.Refused<Boolean> refused) {
            return Outcome.refused(refused.why());
        }
        if (behind instanceof Outcome.Done<Boolean> done && done.value()) {
            watching.look(entrance.workspace(), List.of(id));
        }
        return access.in(
                entrance,
                inside -> store.byId(inside.jdbc(), inside.context().workspace(), id)
                        .map(monitor -> work.apply(inside, monitor))
                        .orElseGet(() -> Outcome.refused(new Refusal.NotFound())));
    }

    public Outcome<Seen> create(Entrance entrance, JsonObject written) {
        return access.in(entrance, inside -> {
            UUID workspace = inside.context().workspace();
            Instant now = clock.instant();
            try {
                MonitorForm.Filled form = MonitorForm.read(written, workspace, ids.next(now), UUID.randomUUID(), now);
                store.oneAtATime(inside.jdbc(), workspace);
                if (store.count(inside.jdbc(), workspace) >= MOST) {
                    return Outcome.refused(full());
                }
                store.insert(inside.jdbc(), form.monitor());
                store.depend(inside.jdbc(), workspace, form.monitor().id(), form.dependsOn());
                return Outcome.done(seen(inside, List.of(form.monitor())).getFirst());
            } catch (MonitorForm.Wrong e) {
                return Outcome.refused(new Refusal.Invalid("bad-monitor", String.valueOf(e.getMessage())));
            }
        });
    }

    private static Refusal full() {
        return new Refusal.Conflict(
                "too-many-monitors", "A workspace has at most " + MOST + " monitors. Delete one that is not needed.");
    }

    /** Changes the members that are written, and waits for the next slot of the schedule as it is then. */
    public Outcome<Seen> change(Entrance entrance, UUID id, JsonObject written) {
        return with(entrance, id, (inside, was) -> {
            UUID workspace = inside.context().workspace();
            List<UUID> on =
                    store.dependencies(inside.jdbc(), workspace, List.of(id)).getOrDefault(id, List.of());
            try {
                MonitorForm.Filled form = MonitorForm.read(
                        MonitorForm.over(MonitorForm.written(was, on), written),
                        workspace,
                        id,
                        was.pingId(),
                        was.madeAt());
                store.update(inside.jdbc(), form.monitor());
                store.depend(inside.jdbc(), workspace, id, form.dependsOn());
                look(inside, form.monitor(), !form.monitor().plan().equals(was.plan()));
                return Outcome.done(seen(inside, List.of(form.monitor())).getFirst());
            } catch (MonitorForm.Wrong | ScheduleException e) {
                return Outcome.refused(new Refusal.Invalid("bad-monitor", String.valueOf(e.getMessage())));
            }
        });
    }

    public Outcome<Boolean> delete(Entrance entrance, UUID id) {
        return access.in(
                entrance,
                inside -> store.delete(inside.jdbc(), inside.context().workspace(), id)
                        ? Outcome.done(true)
                        : Outcome.refused(new Refusal.NotFound()));
    }

    public Outcome<List<Monitor.Maintenance>> maintenance(Entrance entrance, UUID id) {
        return with(
                entrance,
                id,
                (inside, m) ->
                        Outcome.done(store.maintenance(inside.jdbc(), m.workspace(), List.of(id), clock.instant())));
    }

    /** Plans a time in which breaks are expected: at most a year long, and {@value #WINDOWS} of them. */
    public Outcome<Monitor.Maintenance> maintain(Entrance entrance, UUID id, String from, String to, String reason) {
        Monitor.Maintenance window;
        try {
            window = new Monitor.Maintenance(
                    ids.next(clock.instant()), id, Instant.parse(from), Instant.parse(to), reason.strip());
        } catch (java.time.DateTimeException e) {
            return Outcome.refused(new Refusal.Invalid(
                    "bad-maintenance", "from and to are times in UTC, such as 2026-11-25T06:00:00Z."));
        }
        if (!window.to().isAfter(window.from())
                || !window.to().isAfter(clock.instant())
                || Duration.between(window.from(), window.to()).compareTo(Duration.ofDays(365)) > 0
                || window.reason().isEmpty()
                || window.reason().length() > 500
                || window.reason().indexOf('\0') >= 0) {
            return Outcome.refused(
                    new Refusal.Invalid(
                            "bad-maintenance",
                            "A maintenance ends after it begins, in the future, within a year, and has a reason of 1 to 500 characters."));
        }
        return with(entrance, id, (inside, m) -> {
            if (store.maintenance(inside.jdbc(), m.workspace(), List.of(id), clock.instant())
                            .size()
                    >= WINDOWS) {
                return Outcome.refused(new Refusal.Conflict(
                        "too-many-maintenances", "A monitor has at most " + WINDOWS + " of them ahead. Delete one."));
            }
            store.maintain(inside.jdbc(), m.workspace(), window);
            return Outcome.done(window);
        });
    }

    public Outcome<Boolean> unmaintain(Entrance entrance, UUID id, UUID maintenance) {
        return with(
                entrance,
                id,
                (inside, m) -> store.unmaintain(inside.jdbc(), m.workspace(), id, maintenance)
                        ? Outcome.done(true)
                        : Outcome.refused(new Refusal.NotFound()));
    }

    /** Nobody waits for it until it is resumed, or pinged if it may resume itself. */
    public Outcome<Seen> pause(Entrance entrance, UUID id) {
        return move(entrance, id, MonitorState.PAUSED, "Paused by hand.");
    }

    /** As if nothing had been heard yet. */
    public Outcome<Seen> resume(Entrance entrance, UUID id) {
        return move(entrance, id, MonitorState.NEW, "Resumed by hand.");
    }

    /** As {@link #pause}, by the server itself and not by a person; nothing happens when there is no such monitor. */
    public void rest(WorkspaceContext as, UUID id, String reason) {
        workspaces.in(as, jdbc -> {
            store.byId(jdbc, as.workspace(), id)
                    .ifPresent(
                            monitor -> moved(jdbc, as, monitor, standing(jdbc, monitor), MonitorState.PAUSED, reason));
            return true;
        });
    }

    private StateStore.Row standing(JdbcClient jdbc, Monitor monitor) {
        return states.lock(jdbc, monitor.workspace(), List.of(monitor.id())).getFirst();
    }

    private Outcome<Seen> move(Entrance entrance, UUID id, MonitorState to, String reason) {
        return with(entrance, id, (inside, monitor) -> {
            StateStore.Row row = standing(inside.jdbc(), monitor);
            MonitorState from = row.standing().state();
            if (from != to && to == MonitorState.NEW && from != MonitorState.PAUSED) {
                return Outcome.refused(new Refusal.Conflict("not-paused", "The monitor is not paused."));
            }
            moved(inside.jdbc(), inside.context(), monitor, row, to, reason);
            return Outcome.done(seen(inside, List.of(monitor)).getFirst());
        });
    }

    private void moved(
            JdbcClient jdbc,
            WorkspaceContext context,
            Monitor monitor,
            StateStore.Row row,
            MonitorState to,
            String reason) {
        MonitorState from = row.standing().state();
        if (from == to) {
            return;
        }
        UUID workspace = context.workspace();
        UUID id = monitor.id();
        Instant now = clock.instant();
        var transition =
                new Transition(Transition.Subject.MONITOR, null, from.word(), to.word(), now, context.actor(), reason);
        UUID leaf = watching.recorded(jdbc, context, id, transition);
        List<TransitionStore.Kept> kept = List.of(new TransitionStore.Kept(ids.next(now), id, transition, leaf));
        transitions.add(jdbc, workspace, kept);
        watching.news(jdbc, workspace, kept);
        runs.forgetDeadlines(jdbc, workspace, id);
        states.write(
                jdbc,
                workspace,
                List.of(new StateStore.Row(
                        id, new Standing(to, now, to, null, row.standing().lastSlot(), 0, null), row.handled(), null)));
        watching.tell(
                jdbc,
                workspace,
                List.of(new MonitorChange(
                        workspace, id, monitor.name(), from, to, Optional.empty(), reason, now, List.of())));
    }

    /** Has the server look at it at once, as it is now; with another schedule, for the next slot of that. */
    private void look(Inside inside, Monitor monitor, boolean anew) throws ScheduleException {
        Instant now = clock.instant();
        StateStore.Row row = states.lock(inside.jdbc(), monitor.workspace(), List.of(monitor.id()))
                .getFirst();
        Standing was = row.standing();
        Instant due = was.due() != null && anew ? new Slots(monitor.plan().read()).after(now) : was.due();
        states.write(
                inside.jdbc(),
                monitor.workspace(),
                List.of(new StateStore.Row(
                        row.monitor(),
                        new Standing(
                                was.state(), was.since(), was.told(), due, was.lastSlot(), was.failures(), was.quiet()),
                        row.handled(),
                        now)));
    }

    /** Makes the monitor of a slug that a ping asked for; false when the workspace has as many as it may have. */
    boolean provision(UUID workspace, String slug) {
        return Boolean.TRUE.equals(workspaces.in(
                new WorkspaceContext(workspace, "service:ingest"), jdbc -> provision(jdbc, workspace, slug)));
    }

    private boolean provision(JdbcClient jdbc, UUID workspace, String slug) {
        store.oneAtATime(jdbc, workspace);
        if (store.slugTaken(jdbc, workspace, slug)) {
            return true;
        }
        if (store.count(jdbc, workspace) >= MOST) {
            return false;
        }
        Instant now = clock.instant();
        store.insert(
                jdbc,
                new Monitor(
                        workspace,
                        ids.next(now),
                        UUID.randomUUID(),
                        slug,
                        slug,
                        List.of(),
                        "",
                        Monitor.Plan.every(USUAL_EVERY),
                        USUAL_GRACE,
                        USUAL_GRACE,
                        null,
                        0,
                        null,
                        false,
                        false,
                        false,
                        List.of(),
                        now));
        return true;
    }
}
