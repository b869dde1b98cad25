package dev.averment.server.incidents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code incidents.affected} and {@code incidents.dependency}: which monitors an incident is about. */
final class AffectedStore {

    /**
     * A monitor in an incident.
     *
     * @param root  whether it is the one that took the others down
     * @param until when it came back; empty while it is down
     */
    record Affected(
            UUID monitor, String name, boolean root, Optional<UUID> run, Instant since, Optional<Instant> until) {}

    void put(JdbcClient tx, UUID workspace, UUID incident, Affected monitor, List<UUID> dependsOn) {
        tx.sql("""
                insert into incidents.affected (workspace_id, incident_id, monitor_id, name, root, run_id, since)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (workspace_id, incident_id, monitor_id) do update
                   set root = excluded.root, run_id = excluded.run_id, since = excluded.since, until = null""")
                .params(Arrays.asList(
                        workspace,
                        incident,
                        monitor.monitor(),
                        monitor.name(),
                        monitor.root(),
                        monitor.run().orElse(null),
                        monitor.since().atOffset(ZoneOffset.UTC)))
                .update();
        for (UUID dependency : dependsOn) {
            tx.sql("""
                    insert into incidents.dependency (workspace_id, incident_id, monitor_id, depends_on)
                    values (?, ?, ?, ?) on conflict do nothing""")
                    .params(workspace, incident, monitor.monitor(), dependency)
                    .update();
        }
    }

    /** The unresolved incident of which a monitor that is down is part. */
    Optional<UUID> incidentOf(JdbcClient tx, UUID workspace, UUID monitor) {
        return tx.sql("""
                select a.incident_id from incidents.affected a
                  join incidents.incident i on i.workspace_id = a.workspace_id and i.incident_id = a.incident_id
                 where a.workspace_id = ? and a.monitor_id = ? and a.until is null
                   and i.state in ('open', 'acknowledged')
                 order by i.opened_at, i.incident_id limit 1""")
                .params(workspace, monitor)
                .query((r, _) -> r.getObject(1, UUID.class))
                .optional();
    }

    /** Unresolved incidents of monitors that went down since then, are still down, and depend on {@code monitor}. */
    List<UUID> waitingFor(JdbcClient tx, UUID workspace, UUID monitor, Instant since) {
        return tx.sql("""
                select i.incident_id from incidents.incident i
                 where i.workspace_id = ? and i.state in ('open', 'acknowledged') and exists (
                       select from incidents.dependency d
                         join incidents.affected a on a.workspace_id = d.workspace_id
                                                  and a.incident_id = d.incident_id and a.monitor_id = d.monitor_id
                        where d.workspace_id = i.workspace_id and d.incident_id = i.incident_id and d.depends_on = ?
                          and a.until is null and a.since >= ?)
                 order by i.opened_at, i.incident_id limit 50""")
                .params(workspace, monitor, since.atOffset(ZoneOffset.UTC))
                .query((r, _) -> r.getObject(1, UUID.class))
                .list();
    }

    void noRoot(JdbcClient tx, UUID workspace, UUID incident) {
        tx.sql("""
                update incidents.affected set root = false
                 where workspace_id = ? and incident_id = ? and root""").params(workspace, incident).update();
    }

    /** A monitor came back; how many of the incident are still down. */
    int back(JdbcClient tx, UUID workspace, UUID incident, UUID monitor, Instant at) {
        tx.sql("""
                update incidents.affected set until = ?
                 where workspace_id = ? and incident_id = ? and monitor_id = ? and until is null""")
                .params(at.atOffset(ZoneOffset.UTC), workspace, incident, monitor)
                .update();
        return tx.sql("""
                select count(*) from incidents.affected
                 where workspace_id = ? and incident_id = ? and until is null""").params(workspace, incident).query(Integer.class).single();
    }

    void allBack(JdbcClient tx, UUID workspace, UUID incident, Instant at) {
        tx.sql("""
                update incidents.affected set until = ?
                 where workspace_id = ? and incident_id = ? and until is null""").params(at.atOffset(ZoneOffset.UTC), workspace, incident).update();
    }

    List<Affected> of(JdbcClient tx, UUID workspace, UUID incident) {
        return tx.sql("""
                select monitor_id, name, root, run_id, since, until from incidents.affected
                 where workspace_id = ? and incident_id = ? order by root desc, since, monitor_id limit 500""")
                .params(workspace, incident)
                .query(AffectedStore::affected)
                .list();
    }

    List<UUID> dependencies(JdbcClient tx, UUID workspace, UUID incident, UUID monitor) {
        return tx.sql("""
                select depends_on from incidents.dependency
                 where workspace_id = ? and incident_id = ? and monitor_id = ? limit 200""")
                .params(workspace, incident, monitor)
                .query((r, _) -> r.getObject(1, UUID.class))
                .list();
    }

    private static Affected affected(ResultSet r, int number) throws SQLException {
        OffsetDateTime until = r.getObject("until", OffsetDateTime.class);
        return new Affected(
                r.getObject("monitor_id", UUID.class),
                r.getString("name"),
                r.getBoolean("root"),
                Optional.ofNullable(r.getObject("run_id", UUID.class)),
                r.getObject("since", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(until).map(OffsetDateTime::toInstant));
    }
}
