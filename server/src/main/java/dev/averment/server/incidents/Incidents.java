package dev.averment.server.incidents;

import dev.averment.server.clocks.Clock;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.identity.workspace.WorkspaceAccess.Inside;
import dev.averment.server.incidents.Incident.State;
import dev.averment.server.incidents.IncidentBook.Opening;
import dev.averment.server.incidents.IncidentBook.Scene;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * What people and programs do with incidents. A refusal says what has to be done first. About a claim nobody but the verdict says
 * that it is mended: see {@link ClaimIncidents}.
 */
public final class Incidents {
    /** Incidents or lines in one answer. */
    static final int PAGE = 100;

    private static final UUID HIGHEST = new UUID(-1, -1);
    private static final Refusal VERDICT_DECIDES = new Refusal.Conflict(
            "verdict-decides",
            "This incident is about a claim: it is resolved when the claim holds again, and opened when it fails. Mend what"
                    + " the claim says, or have the page no longer make it.");

    private final WorkspaceAccess access;
    private final IncidentBook book;

    Incidents(WorkspaceAccess access, IncidentBook book) {
        this.access = access;
        this.book = book;
    }

    /** @param next where the next page begins; empty on the last */
    public record Listed(List<Incident> incidents, Optional<UUID> next) {}

    /** Everything about one incident. */
    record Detail(
            Incident incident,
            boolean ownerless,
            List<AffectedStore.Affected> affected,
            List<Clock> clocks,
            List<ReviewStore.Review> reviews,
            List<TimelineStore.Entry> timeline) {}

    /**
     * The newest first.
     *
     * @param state  empty for all that are not closed
     * @param before where the page before ended
     */
    public Outcome<Listed> list(Entrance entrance, Optional<State> state, Optional<UUID> before) {
        return access.in(entrance, inside -> {
            List<Incident> found = book.incidents.list(
                    inside.jdbc(),
                    entrance.workspace(),
                    state.map(State::word).orElse(""),
                    before.orElse(HIGHEST),
                    PAGE + 1);
            boolean more = found.size() > PAGE;
            List<Incident> page = more ? found.subList(0, PAGE) : found;
            return Outcome.done(new Listed(
                    List.copyOf(page), more ? Optional.of(page.getLast().id()) : Optional.empty()));
        });
    }

    /** Unresolved ones that nobody answers for. */
    public Outcome<List<Incident>> ownerless(Entrance entrance) {
        return access.in(
                entrance, inside -> Outcome.done(book.incidents.ownerless(inside.jdbc(), entrance.workspace())));
    }

    /** Everything about one, for a page. */
    public Outcome<IncidentStory> story(Entrance entrance, UUID id) {
        return switch (detail(entrance, id)) {
            case Outcome.Done<Detail> done -> Outcome.done(IncidentStory.of(done.value()));
            case Outcome.Refused<Detail> refused -> Outcome.refused(refused.why());
        };
    }

    Outcome<Detail> detail(Entrance entrance, UUID id) {
        return access.in(
                entrance,
                inside -> book.incidents
                        .find(inside.jdbc(), entrance.workspace(), id)
                        .map(incident -> Outcome.done(new Detail(
                                incident,
                                incident.unresolved()
                                        && incident.owner()
                                                .filter(owner -> book.answers(scene(inside), owner))
                                                .isEmpty(),
                                book.affected.of(inside.jdbc(), entrance.workspace(), id),
                                book.clocks.of(inside.jdbc(), entrance.workspace(), incident.subject()),
                                book.reviews.of(inside.jdbc(), entrance.workspace(), id),
                                book.timeline.after(inside.jdbc(), entrance.workspace(), id, 0, PAGE))))
                        .orElseGet(() -> Outcome.refused(new Refusal.NotFound())));
    }

    Outcome<List<TimelineStore.Entry>> timeline(Entrance entrance, UUID id, int after) {
        return access.in(
                entrance,
                inside -> book.incidents
                                .find(inside.jdbc(), entrance.workspace(), id)
                                .isEmpty()
                        ? Outcome.refused(new Refusal.NotFound())
                        : Outcome.done(book.timeline.after(inside.jdbc(), entrance.workspace(), id, after, PAGE)));
    }

    /** Opens one by hand. @param owner empty: whoever opens it */
    public Outcome<UUID> open(Entrance entrance, String title, Severity severity, Optional<UUID> owner, String text) {
        return access.in(entrance, inside -> {
            UUID account = owner.orElse(inside.caller().account());
            if (!book.answers(scene(inside), account)) {
                return Outcome.refused(noMember());
            }
            return Outcome.done(book.open(
                    scene(inside),
                    new Opening(
                            "hand/" + UUID.randomUUID(),
                            Incident.Source.HAND,
                            title,
                            severity,
                            Optional.of(account),
                            Optional.empty(),
                            text,
                            "")));
        });
    }

    public Outcome<Boolean> acknowledge(Entrance entrance, UUID id) {
        return on(entrance, id, (scene, incident) -> {
            if (!incident.unresolved()) {
                return Outcome.refused(not(incident, "taken up while it is open"));
            }
            if (incident.state() == State.OPEN) {
                book.acknowledge(scene, incident);
            }
            return Outcome.done(true);
        });
    }

