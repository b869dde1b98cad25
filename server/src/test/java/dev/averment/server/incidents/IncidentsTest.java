package dev.averment.server.incidents;

import static dev.averment.server.incidents.IncidentScene.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.claims.Verdict;
import dev.averment.server.clocks.Clock;
import dev.averment.server.clocks.Term;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.incidents.Incident.State;
import dev.averment.server.monitoring.MonitorState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What opens an incident, what it climbs, and what it takes to close it. */
class IncidentsTest {
    private static final UUID DATABASE = new UUID(1, 1);
    private static final UUID IMPORT = new UUID(1, 2);
    private static final UUID REPORT = new UUID(1, 3);

    private IncidentScene scene;

    @BeforeEach
    void open() throws Exception {
        scene = new IncidentScene();
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    private UUID byHand(Severity severity) {
        return done(scene.incidents.open(
                scene.owner(), "The lift is stuck", severity, Optional.empty(), "Between floors."));
    }

    private static String conflict(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Refusal.Conflict) ((Outcome.Refused<?>) outcome).why()).slug();
    }

    @Test
    void a_claim_that_fails_opens_one_incident_and_only_its_verdict_resolves_it() {
        scene.verdict("backup", Verdict.FAILING);
        Incident opened = scene.listed().getFirst();
        assertThat(opened.state()).isEqualTo(State.OPEN);
        assertThat(opened.severity()).isEqualTo(Severity.P2);
        assertThat(opened.owner()).contains(scene.actors.owner().account());
        assertThat(scene.sent).hasSize(1);
        assertThat(scene.sent.getFirst().alert().kind()).isEqualTo("open");

        scene.verdict("backup", Verdict.UNPROVEN);
        assertThat(conflict(scene.incidents.resolve(scene.owner(), opened.id(), "It is fine.")))
                .isEqualTo("verdict-decides");
        assertThat(scene.listed().getFirst().state()).isEqualTo(State.OPEN);

        scene.verdict("backup", Verdict.FAILING);
        scene.verdict("backup", Verdict.PROVEN);
        assertThat(scene.listed()).hasSize(1);
        assertThat(scene.listed().getFirst().state()).isEqualTo(State.RESOLVED);
        assertThat(conflict(scene.incidents.reopen(scene.owner(), opened.id(), "No.")))
                .isEqualTo("verdict-decides");

        scene.clock.step(Duration.ofMinutes(10));
        scene.verdict("backup", Verdict.FAILING);
        assertThat(scene.listed()).hasSize(1);
        assertThat(scene.listed().getFirst().round()).isEqualTo(2);
        assertThat(scene.kinds(opened.id())).containsExactly("opened", "unknown", "again", "resolved", "reopened");

        scene.verdict("backup", null);
        assertThat(scene.listed().getFirst().state()).isEqualTo(State.RESOLVED);
        scene.clock.step(Duration.ofHours(2));
        scene.verdict("backup", Verdict.FAILING);
        assertThat(scene.listed()).hasSize(2);
    }

    @Test
    void what_depends_on_a_broken_monitor_joins_its_incident() {
        scene.monitor(DATABASE, "Database", MonitorState.DOWN);
        scene.monitor(IMPORT, "Import", MonitorState.DOWN, DATABASE);
        scene.monitor(REPORT, "Report", MonitorState.DOWN, IMPORT);

        assertThat(scene.listed()).hasSize(1);
        Incident incident = scene.listed().getFirst();
        assertThat(incident.rootRun()).contains(new UUID(7, 1));
        assertThat(scene.detail(incident.id()).affected())
                .extracting(AffectedStore.Affected::name, AffectedStore.Affected::root)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Database", true),
                        org.assertj.core.groups.Tuple.tuple("Import", false),
                        org.assertj.core.groups.Tuple.tuple("Report", false));
        assertThat(scene.sent).as("one alert for one root").hasSize(1);

        scene.monitor(DATABASE, "Database", MonitorState.UP);
        scene.monitor(IMPORT, "Import", MonitorState.UP);
        assertThat(scene.listed().getFirst().state()).isEqualTo(State.OPEN);
        scene.monitor(REPORT, "Report", MonitorState.UP);
        assertThat(scene.listed().getFirst().state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void a_dependency_that_is_noticed_later_becomes_the_root_of_what_is_open() {
        scene.monitor(IMPORT, "Import", MonitorState.DOWN, DATABASE);
        scene.monitor(REPORT, "Report", MonitorState.DOWN, DATABASE);
        assertThat(scene.listed()).hasSize(2);

        scene.clock.step(Duration.ofMinutes(5));
        scene.monitor(DATABASE, "Database", MonitorState.DOWN);

        List<Incident> open =
                scene.listed().stream().filter(Incident::unresolved).toList();
        assertThat(open).hasSize(1);
        assertThat(open.getFirst().rootRun()).contains(new UUID(7, 1));
        assertThat(scene.detail(open.getFirst().id()).affected())
                .extracting(AffectedStore.Affected::name, AffectedStore.Affected::root)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("Database", true),
                        org.assertj.core.groups.Tuple.tuple("Import", false),
                        org.assertj.core.groups.Tuple.tuple("Report", false));
    }

    @Test
    void what_broke_long_before_its_dependency_has_another_root() {
        scene.monitor(IMPORT, "Import", MonitorState.DOWN, DATABASE);
        scene.clock.step(Duration.ofHours(2));
        scene.monitor(DATABASE, "Database", MonitorState.DOWN);
        assertThat(scene.listed()).hasSize(2);
    }

    @Test
    void late_is_not_missed_and_unknown_is_no_recovery() {
        scene.monitor(DATABASE, "Database", MonitorState.LATE);
        assertThat(scene.listed()).isEmpty();
        scene.monitor(DATABASE, "Database", MonitorState.DOWN);
        scene.monitor(DATABASE, "Database", MonitorState.UNKNOWN);
        assertThat(scene.listed().getFirst().state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_rule_says_how_grave_it_is_and_whose() {
        UUID member = scene.actors.member().account();
        done(scene.rules.rules(
                scene.entrance(scene.actors.owner(), Permission.WORKSPACE_CHANGE),
                List.of(
                        new RuleStore.Rule("claims", "", Severity.P3, Optional.empty()),
                        new RuleStore.Rule("page-owner", "operations", Severity.P1, Optional.of(member)),
                        new RuleStore.Rule("monitor", DATABASE.toString(), Severity.P1, Optional.of(member)))));

        scene.verdict("backup", Verdict.FAILING);
        assertThat(scene.listed().getFirst().severity()).isEqualTo(Severity.P1);
        assertThat(scene.listed().getFirst().owner()).contains(member);
        scene.monitor(IMPORT, "Import", MonitorState.DOWN, DATABASE);
        scene.monitor(DATABASE, "Database", MonitorState.DOWN);
        assertThat(scene.listed().getFirst().severity())
                .as("what joins makes it graver")
                .isEqualTo(Severity.P1);
    }

    @Test
    void an_incident_that_nobody_takes_up_climbs_the_chain_step_by_step_and_once() throws Exception {
        UUID channel = UUID.randomUUID();
        UUID person = scene.actors.member().account();
        done(scene.rules.chain(
                scene.entrance(scene.actors.owner(), Permission.WORKSPACE_CHANGE),
                List.of(
                        new ChainStep(1, Term.of("15m"), List.of(channel), List.of()),
                        new ChainStep(2, Term.of("30m"), List.of(), List.of(person)),
                        new ChainStep(3, Term.of("1h"), List.of(), List.of()))));
        UUID incident = byHand(Severity.P2);
        assertThat(scene.wakes).contains(IncidentScene.START.plus(Duration.ofMinutes(15)));

        scene.later(Duration.ofMinutes(15));
        assertThat(scene.kinds(incident))
                .as("who comes at that moment is in time")
                .doesNotContain("escalated");
        scene.clock.step(Duration.ofSeconds(1));
        Callable<Integer> look = () -> scene.clocks.due(scene.workspace);
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            int marked = 0;
            for (var done : workers.invokeAll(List.of(look, look, look))) {
                marked += done.get();
            }
            assertThat(marked).isEqualTo(1);
        }
        assertThat(scene.sent.getLast().channels()).contains(List.of(channel));
        assertThat(scene.sent.getLast().alert().kind()).isEqualTo("escalate");

        scene.later(Duration.ofMinutes(15));
        assertThat(scene.sent.getLast().channels()).isEmpty();
        assertThat(scene.sent.getLast().alert().data().toString()).contains(person.toString());

        done(scene.incidents.acknowledge(scene.owner(), incident));
        int told = scene.sent.size();
        scene.later(Duration.ofHours(2));
        assertThat(scene.sent).hasSize(told);
        assertThat(scene.kinds(incident)).containsOnlyOnce("acknowledged");
        assertThat(scene.kinds(incident).stream().filter("escalated"::equals)).hasSize(2);
        assertThat(scene.clock(incident, "incident-escalation-3").outcome()).contains(Clock.Outcome.MET);
    }

    @Test
    void answers_have_their_terms_and_a_late_one_is_told_and_counted() {
        UUID p1 = byHand(Severity.P1);
        UUID p2 = byHand(Severity.P2);
        UUID p3 = byHand(Severity.P3);
        assertThat(scene.clock(p1, "incident-response-p1").due()).isEqualTo(Instant.parse("2026-11-24T14:00:00Z"));
        assertThat(scene.clock(p2, "incident-response-p2").due()).isEqualTo(Instant.parse("2026-11-25T10:00:00Z"));
        assertThat(scene.clock(p3, "incident-response-p3").due()).isEqualTo(Instant.parse("2026-11-27T10:00:00Z"));

        done(scene.incidents.acknowledge(scene.owner(), p2));
        scene.later(Duration.ofHours(5));
        assertThat(scene.kinds(p1)).contains("late");
        done(scene.incidents.acknowledge(scene.owner(), p1));
        assertThat(scene.clock(p1, "incident-response-p1").outcome()).contains(Clock.Outcome.MISSED);
        assertThat(scene.clock(p1, "incident-response-p1").stopped()).isPresent();
        assertThat(done(scene.rules.clocks(
                                scene.entrance(scene.actors.owner(), Permission.INCIDENTS_READ),
                                IncidentScene.START.minusSeconds(1)))
                        .attained())
                .filteredOn(a -> a.rule().startsWith("incident-response"))
                .extracting(a -> a.rule() + " " + a.met() + "/" + a.missed() + "/" + a.running())
                .containsExactly(
                        "incident-response-p1 0/1/0", "incident-response-p2 1/0/0", "incident-response-p3 0/0/1");
    }

    @Test
    void a_p1_wants_an_update_every_hour() {
        UUID incident = byHand(Severity.P1);
        done(scene.incidents.acknowledge(scene.owner(), incident));
        scene.clock.step(Duration.ofMinutes(50));
        done(scene.incidents.update(scene.owner(), incident, "The engineer is on the way."));
        scene.later(Duration.ofMinutes(50));
        assertThat(scene.kinds(incident)).doesNotContain("late");
        scene.later(Duration.ofMinutes(11));
        assertThat(scene.kinds(incident)).contains("late");
    }

    @Test
    void updates_on_a_p1_go_on_until_it_is_closed_and_are_a_day_apart_when_it_is_resolved() {
        UUID incident = byHand(Severity.P1);
        scene.clock.step(Duration.ofMinutes(1));
        done(scene.incidents.resolve(scene.owner(), incident, "Gone."));
        assertThat(scene.clock(incident, "incident-update").term()).isEqualTo("1d");
        assertThat(scene.clock(incident, "incident-update").running()).isTrue();
        scene.clock.step(Duration.ofMinutes(1));
        done(scene.incidents.update(scene.owner(), incident, "We look for the cause."));
        assertThat(scene.clock(incident, "incident-update").running()).isTrue();
        done(scene.incidents.review(scene.owner(), incident, "It stuck.", "A cable.", "Look at cables."));
        done(scene.incidents.close(scene.owner(), incident));
        assertThat(scene.clock(incident, "incident-update").outcome()).contains(Clock.Outcome.WITHDRAWN);
    }

    @Test
    void another_severity_counts_from_the_beginning_and_spares_nobody_the_review() {
        UUID incident = byHand(Severity.P2);
        scene.clock.step(Duration.ofHours(1));
        done(scene.incidents.severity(scene.owner(), incident, Severity.P1, "It spreads."));
        assertThat(scene.clock(incident, "incident-response-p1").due())
                .isEqualTo(Instant.parse("2026-11-24T14:00:00Z"));
        assertThat(scene.clock(incident, "incident-response-p2").outcome()).contains(Clock.Outcome.WITHDRAWN);

        done(scene.incidents.severity(scene.owner(), incident, Severity.P3, "It was nothing."));
        done(scene.incidents.resolve(scene.owner(), incident, "Gone."));
        assertThat(conflict(scene.incidents.close(scene.owner(), incident))).isEqualTo("review-missing");
    }

    @Test
    void a_p1_is_closed_after_its_review_by_whatever_way() throws Exception {
        UUID incident = byHand(Severity.P1);
        assertThat(conflict(scene.incidents.review(scene.owner(), incident, "a", "b", "c")))
                .isEqualTo("incident-open");
        done(scene.incidents.resolve(scene.owner(), incident, "Gone."));
        assertThat(scene.clock(incident, "incident-review").due())
                .isEqualTo(IncidentScene.START.plus(Duration.ofHours(48)));
        assertThat(conflict(scene.incidents.close(scene.owner(), incident))).isEqualTo("review-missing");
        String close = "update incidents.incident set state = 'closed', closed_at = now() where incident_id = '"
                + incident + "'";
        assertThatThrownBy(() -> scene.in(tx -> tx.sql(close).update()))
                .rootCause()
                .hasMessageContaining("after its review");
        assertThatThrownBy(() -> scene.in(tx -> tx.sql(close.replace("set ", "set severity = 'P3', worst = 'P3', "))
                        .update()))
                .rootCause()
                .hasMessageContaining("not taken back");
        assertThatThrownBy(() -> scene.database.asSuperuser(close)).hasMessageContaining("after its review");

        scene.later(Duration.ofHours(49));
        assertThat(scene.kinds(incident)).contains("late");
        done(scene.incidents.review(scene.owner(), incident, "It stuck.", "A cable.", "Look at cables."));
        done(scene.incidents.close(scene.owner(), incident));
        assertThat(scene.detail(incident).incident().state()).isEqualTo(State.CLOSED);
        assertThat(scene.listed()).isEmpty();

        done(scene.incidents.reopen(scene.owner(), incident, "Again."));
        done(scene.incidents.resolve(scene.owner(), incident, "Gone again."));
        assertThat(conflict(scene.incidents.close(scene.owner(), incident)))
                .as("the review of the first time is not one of the second")
                .isEqualTo("review-missing");
    }

    @Test
    void a_timeline_is_only_added_to_and_every_line_is_evidence() throws Exception {
        UUID incident = byHand(Severity.P3);
        done(scene.incidents.note(scene.owner(), incident, "Called the engineer."));
        for (String statement : List.of(
                "update incidents.entry set text = 'nothing'",
                "delete from incidents.entry",
                "truncate incidents.entry")) {
            assertThatThrownBy(() -> scene.in(tx -> tx.sql(statement).update()))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            assertThatThrownBy(() -> scene.database.asSuperuser(statement)).hasMessageContaining("only be added to");
        }
        assertThat(scene.detail(incident).timeline().stream().map(TimelineStore.Entry::place))
                .containsExactly(1, 2, 3);
        assertThat(scene.database.count(
                        "select count(*) from evidence.leaf where workspace_id = ?"
                                + " and convert_from(bytes, 'UTF8') like '%incidents.entry%'",
                        scene.workspace))
                .isEqualTo(3);
    }

    @Test
    void an_incident_without_an_owner_is_shown_told_and_told_again() throws Exception {
        UUID incident = byHand(Severity.P3);
        done(scene.incidents.assign(
                scene.owner(), incident, scene.actors.member().account()));
        scene.in(tx -> {
            tx.sql("delete from tenancy.member where account_id = ?")
                    .param(scene.actors.member().account())
                    .update();
            scene.escalation.gone(tx, scene.workspace, scene.actors.member().account());
            return true;
        });
        assertThat(scene.detail(incident).ownerless()).isTrue();
        assertThat(done(scene.incidents.ownerless(scene.owner()))).hasSize(1);
        assertThat(scene.sent.getLast().alert().text()).contains("Nobody owns");
        scene.later(Duration.ofMinutes(61));
        assertThat(scene.kinds(incident)).contains("ownerless", "late");

        done(scene.incidents.assign(
                scene.owner(), incident, scene.actors.owner().account()));
        assertThat(scene.detail(incident).ownerless()).isFalse();
        assertThat(scene.incidents.assign(
                        scene.owner(), incident, scene.actors.outsider().account()))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void an_alert_that_no_channel_takes_is_said_in_the_timeline() {
        scene.channels = 0;
        UUID incident = byHand(Severity.P2);
        assertThat(scene.kinds(incident)).containsExactly("opened", "untold");
    }

    @Test
    void a_clock_that_ended_is_not_rewritten() {
        UUID incident = byHand(Severity.P1);
        // One that still runs.
        byHand(Severity.P3);
        scene.later(Duration.ofHours(5));
        for (String statement : List.of(
                "update clocks.clock set outcome = 'met', stopped_at = due_at where outcome = 'missed'",
                "update clocks.clock set outcome = 'met', stopped_at = due_at + interval '1 second' where outcome is null",
                "update clocks.clock set outcome = null where outcome = 'missed'")) {
            assertThatThrownBy(() -> scene.in(tx -> tx.sql(statement).update() == 0 ? fail() : 0))
                    .as(statement)
                    .isInstanceOf(org.springframework.dao.DataAccessException.class);
        }
        assertThat(scene.clock(incident, "incident-response-p1").outcome()).contains(Clock.Outcome.MISSED);
    }

    private static int fail() {
        throw new AssertionError("no row was there to be changed");
    }
}
