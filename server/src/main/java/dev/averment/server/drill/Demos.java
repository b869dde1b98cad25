package dev.averment.server.drill;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.Channel;
import dev.averment.server.delivery.ChannelException;
import dev.averment.server.delivery.Channels;
import dev.averment.server.delivery.Inbox;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.People;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.MemberRole;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.identity.workspace.WorkspaceAccess.Inside;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import dev.averment.server.incidents.IncidentRules;
import dev.averment.server.incidents.Severity;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.monitoring.Monitors;
import dev.averment.server.tenancy.WorkspaceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people do with demos: make one, break it, see what came of it, take it away. */
public final class Demos {
    /** How long a drill leaves the workflow broken, unless something else was said. */
    public static final Duration USUAL = Duration.ofMinutes(1);

    /** How short and how long that can be. */
    public static final Duration SHORTEST = Duration.ofSeconds(3);

    public static final Duration LONGEST = Duration.ofMinutes(10);

    /** After its last drill a demo runs on for so long. */
    static final Duration AWAKE = Duration.ofDays(1);

    private static final Refusal NONE_HERE = new Refusal.NotFound();

    private final DemoStore store = new DemoStore();
    private final FileStore files = new FileStore();
    private final Work work = new Work();
    private final WorkspaceAccess access;
    private final WorkspaceStore workspaces = new WorkspaceStore();
    private final People people;
    private final Monitors monitors;
    private final IncidentRules rules;
    private final Channels channels;
    private final Inbox inbox;
    private final Jobs jobs;
    private final InstantSource clock;

