package dev.averment.server.drill;

import dev.averment.server.delivery.Deliveries;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.incidents.Incident;
import dev.averment.server.incidents.Incidents;
import dev.averment.server.monitoring.Monitors;
import dev.averment.server.monitoring.Run;
import dev.averment.server.monitoring.RunStatus;
import dev.averment.server.monitoring.Runs;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What came of a drill, as the rooms tell it in which it happened: nothing about it is kept twice. */
public final class Drills {
    private static final int RUNS = 50;
    private static final int ALERTS = 10;

    private final WorkspaceAccess access;
    private final Demos demos;
    private final Monitors monitors;
    private final Runs runs;
    private final Incidents incidents;
    private final Deliveries deliveries;

    Drills(
            WorkspaceAccess access,
            Demos demos,
            Monitors monitors,
            Runs runs,
            Incidents incidents,
            Deliveries deliveries) {
        this.access = access;
        this.demos = demos;
        this.monitors = monitors;
        this.runs = runs;
        this.incidents = incidents;
        this.deliveries = deliveries;
    }

    /** @return a refusal when the workspace has no demo */
    public Outcome<DrillStory> story(Entrance entrance) {
        return switch (demos.find(entrance)) {
            case Outcome.Refused<Demos.Found> refused -> Outcome.refused(refused.why());
            case Outcome.Done<Demos.Found> done -> Outcome.done(story(entrance, done.value()));
        };
    }

    private DrillStory story(Entrance entrance, Demos.Found found) {
        Map<Workflow, Monitors.Seen> workflows = new EnumMap<>(Workflow.class);
        found.monitors().forEach((workflow, monitor) -> {
            if (monitors.one(entrance, monitor) instanceof Outcome.Done<Monitors.Seen> seen) {
                workflows.put(workflow, seen.value());
            }
        });
        Monitors.Seen load = workflows.get(Workflow.LOAD);
        Optional<Instant> broken = found.demo().broken();
        if (load == null || broken.isEmpty()) {
            return new DrillStory(
                    found.demo(), workflows, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        }
        UUID monitor = load.monitor().id();
        Optional<Run> failed = run(entrance, monitor, RunStatus.FAILED, broken.get());
        Optional<Incident> incident = failed.flatMap(_ -> incident(entrance, monitor, broken.get()));
        return new DrillStory(
                found.demo(),
                workflows,
                failed,
                incident,
                incident.map(i -> alerts(entrance, i, broken.get())).orElse(List.of()),
                failed.flatMap(run -> run(entrance, monitor, RunStatus.SUCCEEDED, run.at())));
    }

    /** The first run since then that ended so. */
    private Optional<Run> run(Entrance entrance, UUID monitor, RunStatus status, Instant since) {
        if (!(runs.of(entrance, monitor, RUNS) instanceof Outcome.Done<List<Run>> all)) {
            return Optional.empty();
        }
        return all.value().reversed().stream()
                .filter(run -> run.status() == status && !run.at().isBefore(since))
                .findFirst();
    }

    /** The incident about the workflow that was opened, or opened again, since then. */
    private Optional<Incident> incident(Entrance entrance, UUID monitor, Instant since) {
        if (!(incidents.list(entrance, Optional.empty(), Optional.empty())
                instanceof Outcome.Done<Incidents.Listed> listed)) {
            return Optional.empty();
        }
        return listed.value().incidents().stream()
                .filter(i -> i.cause().equals("monitors/" + monitor))
                .filter(i -> i.unresolved()
                        || i.resolved().filter(at -> at.isAfter(since)).isPresent())
                .findFirst();
    }

    private List<DrillStory.Alert> alerts(Entrance entrance, Incident incident, Instant since) {
        Outcome<List<DrillStory.Alert>> found = access.in(
                entrance,
                inside ->
                        Outcome.done(deliveries.ofIncident(inside.jdbc(), entrance.workspace(), incident.id()).stream()
                                .filter(d -> !d.what().at().isBefore(since))
                                .limit(ALERTS)
                                .map(d -> new DrillStory.Alert(
                                        d, deliveries.attempts(inside.jdbc(), entrance.workspace(), d.id())))
                                .toList()));
        return found instanceof Outcome.Done<List<DrillStory.Alert>> done ? done.value() : List.of();
    }
}
