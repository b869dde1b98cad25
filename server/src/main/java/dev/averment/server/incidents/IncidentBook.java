package dev.averment.server.incidents;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.clocks.Clock;
import dev.averment.server.clocks.Clocks;
import dev.averment.server.delivery.Announcement;
import dev.averment.server.evidence.LeafIds;
import dev.averment.server.identity.workspace.Memberships;
import dev.averment.server.stream.Streams;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What happens to an incident, whoever makes it happen: its row, its timeline, its clocks, the alerts and the events of the
 * streams, all in the one transaction that it is given. Callers hold the incident's lock and have checked that it may happen.
 */
final class IncidentBook {
    static final String OWNER_RULE = "incident-owner";
    static final String UPDATE_RULE = "incident-update";
    static final String REVIEW_RULE = "incident-review";
    static final String ESCALATION_RULE = "incident-escalation-";
    private static final int LONGEST_ALERT = 4000;

    final IncidentStore incidents = new IncidentStore();
    final AffectedStore affected = new AffectedStore();
    final TimelineStore timeline = new TimelineStore();
    final ReviewStore reviews = new ReviewStore();
    final RuleStore rules = new RuleStore();
    final ChainStore chain = new ChainStore();
    final Memberships memberships = new Memberships();
    final Clocks clocks;
    private final Alerts alerts;
    private final Streams streams;
    private final IncidentPolicy policy;
    private final URI base;
    private final InstantSource clock;

    /** @param base under which people reach this server */
    IncidentBook(Clocks clocks, Alerts alerts, Streams streams, IncidentPolicy policy, URI base, InstantSource clock) {
        this.clocks = clocks;
        this.alerts = alerts;
        this.streams = streams;
        this.policy = policy;
        this.base = base;
        this.clock = clock;
    }

    /** Where something happens and who does it. */
    record Scene(JdbcClient tx, UUID workspace, String actor) {}