    Demos(
            WorkspaceAccess access,
            People people,
            Monitors monitors,
            IncidentRules rules,
            Channels channels,
            Inbox inbox,
            Jobs jobs,
            InstantSource clock) {
        this.access = access;
        this.people = people;
        this.monitors = monitors;
        this.rules = rules;
        this.channels = channels;
        this.inbox = inbox;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** @param fresh whether it was made by this, and not there before */
    public record Made(UUID workspace, boolean fresh) {}

    /** Makes a workspace with a demo in it; somebody who owns one gets that one. */
    public Outcome<Made> create(Caller.Person caller, String name) {
        for (WorkspaceMembers.Seen seen : people.workspacesOf(caller)) {
            if (seen.role() == MemberRole.OWNER
                    && find(new Entrance(caller, seen.workspace(), Permission.MONITORS_READ))
                            instanceof Outcome.Done<Found>) {
                return Outcome.done(new Made(seen.workspace(), false));
            }
        }
        return switch (people.createWorkspace(caller, name)) {
            case Outcome.Refused<UUID> refused -> Outcome.refused(refused.why());
            case Outcome.Done<UUID> made -> {
                var entrance = new Entrance(caller, made.value(), Permission.WORKSPACE_CHANGE);
                yield furnish(entrance, USUAL) instanceof Outcome.Refused<Boolean> refused
                        ? Outcome.refused(refused.why())
                        : Outcome.done(new Made(made.value(), true));
            }
        };
    }

    /**
     * Puts a demo into a workspace, all of it or nothing. Where there is one, only the time of its drills is changed.
     *
     * @param mendAfter how long a drill leaves the workflow broken
     * @return whether there was none before
     */
    public Outcome<Boolean> furnish(Entrance entrance, Duration mendAfter) {
        return access.in(entrance, inside -> {
            // Whoever may not is told so first, whatever he wrote.
            if (mendAfter.compareTo(SHORTEST) < 0 || mendAfter.compareTo(LONGEST) > 0) {
                return Outcome.refused(new Refusal.Invalid(
                        "bad-demo",
                        "A drill mends what it broke after " + SHORTEST.toSeconds() + " to " + LONGEST.toSeconds()
                                + " seconds: write {\"mendAfterSeconds\": 60}."));
            }
            JdbcClient tx = inside.jdbc();
            UUID workspace = entrance.workspace();
            workspaces.lock(tx, workspace);
            Optional<Demo> there = store.find(tx, workspace);
            if (there.isPresent()) {
                store.mendAfter(tx, workspace, there.get().id(), mendAfter);
                return Outcome.done(false);
            }
            if (channels.all(tx, workspace).stream().anyMatch(Channel::enabled)) {
                return Outcome.refused(new Refusal.Conflict(
                        "people-would-be-called",
                        "This workspace has channels: a drill in it would call people. Put the demo into a workspace of"
                                + " its own."));
            }
            try {
                fill(inside, entrance, mendAfter);
                return Outcome.done(true);
            } catch (ChannelException e) {
                return Outcome.refused(new Refusal.Conflict("too-many-channels", String.valueOf(e.getMessage())));
            }
        });
    }

    private void fill(Inside inside, Entrance entrance, Duration mendAfter) throws ChannelException {
        JdbcClient tx = inside.jdbc();
        UUID workspace = entrance.workspace();
        Instant now = clock.instant();
        UUID channel = channels.add(tx, workspace, Inbox.KIND, "Inbox", JsonObject.of())
                .channel()
                .id();
        UUID demo = UUID.randomUUID();
        store.insert(
                tx,
                workspace,
                new Demo(
                        demo,
                        channel,
                        mendAfter,
                        now,
                        now.plus(AWAKE),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        work.deliver(tx, workspace, demo, now);
        Map<Workflow, UUID> made = new EnumMap<>(Workflow.class);
        for (Workflow workflow : Workflow.values()) {
            Outcome<Monitors.Seen> monitor = monitors.create(entrance, written(workflow, made));
            if (!(monitor instanceof Outcome.Done<Monitors.Seen> done)) {
                throw new IllegalStateException("a workflow of a demo can't be watched");
            }
            UUID id = done.value().monitor().id();
            made.put(workflow, id);
            store.watched(tx, workspace, demo, workflow, id);
            // Of a drill nobody has to write a review.
            rules.judge(tx, workspace, id, Severity.P3);
        }
        start(tx, workspace, now);
    }

    private static JsonObject written(Workflow workflow, Map<Workflow, UUID> made) {
        return JsonObject.of(
                "name",
                workflow.title(),
                "description",
                workflow.what(),
                "everySeconds",
                DemoRunner.EVERY.toSeconds(),
                "graceSeconds",
                DemoRunner.EVERY.toSeconds(),
                "maxRunSeconds",
                300,
                "tags",
                List.of("demo"),
                "dependsOn",
                workflow.dependsOn().map(on -> String.valueOf(made.get(on))).stream()
                        .toList());
    }

    private void start(JdbcClient tx, UUID workspace, Instant now) {
        jobs.addAll(
                tx,
                workspace,
                Workflow.FIRST.stream().map(w -> DemoRunner.standing(w, now)).toList());
    }

    /** A demo and the monitors of its workflows. */
    public record Found(Demo demo, Map<Workflow, UUID> monitors) {}

    /** @return a refusal when the workspace has none */
    public Outcome<Found> find(Entrance entrance) {
        return access.in(
                entrance,
                inside -> store.find(inside.jdbc(), entrance.workspace())
                        .map(demo -> Outcome.done(
                                new Found(demo, store.monitors(inside.jdbc(), entrance.workspace(), demo.id()))))
                        .orElseGet(() -> Outcome.refused(NONE_HERE)));
    }

    /** What arrived in the demo's inbox, newest first. */
    public Outcome<List<Inbox.Received>> arrived(Entrance entrance, int most) {
        return access.in(
                entrance,
                inside -> store.find(inside.jdbc(), entrance.workspace())
                        .map(demo -> Outcome.done(inbox.of(inside.jdbc(), entrance.workspace(), demo.channel(), most)))
                        .orElseGet(() -> Outcome.refused(NONE_HERE)));
    }

    /**
     * Breaks one workflow for real: a bit of the file that it reads is turned over, and it is done at once. A job mends it after
     * the demo's time.
     *
     * @return when that will be
     */
    public Outcome<Instant> breakIt(Entrance entrance) {
        Outcome<Found> found = find(entrance);
        if (found instanceof Outcome.Refused<Found> refused) {
            return Outcome.refused(refused.why());
        }
        if (found instanceof Outcome.Done<Found> done && done.value().demo().asleep()) {
            // Nobody waits for a monitor that is paused, and its failure would tell nobody.
            for (UUID monitor : done.value().monitors().values()) {
                monitors.resume(entrance, monitor);
            }
        }
        return access.in(entrance, inside -> {
            JdbcClient tx = inside.jdbc();
            UUID workspace = entrance.workspace();
            Optional<Demo> demo = store.lock(tx, workspace);
            if (demo.isEmpty()) {
                return Outcome.refused(NONE_HERE);
            }
            if (demo.get().drilling()) {
                return Outcome.refused(new Refusal.Conflict(
                        "drill-goes-on", "A drill goes on: wait until what it broke is mended, then begin another."));
            }
            Instant now = clock.instant();
            Instant mends = now.plus(demo.get().mendAfter());
            files.spoil(tx, workspace, demo.get().id(), DemoFile.ORDERS);
            store.broken(tx, workspace, demo.get().id(), now, mends);
            store.awake(tx, workspace, demo.get().id(), now.plus(AWAKE));
            jobs.add(tx, workspace, DemoRunner.once(Workflow.LOAD, "broken", now));
            jobs.add(tx, workspace, DemoMender.at(mends));
            start(tx, workspace, now.plus(DemoRunner.EVERY));
            return Outcome.done(mends);
        });
    }

    /**
     * Takes the demo away: what runs in it, its files, its workflows with their runs, its channel with what arrived. Incidents
     * and entries of the log stay.
     */
    public Outcome<Boolean> remove(Entrance entrance) {
        Outcome<Found> found = find(entrance);
        if (!(found instanceof Outcome.Done<Found> done)) {
            return Outcome.refused(((Outcome.Refused<Found>) found).why());
        }
        // An incident about a workflow that is gone could not be resolved by it.
        for (UUID monitor : done.value().monitors().values()) {
            monitors.pause(entrance, monitor);
        }
        return access.in(entrance, inside -> {
            JdbcClient tx = inside.jdbc();
            UUID workspace = entrance.workspace();
            Optional<Demo> demo = store.lock(tx, workspace);
            if (demo.isEmpty()) {
                return Outcome.refused(NONE_HERE);
            }
            for (UUID monitor : store.monitors(tx, workspace, demo.get().id()).values()) {
                rules.forget(tx, workspace, monitor);
                monitors.delete(entrance, monitor);
            }
            Workflow.FIRST.forEach(w -> jobs.cancel(tx, workspace, DemoRunner.JOB, w.word()));
            jobs.cancel(tx, workspace, DemoMender.JOB, "mend");
            inbox.empty(tx, workspace, demo.get().channel());
            channels.remove(tx, workspace, demo.get().channel());
            store.remove(tx, workspace, demo.get().id(), clock.instant());
            return Outcome.done(true);
        });
    }
}
