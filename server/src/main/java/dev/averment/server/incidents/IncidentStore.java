package dev.averment.server.incidents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code incidents.incident}. */
final class IncidentStore {
    private static final String INCIDENT = """
            select incident_id, cause, source, title, severity, worst, owner, state, round, root_run, opened_at,
                   acknowledged_at, acknowledged_by, resolved_at, closed_at
              from incidents.incident where workspace_id = ?
            """;

    /** False when an open incident has this cause already. */
    boolean insert(JdbcClient tx, UUID workspace, Incident incident) {
        return tx.sql("""
                        insert into incidents.incident
                               (workspace_id, incident_id, cause, source, title, severity, worst, owner, state, root_run,
                                opened_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?)
                        on conflict (workspace_id, cause) where state in ('open', 'acknowledged') do nothing""")
                        .params(java.util.Arrays.asList(
                                workspace,
                                incident.id(),
                                incident.cause(),
                                incident.source().word(),
                                incident.title(),
                                incident.severity().name(),
                                incident.worst().name(),
                                incident.owner().orElse(null),
                                incident.rootRun().orElse(null),
                                incident.opened().atOffset(ZoneOffset.UTC)))
                        .update()
                == 1;
    }

    /** Locked: what is about to happen to it happens to what was read. */
    Optional<Incident> lock(JdbcClient tx, UUID workspace, UUID incident) {
        return one(tx, INCIDENT + "and incident_id = ? for update", workspace, incident);
    }

    Optional<Incident> find(JdbcClient tx, UUID workspace, UUID incident) {
        return one(tx, INCIDENT + "and incident_id = ?", workspace, incident);
    }

    Optional<Incident> lockOpen(JdbcClient tx, UUID workspace, String cause) {
        return one(tx, INCIDENT + "and cause = ? and state in ('open', 'acknowledged') for update", workspace, cause);
    }

    /** One of the same cause that was resolved since then and not closed; the last. */
    Optional<Incident> lockResolved(JdbcClient tx, UUID workspace, String cause, Instant since) {
        return one(
                tx,
                INCIDENT
                        + "and cause = ? and state = 'resolved' and resolved_at >= ? order by resolved_at desc limit 1 for update",
                workspace,
                cause,
                since.atOffset(ZoneOffset.UTC));
    }

    private static Optional<Incident> one(JdbcClient tx, String statement, Object... parameters) {
        return tx.sql(statement)
                .params(List.of(parameters))
                .query(IncidentStore::incident)
                .optional();
    }

    /**
     * The newest first.
     *
     * @param state  word of a state; empty for all that are not closed
     * @param before id of the last one of the page before; the highest id for the first page
     */
    List<Incident> list(JdbcClient tx, UUID workspace, String state, UUID before, int most) {
        return tx.sql(INCIDENT + """
                and (state = ? or (? = '' and state <> 'closed')) and incident_id < ?
                order by incident_id desc limit ?""")
                .params(workspace, state, state, before, most)
                .query(IncidentStore::incident)
                .list();
    }

    /** Those that are unresolved and of nobody's. */
    List<Incident> ownerless(JdbcClient tx, UUID workspace) {
        return tx.sql(INCIDENT + """
                and state in ('open', 'acknowledged')
                and not exists (select from tenancy.member m where m.workspace_id = incident.workspace_id
                                                               and m.account_id = incident.owner)
                order by incident_id desc limit 200""")
                .param(workspace)
                .query(IncidentStore::incident)
                .list();
    }

    /** Unresolved incidents that an account owns, locked. */
    List<Incident> lockOwned(JdbcClient tx, UUID workspace, UUID account) {
        return tx.sql(INCIDENT + "and owner = ? and state in ('open', 'acknowledged') order by incident_id for update")
                .params(workspace, account)
                .query(IncidentStore::incident)
                .list();
    }

    void acknowledge(JdbcClient tx, UUID workspace, UUID incident, Instant at, String by) {
        tx.sql("""
                update incidents.incident set state = 'acknowledged', acknowledged_at = ?, acknowledged_by = ?
                 where workspace_id = ? and incident_id = ?""").params(at.atOffset(ZoneOffset.UTC), by, workspace, incident).update();
    }

    void own(JdbcClient tx, UUID workspace, UUID incident, @Nullable UUID owner) {
        tx.sql("update incidents.incident set owner = ? where workspace_id = ? and incident_id = ?")
                .params(java.util.Arrays.asList(owner, workspace, incident))
                .update();
    }

    void severity(JdbcClient tx, UUID workspace, UUID incident, Severity severity, Severity worst) {
        tx.sql("""
                update incidents.incident set severity = ?, worst = ?
                 where workspace_id = ? and incident_id = ?""").params(severity.name(), worst.name(), workspace, incident).update();
    }

    void root(JdbcClient tx, UUID workspace, UUID incident, @Nullable UUID run) {
        tx.sql("update incidents.incident set root_run = ? where workspace_id = ? and incident_id = ?")
                .params(java.util.Arrays.asList(run, workspace, incident))
                .update();
    }

    void resolve(JdbcClient tx, UUID workspace, UUID incident, Instant at) {
        tx.sql("""
                update incidents.incident set state = 'resolved', resolved_at = ?
                 where workspace_id = ? and incident_id = ?""").params(at.atOffset(ZoneOffset.UTC), workspace, incident).update();
    }

    void reopen(JdbcClient tx, UUID workspace, UUID incident) {
        tx.sql("""
                update incidents.incident
                   set state = 'open', round = round + 1, resolved_at = null, closed_at = null,
                       acknowledged_at = null, acknowledged_by = null
                 where workspace_id = ? and incident_id = ?""").params(workspace, incident).update();
    }

    void close(JdbcClient tx, UUID workspace, UUID incident, Instant at) {
        tx.sql("""
                update incidents.incident set state = 'closed', closed_at = ?
                 where workspace_id = ? and incident_id = ?""").params(at.atOffset(ZoneOffset.UTC), workspace, incident).update();
    }

    private static Incident incident(ResultSet r, int number) throws SQLException {
        return new Incident(
                r.getObject("incident_id", UUID.class),
                r.getString("cause"),
                Incident.Source.valueOf(r.getString("source").toUpperCase(Locale.ROOT)),
                r.getString("title"),
                Severity.valueOf(r.getString("severity")),
                Severity.valueOf(r.getString("worst")),
                Optional.ofNullable(r.getObject("owner", UUID.class)),
                Incident.State.valueOf(r.getString("state").toUpperCase(Locale.ROOT)),
                r.getInt("round"),
                Optional.ofNullable(r.getObject("root_run", UUID.class)),
                r.getObject("opened_at", OffsetDateTime.class).toInstant(),
                instant(r, "acknowledged_at"),
                Optional.ofNullable(r.getString("acknowledged_by")),
                instant(r, "resolved_at"),
                instant(r, "closed_at"));
    }

    private static Optional<Instant> instant(ResultSet r, String column) throws SQLException {
        return Optional.ofNullable(r.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