    /**
     * What is about to be opened.
     *
     * @param reason   a sentence that says what broke
     * @param evidence path of what shows it; empty for none
     */
    record Opening(
            String cause,
            Incident.Source source,
            String title,
            Severity severity,
            Optional<UUID> owner,
            Optional<UUID> rootRun,
            String reason,
            String evidence) {}

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Opens an incident; when one of the same cause is open already, that one gets a line instead. */
    UUID open(Scene scene, Opening what) {
        Instant now = now();
        Optional<UUID> owner = what.owner().filter(account -> answers(scene, account));
        var incident = new Incident(
                LeafIds.next(clock),
                what.cause(),
                what.source(),
                cut(what.title()),
                what.severity(),
                what.severity(),
                owner,
                Incident.State.OPEN,
                1,
                what.rootRun(),
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        if (!incidents.insert(scene.tx(), scene.workspace(), incident)) {
            Incident there = incidents
                    .lockOpen(scene.tx(), scene.workspace(), what.cause())
                    .orElseThrow();
            line(scene, there, "again", what.reason(), what.evidence());
            return there.id();
        }
        line(scene, incident, "opened", what.reason(), what.evidence());
        begin(scene, incident, "opened", what.reason());
        return incident.id();
    }

    /** Opens one again that was resolved, or closed. */
    void reopen(Scene scene, Incident before, String reason, String evidence) {
        incidents.reopen(scene.tx(), scene.workspace(), before.id());
        Incident incident = fresh(scene, before);
        clocks.withdraw(scene.tx(), scene.workspace(), incident.subject(), REVIEW_RULE, "opened again");
        line(scene, incident, "reopened", reason, evidence);
        begin(scene, incident, "reopened", reason);
    }

    /** Clocks, chain and alert of an incident that has just become open. */
    private void begin(Scene scene, Incident incident, String event, String reason) {
        Instant now = now();
        String subject = incident.subject();
        clocks.start(
                scene.tx(),
                scene.workspace(),
                subject,
                incident.severity().responseRule(),
                policy.response(incident.severity()),
                now);
        for (ChainStep step : chain.steps(scene.tx(), scene.workspace())) {
            clocks.start(scene.tx(), scene.workspace(), subject, ESCALATION_RULE + step.place(), step.after(), now);
        }
        updates(scene, incident);
        String text = reason;
        if (incident.owner().isEmpty()) {
            ownerless(
                    scene,
                    incident,
                    "Nobody owns this incident: no rule names a member, and the workspace has no owner.");
            text = reason + " Nobody owns this incident: assign it.";
        }
        tell(scene, incident, "open", text, Optional.empty(), List.of());
        event(scene, incident, event);
    }

    /** A P1 is told about again and again until it is closed: often while it is open, less often when it is resolved. */
    private void updates(Scene scene, Incident incident) {
        if (incident.severity() == Severity.P1) {
            clocks.start(
                    scene.tx(),
                    scene.workspace(),
                    incident.subject(),
                    UPDATE_RULE,
                    incident.unresolved() ? policy.updates() : policy.updatesAfter(),
                    now());
        } else {
            clocks.withdraw(scene.tx(), scene.workspace(), incident.subject(), UPDATE_RULE, "it is no P1 any more");
        }
    }

    private void ownerless(Scene scene, Incident incident, String why) {
        line(scene, incident, "ownerless", why, "");
        clocks.start(scene.tx(), scene.workspace(), incident.subject(), OWNER_RULE, policy.owner(), now());
    }

    void acknowledge(Scene scene, Incident incident) {
        incidents.acknowledge(scene.tx(), scene.workspace(), incident.id(), now(), scene.actor());
        answered(scene, incident, "taken up");
        line(scene, incident, "acknowledged", "Taken up.", "");
        tell(scene, incident, "acknowledge", "Taken up.", Optional.empty(), List.of());
        event(scene, fresh(scene, incident), "acknowledged");
    }

    private void answered(Scene scene, Incident incident, String because) {
        clocks.stop(
                scene.tx(),
                scene.workspace(),
                incident.subject(),
                incident.severity().responseRule(),
                because);
        for (Clock running : clocks.of(scene.tx(), scene.workspace(), incident.subject())) {
            if (running.running() && running.rule().startsWith(ESCALATION_RULE)) {
                clocks.stop(scene.tx(), scene.workspace(), incident.subject(), running.rule(), because);
            }
        }
    }

    /** @param owner somebody who may answer for it */
    void assign(Scene scene, Incident incident, UUID owner) {
        incidents.own(scene.tx(), scene.workspace(), incident.id(), owner);
        clocks.stop(scene.tx(), scene.workspace(), incident.subject(), OWNER_RULE, "has an owner");
        line(scene, incident, "assigned", "Assigned to user:" + owner + ".", "");
        event(scene, fresh(scene, incident), "assigned");
    }

    /** The owner is no member any more. */
    void orphan(Scene scene, Incident incident) {
        incidents.own(scene.tx(), scene.workspace(), incident.id(), null);
        Incident now = fresh(scene, incident);
        ownerless(scene, now, "The owner left the workspace.");
        tell(
                scene,
                now,
                "escalate",
                "Nobody owns this incident any more: its owner left the workspace. Assign it.",
                Optional.empty(),
                List.of());
        event(scene, now, "ownerless");
    }

    void severity(Scene scene, Incident incident, Severity severity, String why) {
        Instant from = clocks.of(scene.tx(), scene.workspace(), incident.subject()).stream()
                .filter(c -> c.running() && c.rule().equals(incident.severity().responseRule()))
                .map(Clock::started)
                .findFirst()
                .orElse(now());
        incidents.severity(
                scene.tx(),
                scene.workspace(),
                incident.id(),
                severity,
                incident.worst().gravest(severity));
        Incident changed = fresh(scene, incident);
        line(scene, changed, "severity", incident.severity() + " became " + severity + ". " + why, "");
        if (incident.state() == Incident.State.OPEN) {
            clocks.withdraw(
                    scene.tx(),
                    scene.workspace(),
                    incident.subject(),
                    incident.severity().responseRule(),
                    "it is " + severity + " now");
            clocks.start(
                    scene.tx(),
                    scene.workspace(),
                    incident.subject(),
                    severity.responseRule(),
                    policy.response(severity),
                    from);
        }
        updates(scene, changed);
        if (incident.unresolved()) {
            tell(
                    scene,
                    changed,
                    "update",
                    "It is " + severity + " now, and was " + incident.severity() + ". " + why,
                    Optional.empty(),
                    List.of());
        }
        event(scene, changed, "severity");
    }

    /** Says how it goes, to everybody. */
    void update(Scene scene, Incident incident, String text) {
        line(scene, incident, "update", text, "");
        if (incident.severity() == Severity.P1) {
            clocks.stop(scene.tx(), scene.workspace(), incident.subject(), UPDATE_RULE, "an update was given");
            updates(scene, incident);
        }
        tell(scene, incident, "update", text, Optional.empty(), List.of());
        event(scene, incident, "updated");
    }

    void resolve(Scene scene, Incident incident, String reason, String evidence) {
        Instant now = now();
        incidents.resolve(scene.tx(), scene.workspace(), incident.id(), now);
        affected.allBack(scene.tx(), scene.workspace(), incident.id(), now);
        answered(scene, incident, "resolved");
        clocks.withdraw(scene.tx(), scene.workspace(), incident.subject(), OWNER_RULE, "resolved");
        updates(scene, fresh(scene, incident));
        line(scene, incident, "resolved", reason, evidence);
        policy.reviewed(incident.worst())
                .ifPresent(term ->
                        clocks.start(scene.tx(), scene.workspace(), incident.subject(), REVIEW_RULE, term, now));
        tell(scene, incident, "resolve", reason, Optional.empty(), List.of());
        event(scene, fresh(scene, incident), "resolved");
    }

    void review(Scene scene, Incident incident, String happened, String cause, String actions) {
        reviews.insert(
                scene.tx(),
                scene.workspace(),
                incident.id(),
                new ReviewStore.Review(0, incident.round(), scene.actor(), now(), happened, cause, actions));
        clocks.stop(scene.tx(), scene.workspace(), incident.subject(), REVIEW_RULE, "reviewed");
        line(scene, incident, "reviewed", "A review was written.", "");
        event(scene, incident, "reviewed");
    }

    /** Whether an incident is closed only after it was reviewed. */
    boolean reviewed(Incident incident) {
        return policy.reviewed(incident.worst()).isPresent();
    }

    /** The database refuses it as well when the review of a P1 or P2 is missing. */
    void close(Scene scene, Incident incident) {
        clocks.withdraw(scene.tx(), scene.workspace(), incident.subject(), UPDATE_RULE, "closed");
        line(scene, incident, "closed", "Closed.", "");
        incidents.close(scene.tx(), scene.workspace(), incident.id(), now());
        event(scene, fresh(scene, incident), "closed");
    }

    /** Adds a line to the timeline. */
    void line(Scene scene, Incident incident, String kind, String text, String evidence) {
        timeline.add(scene.tx(), scene.workspace(), incident.id(), now(), scene.actor(), kind, text, evidence);
    }

    /** Tells channels, and writes down how many. */
    void tell(
            Scene scene,
            Incident incident,
            String kind,
            String text,
            Optional<List<UUID>> channels,
            List<UUID> people) {
        var alert = new Announcement(
                kind,
                incident.subject(),
                incident.id(),
                incident.severity().urgency(),
                incident.title(),
                text.length() > LONGEST_ALERT ? text.substring(0, LONGEST_ALERT) : text,
                base.resolve("/workspaces/" + scene.workspace() + "/incidents/" + incident.id()),
                now(),
                JsonObject.of(
                        "cause",
                        incident.cause(),
                        "severity",
                        incident.severity().name(),
                        "round",
                        incident.round(),
                        "people",
                        people.stream().map(UUID::toString).toList()));
        int deliveries = alerts.announce(scene.tx(), scene.workspace(), alert, channels);
        line(
                scene,
                incident,
                deliveries == 0 ? "untold" : "told",
                deliveries == 0
                        ? "The alert \"" + kind + "\" went to nobody: no channel takes it."
                        : "The alert \"" + kind + "\" is on its way to " + deliveries
                                + (deliveries == 1 ? " channel." : " channels."),
                "");
    }

    private void event(Scene scene, Incident incident, String what) {
        streams.publish(
                scene.tx(),
                scene.workspace(),
                "incident." + what,
                incident.subject(),
                JsonObject.of(
                        "title",
                        incident.title(),
                        "severity",
                        incident.severity().name(),
                        "state",
                        incident.state().word()));
    }

    Incident fresh(Scene scene, Incident incident) {
        return incidents.find(scene.tx(), scene.workspace(), incident.id()).orElseThrow();
    }

    /** Whether an account may own incidents here: a member who may work on them. */
    boolean answers(Scene scene, UUID account) {
        return memberships
                .role(scene.tx(), scene.workspace(), account)
                .filter(role -> role.may(dev.averment.server.identity.workspace.Permission.INCIDENTS_CHANGE))
                .isPresent();
    }

    /**
     * How grave an incident is and whose.
     *
     * @param abouts what it is about and which, the most exact first
     */
    RuleStore.Rule rule(Scene scene, List<String[]> abouts) {
        List<RuleStore.Rule> all = rules.all(scene.tx(), scene.workspace());
        RuleStore.Rule found = abouts.stream()
                .flatMap(about -> all.stream()
                        .filter(r -> r.about().equals(about[0]) && r.subject().equals(about[1])))
                .findFirst()
                .orElse(new RuleStore.Rule("", "", Severity.P2, Optional.empty()));
        Optional<UUID> owner = found.owner()
                .filter(account -> answers(scene, account))
                .or(() -> memberships.firstOwner(scene.tx(), scene.workspace()));
        return new RuleStore.Rule(found.about(), found.subject(), found.severity(), owner);
    }

    /** One line that fits a row and a message. */
    private static String cut(String title) {
        String line = title.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > 300 ? line.substring(0, 299).strip() + "…" : line;
    }

    /** The incident that a path such as {@code incidents/UUID} names. */
    static Optional<UUID> named(String subject) {
        return subject.matches("incidents/[0-9a-f-]{36}")
                ? Optional.of(
                        UUID.fromString(subject.substring("incidents/".length()).toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }
}