    public Outcome<Boolean> assign(Entrance entrance, UUID id, UUID owner) {
        return on(entrance, id, (scene, incident) -> {
            if (incident.state() == State.CLOSED) {
                return Outcome.refused(not(incident, "assigned until it is closed"));
            }
            if (!book.answers(scene, owner)) {
                return Outcome.refused(noMember());
            }
            book.assign(scene, incident, owner);
            return Outcome.done(true);
        });
    }

    /** A line in the timeline, for those who work on it. */
    public Outcome<Boolean> note(Entrance entrance, UUID id, String text) {
        return on(entrance, id, (scene, incident) -> {
            book.line(scene, incident, "note", text, "");
            return Outcome.done(true);
        });
    }

    /** How it goes, for everybody who was told of it. */
    public Outcome<Boolean> update(Entrance entrance, UUID id, String text) {
        return on(entrance, id, (scene, incident) -> {
            if (incident.state() == State.CLOSED) {
                return Outcome.refused(not(incident, "updated until it is closed; add a note"));
            }
            book.update(scene, incident, text);
            return Outcome.done(true);
        });
    }

    public Outcome<Boolean> severity(Entrance entrance, UUID id, Severity severity, String reason) {
        return on(entrance, id, (scene, incident) -> {
            if (incident.state() == State.CLOSED) {
                return Outcome.refused(not(incident, "judged anew until it is closed"));
            }
            if (incident.severity() != severity) {
                book.severity(scene, incident, severity, reason);
            }
            return Outcome.done(true);
        });
    }

    public Outcome<Boolean> resolve(Entrance entrance, UUID id, String reason) {
        return on(entrance, id, (scene, incident) -> {
            if (!incident.unresolved()) {
                return Outcome.refused(not(incident, "resolved while it is open"));
            }
            if (incident.source() == Incident.Source.CLAIM) {
                return Outcome.refused(VERDICT_DECIDES);
            }
            book.resolve(scene, incident, reason, "");
            return Outcome.done(true);
        });
    }

    public Outcome<Boolean> reopen(Entrance entrance, UUID id, String reason) {
        return on(entrance, id, (scene, incident) -> {
            if (incident.unresolved()) {
                return Outcome.refused(not(incident, "opened again after it was resolved"));
            }
            if (incident.source() == Incident.Source.CLAIM) {
                return Outcome.refused(VERDICT_DECIDES);
            }
            if (book.incidents
                    .lockOpen(scene.tx(), scene.workspace(), incident.cause())
                    .isPresent()) {
                return Outcome.refused(new Refusal.Conflict(
                        "open-already", "Another incident with the same cause is open. Work on that one."));
            }
            book.reopen(scene, incident, reason, "");
            return Outcome.done(true);
        });
    }

    public Outcome<Boolean> review(Entrance entrance, UUID id, String happened, String cause, String actions) {
        return on(entrance, id, (scene, incident) -> {
            if (incident.unresolved()) {
                return Outcome.refused(not(incident, "reviewed when it is resolved"));
            }
            book.review(scene, incident, happened, cause, actions);
            return Outcome.done(true);
        });
    }

    public Outcome<Boolean> close(Entrance entrance, UUID id) {
        return on(entrance, id, (scene, incident) -> {
            if (incident.state() == State.CLOSED) {
                return Outcome.done(true);
            }
            if (incident.state() != State.RESOLVED) {
                return Outcome.refused(not(incident, "closed when it is resolved"));
            }
            boolean reviewed = book.reviews.of(scene.tx(), scene.workspace(), id).stream()
                    .anyMatch(review -> review.round() == incident.round());
            if (book.reviewed(incident) && !reviewed) {
                return Outcome.refused(new Refusal.Conflict(
                        "review-missing",
                        "This incident was " + incident.worst()
                                + ", and such a one is closed after its review. Write it first: POST …/incidents/" + id
                                + "/reviews."));
            }
            book.close(scene, incident);
            return Outcome.done(true);
        });
    }

    private Outcome<Boolean> on(Entrance entrance, UUID id, BiFunction<Scene, Incident, Outcome<Boolean>> work) {
        return access.in(
                entrance,
                inside -> book.incidents
                        .lock(inside.jdbc(), entrance.workspace(), id)
                        .map(incident -> work.apply(scene(inside), incident))
                        .orElseGet(() -> Outcome.refused(new Refusal.NotFound())));
    }

    private static Scene scene(Inside inside) {
        return new Scene(
                inside.jdbc(), inside.context().workspace(), inside.context().actor());
    }

    private static Refusal not(Incident incident, String when) {
        return new Refusal.Conflict(
                "incident-" + incident.state().word(),
                "This incident is " + incident.state().word() + ". An incident is " + when + ".");
    }

    private static Refusal noMember() {
        return new Refusal.Invalid(
                "bad-owner",
                "Whoever owns an incident is a member of the workspace and may work on incidents. Name such an account.");
    }
}
