package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.IncidentRecords;
import dev.averment.server.tenancy.WellKnown;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Incidents, their clocks and the chain as the tables hold them, written as the application's own role. */
final class InstanceIncidents implements IncidentRecords {
    private final InstanceWorkspaces workspaces;

    InstanceIncidents(InstanceWorkspaces workspaces) {
        this.workspaces = workspaces;
    }

    /** Nothing is changed anywhere else, whoever asks. */
    private static UUID madeForChecks(String workspace) {
        UUID id = UUID.fromString(workspace);
        if (!id.equals(WellKnown.CANARY_A) && !id.equals(WellKnown.CANARY_B)) {
            throw new IllegalArgumentException("the workspace " + id + " is not made for checks");
        }
        return id;
    }

    private static PreparedStatement bound(Connection c, String statement, Object... values) throws SQLException {
        PreparedStatement s = c.prepareStatement(statement);
        for (int i = 0; i < values.length; i++) {
            s.setObject(i + 1, values[i]);
        }
        return s;
    }

    private static int change(Connection c, String statement, Object... values) throws SQLException {
        try (PreparedStatement s = bound(c, statement, values)) {
            return s.executeUpdate();
        }
    }

    /** A kept row is one that was moved; the term and the calendar stay those by which it was counted. */
    private record Running(String term, int calendar) {}

    @Override
    public boolean move(String workspace, String incident, String rule, Instant started, Instant due)
            throws CollectException {
        UUID in = madeForChecks(workspace);
        String subject = "incidents/" + incident;
        return workspaces.inside(workspace, c -> {
            Optional<Running> running = running(c, in, subject, rule);
            if (running.isEmpty()) {
                return false;
            }
            change(c, """
                    update clocks.clock set stopped_at = now(), outcome = 'withdrawn', because = 'moved by a check'
                     where workspace_id = ? and subject = ? and rule = ? and stopped_at is null""", in, subject, rule);
            change(
                    c,
                    """
                    insert into clocks.clock (workspace_id, clock_id, subject, rule, term, calendar, started_at, due_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?)""",
                    in,
                    UUID.randomUUID(),
                    subject,
                    rule,
                    running.get().term(),
                    running.get().calendar(),
                    started.atOffset(ZoneOffset.UTC),
                    due.atOffset(ZoneOffset.UTC));
            // A clock is looked at by a job that was added with it.
            change(c, """
                    insert into jobs.job (workspace_id, kind, args, state, priority, run_at, made_at, max_attempts)
                    values (?, 'clocks.due', '{}', 2, 0, now(), now(), 3)""", in);
            return true;
        });
    }

    private static Optional<Running> running(Connection c, UUID workspace, String subject, String rule)
            throws SQLException {
        try (PreparedStatement s = bound(c, """
                        select term, calendar from clocks.clock
                         where workspace_id = ? and subject = ? and rule = ? and stopped_at is null""", workspace, subject, rule);
                ResultSet r = s.executeQuery()) {
            return r.next() ? Optional.of(new Running(r.getString(1), r.getInt(2))) : Optional.empty();
        }
    }

    /** A statement with places for a workspace and an incident in it, in this order. */
    private record Way(String name, String statement) {}

    private static final List<Way> WAYS = List.of(
            new Way("closing the row", """
                    update incidents.incident set state = 'closed', closed_at = now()
                     where workspace_id = ? and incident_id = ?"""),
            new Way("making it less grave and closing it", """
                    update incidents.incident set severity = 'P3', worst = 'P3', state = 'closed', closed_at = now()
                     where workspace_id = ? and incident_id = ?"""),
            new Way("taking back how often it was opened and closing it", """
                    update incidents.incident set round = round - 1, state = 'closed', closed_at = now()
                     where workspace_id = ? and incident_id = ?"""),
            new Way("adding one that is closed", """
                    insert into incidents.incident (workspace_id, incident_id, cause, source, title, severity, worst, state,
                                                    opened_at, resolved_at, closed_at)
                    select workspace_id, gen_random_uuid(), cause, source, title, severity, worst, 'closed', opened_at,
                           resolved_at, now()
                      from incidents.incident where workspace_id = ? and incident_id = ?"""));

    @Override
    public List<Closing> attemptClosing(String workspace, String incident) throws CollectException {
        UUID in = madeForChecks(workspace);
        return workspaces.inside(workspace, c -> {
            List<Closing> attempts = new ArrayList<>();
            for (Way way : WAYS) {
                Savepoint before = c.setSavepoint();
                try (PreparedStatement s = bound(c, way.statement(), in, UUID.fromString(incident))) {
                    attempts.add(new Closing(way.name(), s.executeUpdate() == 0, ""));
                } catch (SQLException e) {
                    attempts.add(new Closing(way.name(), true, e.getSQLState() == null ? "" : e.getSQLState()));
                }
                c.rollback(before);
            }
            return attempts;
        });
    }

    @Override
    public List<String> operatorChain() throws CollectException {
        return workspaces.inside(WellKnown.OPERATOR.toString(), c -> {
            List<String> steps = new ArrayList<>();
            try (PreparedStatement s = bound(
                            c,
                            "select after from incidents.step where workspace_id = ? order by place",
                            WellKnown.OPERATOR);
                    ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    steps.add(r.getString(1));
                }
            }
            return steps;
        });
    }
}
