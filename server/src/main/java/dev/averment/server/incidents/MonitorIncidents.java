package dev.averment.server.incidents;

import dev.averment.server.incidents.AffectedStore.Affected;
import dev.averment.server.incidents.IncidentBook.Opening;
import dev.averment.server.incidents.IncidentBook.Scene;
import dev.averment.server.monitoring.MonitorChange;
import dev.averment.server.monitoring.MonitorListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Incidents about monitors. One that goes down while something that it depends on is down joins that incident: no second one is
 * opened for the same root, and the monitor itself is watched and shown as ever. When a dependency goes down a little after
 * those that depend on it, it takes their incident over as its root.
 */
final class MonitorIncidents implements MonitorListener {
    /** So much later than what depends on it may the root be noticed: schedules differ, and who runs often is noticed first. */
    static final Duration ROOT_WITHIN = Duration.ofMinutes(15);

    private final IncidentBook book;

    MonitorIncidents(IncidentBook book) {
        this.book = book;
    }

    @Override
    public void changed(JdbcClient tx, MonitorChange change) {
        var scene = new Scene(tx, change.workspace(), "service:monitoring");
        switch (change.to()) {
            case DOWN -> down(scene, change);
            case UP -> back(scene, change, change.name() + " is up again: " + change.reason());
            case NEW, PAUSED -> back(scene, change, change.name() + " is not waited for any more: " + change.reason());
            // Late is not missed yet, and not to know is no recovery.
            case LATE, UNKNOWN -> {}
        }
    }

    private void down(Scene scene, MonitorChange change) {
        Optional<Incident> own = book.affected
                .incidentOf(scene.tx(), change.workspace(), change.monitor())
                .flatMap(id -> book.incidents.lock(scene.tx(), change.workspace(), id));
        if (own.isPresent()) {
            book.line(scene, own.get(), "again", said(change), evidence(change));
            return;
        }
        RuleStore.Rule rule = book.rule(
                scene, List.of(new String[] {"monitor", change.monitor().toString()}, new String[] {"monitors", ""}));
        Optional<Incident> above = change.dependsOn().stream()
                .flatMap(dependency -> book.affected.incidentOf(scene.tx(), change.workspace(), dependency).stream())
                .findFirst()
                .flatMap(id -> book.incidents.lock(scene.tx(), change.workspace(), id));
        if (above.isPresent()) {
            book.affected.put(scene.tx(), change.workspace(), above.get().id(), of(change, false), change.dependsOn());
            book.line(
                    scene,
                    above.get(),
                    "joined",
                    said(change) + " It depends on what is down already.",
                    evidence(change));
            graver(scene, above.get(), rule.severity(), change);
            return;
        }
        List<Incident> waiting = new ArrayList<>();
        for (UUID id : book.affected.waitingFor(
                scene.tx(), change.workspace(), change.monitor(), change.at().minus(ROOT_WITHIN))) {
            book.incidents
                    .lock(scene.tx(), change.workspace(), id)
                    .filter(Incident::unresolved)
                    .ifPresent(waiting::add);
        }
        if (!waiting.isEmpty()) {
            takeOver(scene, change, waiting, rule.severity());
            return;
        }
        open(scene, change, rule);
    }

    private void open(Scene scene, MonitorChange change, RuleStore.Rule rule) {
        String cause = "monitors/" + change.monitor();
        Optional<Incident> before = book.incidents.lockResolved(
                scene.tx(), change.workspace(), cause, book.now().minus(ClaimIncidents.SAME));
        UUID incident;
        if (before.isPresent()) {
            incident = before.get().id();
            book.incidents.root(
                    scene.tx(), change.workspace(), incident, change.run().orElse(null));
            book.reopen(scene, before.get(), said(change), evidence(change));
        } else {
            incident = book.open(
                    scene,
                    new Opening(
                            cause,
                            Incident.Source.MONITOR,
                            change.name() + " is down",
                            rule.severity(),
                            rule.owner(),
                            change.run(),
                            said(change),
                            evidence(change)));
        }
        book.affected.put(scene.tx(), change.workspace(), incident, of(change, true), change.dependsOn());
    }

    /** The first of the incidents gets the root, and whatever is down in the others; those are over then. */
    private void takeOver(Scene scene, MonitorChange change, List<Incident> waiting, Severity severity) {
        Incident first = waiting.getFirst();
        book.affected.noRoot(scene.tx(), change.workspace(), first.id());
        for (Incident other : waiting.subList(1, waiting.size())) {
            for (Affected monitor : book.affected.of(scene.tx(), change.workspace(), other.id())) {
                if (monitor.until().isEmpty()) {
                    book.affected.put(
                            scene.tx(),
                            change.workspace(),
                            first.id(),
                            new Affected(
                                    monitor.monitor(),
                                    monitor.name(),
                                    false,
                                    monitor.run(),
                                    monitor.since(),
                                    Optional.empty()),
                            book.affected.dependencies(scene.tx(), change.workspace(), other.id(), monitor.monitor()));
                }
            }
            book.resolve(
                    scene,
                    other,
                    "The same root as " + first.subject() + ": " + change.name() + " is down, on which it depends.",
                    first.subject());
        }
        book.affected.put(scene.tx(), change.workspace(), first.id(), of(change, true), change.dependsOn());
        book.incidents.root(
                scene.tx(), change.workspace(), first.id(), change.run().orElse(null));
        book.line(
                scene,
                first,
                "root",
                said(change) + " What went down before depends on it: it is the root.",
                evidence(change));
        graver(scene, first, severity, change);
    }

    private void graver(Scene scene, Incident incident, Severity severity, MonitorChange change) {
        if (severity.compareTo(incident.severity()) < 0) {
            book.severity(scene, incident, severity, change.name() + " is down as well, which is " + severity + ".");
        }
    }

    private void back(Scene scene, MonitorChange change, String reason) {
        book.affected
                .incidentOf(scene.tx(), change.workspace(), change.monitor())
                .flatMap(id -> book.incidents.lock(scene.tx(), change.workspace(), id))
                .ifPresent(incident -> {
                    int left = book.affected.back(
                            scene.tx(), change.workspace(), incident.id(), change.monitor(), change.at());
                    book.line(scene, incident, "recovered", reason, evidence(change));
                    if (left == 0) {
                        book.resolve(scene, incident, "Every monitor of this incident is up again.", evidence(change));
                    }
                });
    }

    private static Affected of(MonitorChange change, boolean root) {
        return new Affected(change.monitor(), change.name(), root, change.run(), change.at(), Optional.empty());
    }

    private static String said(MonitorChange change) {
        return change.name() + " is down: " + change.reason();
    }

    private static String evidence(MonitorChange change) {
        return change.run().map(run -> "runs/" + run).orElse("monitors/" + change.monitor());
    }
}
