package dev.averment.server.incidents;

import dev.averment.claims.Verdict;
import dev.averment.server.claims.VerdictChange;
import dev.averment.server.clocks.Clock;
import dev.averment.server.clocks.Clocks;
import dev.averment.server.clocks.Term;
import dev.averment.server.delivery.Announcement;
import dev.averment.server.fixture.Actors;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.monitoring.MonitorChange;
import dev.averment.server.monitoring.MonitorState;
import dev.averment.server.stream.Streams;
import dev.averment.server.tenancy.WorkspaceContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The room of incidents over a real database, with a clock that obeys and channels that remember. */
final class IncidentScene implements AutoCloseable {
    /** A Tuesday. */
    static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    /** An alert, and the channels that it was for; empty for all. */
    record Sent(Announcement alert, Optional<List<UUID>> channels) {}

    final TestDatabase database;
    final TestClock clock = new TestClock(START);
    final Actors actors;
    final UUID workspace;
    final List<Sent> sent = new CopyOnWriteArrayList<>();
    final List<Instant> wakes = new CopyOnWriteArrayList<>();
    final Clocks clocks;
    final IncidentBook book;
    final Incidents incidents;
    final IncidentRules rules;
    final ClaimIncidents claims;
    final MonitorIncidents monitors;
    final Escalation escalation;
    int channels = 2;

    IncidentScene() throws Exception {
        database = TestDatabase.open();
        actors = database.actors();
        workspace = actors.owner().workspace();
        clocks = new Clocks(database.workspaces(), (_, _, _, due) -> wakes.add(due), clock);
        var policy = new IncidentPolicy(
                Term.of("4h"),
                Term.of("1bd"),
                Term.of("3bd"),
                Term.of("48h"),
                Optional.empty(),
                Term.of("1h"),
                Term.of("1d"),
                Term.of("1h"));
        Alerts alerts = (_, _, alert, to) -> {
            sent.add(new Sent(alert, to));
            return to.map(List::size).orElse(channels);
        };
        book = new IncidentBook(clocks, alerts, new Streams(clock), policy, URI.create("https://averment.test"), clock);
        var access = new WorkspaceAccess(database.workspaces());
        incidents = new Incidents(access, book);
        rules = new IncidentRules(access, book);
        claims = new ClaimIncidents(book);
        monitors = new MonitorIncidents(book);
        escalation = new Escalation(book);
        clocks.onMissed(escalation);
    }

    <T> T in(Function<JdbcClient, T> work) {
        return database.workspaces().in(new WorkspaceContext(workspace, "service:test"), work);
    }

    void verdict(String claim, Verdict verdict) {
        in(tx -> {
            claims.changed(
                    tx,
                    new VerdictChange(
                            workspace,
                            "self",
                            claim,
                            "operations",
                            "Backups run nightly.",
                            Optional.ofNullable(verdict),
                            "because of a test",
                            clock.instant()));
            return true;
        });
    }

    void monitor(UUID monitor, String name, MonitorState to, UUID... dependsOn) {
        in(tx -> {
            monitors.changed(
                    tx,
                    new MonitorChange(
                            workspace,
                            monitor,
                            name,
                            MonitorState.UP,
                            to,
                            Optional.of(new UUID(7, monitor.getLeastSignificantBits())),
                            "because of a test",
                            clock.instant(),
                            List.of(dependsOn)));
            return true;
        });
    }

    Entrance entrance(Actors.Actor actor, Permission permission) {
        return new Entrance(new Caller.Person(actor.account(), UUID.randomUUID(), true), workspace, permission);
    }

    /** The owner, wanting to change something. */
    Entrance owner() {
        return entrance(actors.owner(), Permission.INCIDENTS_CHANGE);
    }

    /** All that are not closed, the newest first. */
    List<Incident> listed() {
        return done(incidents.list(
                        entrance(actors.owner(), Permission.INCIDENTS_READ), Optional.empty(), Optional.empty()))
                .incidents();
    }

    Incidents.Detail detail(UUID incident) {
        return done(incidents.detail(entrance(actors.owner(), Permission.INCIDENTS_READ), incident));
    }

    List<String> kinds(UUID incident) {
        return detail(incident).timeline().stream()
                .map(TimelineStore.Entry::kind)
                .filter(kind -> !kind.equals("told"))
                .toList();
    }

    Clock clock(UUID incident, String rule) {
        return detail(incident).clocks().stream()
                .filter(c -> c.rule().equals(rule))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    /** Time goes on, and what is due then is looked at. */
    void later(Duration time) {
        clock.step(time);
        clocks.due(workspace);
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.Refused<T> refused -> throw new AssertionError("refused: " + refused.why());
        };
    }

    @Override
    public void close() throws Exception {
        database.close();
    }
}
