package dev.averment.server.incidents;

import dev.averment.server.clocks.Clock;
import dev.averment.server.clocks.ClockListener;
import dev.averment.server.identity.workspace.MemberListener;
import dev.averment.server.incidents.IncidentBook.Scene;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What follows when nobody did what had to be done in time: an incident that nobody takes up climbs the chain, a late answer,
 * update or review is told, and so is an incident that has no owner. Each clock is missed once, on one server, and what follows
 * is in the transaction in which it is marked.
 */
final class Escalation implements ClockListener, MemberListener {
    private static final String ACTOR = "service:escalation";

    private final IncidentBook book;

    Escalation(IncidentBook book) {
        this.book = book;
    }

    @Override
    public void missed(JdbcClient tx, UUID workspace, Clock clock) {
        var scene = new Scene(tx, workspace, ACTOR);
        IncidentBook.named(clock.subject())
                .flatMap(id -> book.incidents.lock(tx, workspace, id))
                .ifPresent(incident -> missed(scene, incident, clock));
    }

    private void missed(Scene scene, Incident incident, Clock clock) {
        String due = " It was due at " + clock.due() + " (" + clock.term() + ").";
        if (clock.rule().startsWith(IncidentBook.ESCALATION_RULE)) {
            climb(scene, incident, Integer.parseInt(clock.rule().substring(IncidentBook.ESCALATION_RULE.length())));
        } else if (clock.rule().equals(IncidentBook.REVIEW_RULE)) {
            late(scene, incident, "The review of this incident is late." + due);
        } else if (clock.rule().equals(IncidentBook.OWNER_RULE)) {
            late(scene, incident, "Nobody owns this incident still." + due);
        } else if (clock.rule().equals(IncidentBook.UPDATE_RULE)) {
            late(scene, incident, "No update was given on a P1 that is not closed." + due);
        } else {
            late(scene, incident, "Nobody has taken this incident up." + due);
        }
    }

    private void late(Scene scene, Incident incident, String text) {
        book.line(scene, incident, "late", text, "");
        book.tell(scene, incident, "escalate", text, Optional.empty(), List.of());
    }

    /** The chain is read anew: whoever changed it meant the incidents that are open, too. */
    private void climb(Scene scene, Incident incident, int place) {
        if (incident.state() != Incident.State.OPEN) {
            return;
        }
        Optional<ChainStep> step = book.chain.steps(scene.tx(), scene.workspace()).stream()
                .filter(s -> s.place() == place)
                .findFirst();
        if (step.isEmpty()) {
            book.line(scene, incident, "escalated", "Step " + place + " of the chain is not there any more.", "");
            return;
        }
        List<UUID> channels = step.get().channels();
        String asked = step.get().people().isEmpty()
                ? ""
                : " Asked for: "
                        + String.join(
                                ", ",
                                step.get().people().stream()
                                        .map(p -> "user:" + p)
                                        .toList()) + ".";
        book.line(
                scene,
                incident,
                "escalated",
                "Nobody took it up within " + step.get().after().text() + ": step " + place + " of the chain." + asked,
                "");
        book.tell(
                scene,
                incident,
                "escalate",
                "Nobody took this incident up within " + step.get().after().text() + "." + asked,
                channels.isEmpty() ? Optional.empty() : Optional.of(channels),
                step.get().people());
    }

    @Override
    public void gone(JdbcClient tx, UUID workspace, UUID account) {
        var scene = new Scene(tx, workspace, ACTOR);
        book.incidents.lockOwned(tx, workspace, account).forEach(incident -> book.orphan(scene, incident));
    }
}
