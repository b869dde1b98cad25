package dev.averment.server.monitoring;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every change of a run's status and of a monitor's state. Rows are added and never changed. */
final class TransitionStore {
    /**
     * A transition as it lies in the database.
     *
     * @param leaf the entry of the log, of a monitor's
     */
    record Kept(
            UUID id,
            UUID monitor,
            Transition what,
            @Nullable UUID leaf) {}

    void add(JdbcClient jdbc, UUID workspace, List<Kept> all) {
        jdbc.sql("""
                        insert into monitoring.transition (workspace_id, transition_id, monitor_id, run_id, subject, from_state,
                            to_state, at, actor, reason, leaf_id)
                        select ?, n.* from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[],
                            ?::timestamptz[], ?::text[], ?::text[], ?::uuid[]) n""")
                .params(
                        workspace,
                        Texts.of(all, Kept::id),
                        Texts.of(all, Kept::monitor),
                        Texts.of(all, k -> k.what().run()),
                        Texts.of(all, k -> k.what().subject().name().toLowerCase(Locale.ROOT)),
                        Texts.of(all, k -> k.what().from()),
                        Texts.of(all, k -> k.what().to()),
                        Texts.of(all, k -> k.what().at()),
                        Texts.of(all, k -> k.what().actor()),
                        Texts.of(
                                all,
                                k -> k.what().reason().length() > 500
                                        ? k.what().reason().substring(0, 500)
                                        : k.what().reason()),
                        Texts.of(all, Kept::leaf))
                .update();
    }

    private static Kept kept(ResultSet r, int row) throws SQLException {
        return new Kept(
                r.getObject("transition_id", UUID.class),
                r.getObject("monitor_id", UUID.class),
                new Transition(
                        Transition.Subject.valueOf(r.getString("subject").toUpperCase(Locale.ROOT)),
                        r.getObject("run_id", UUID.class),
                        r.getString("from_state"),
                        r.getString("to_state"),
                        r.getObject("at", OffsetDateTime.class).toInstant(),
                        r.getString("actor"),
                        r.getString("reason")),
                r.getObject("leaf_id", UUID.class));
    }

    /** A monitor's and its runs', newest first, before {@code before}. */
    List<Kept> page(JdbcClient jdbc, UUID workspace, UUID monitor, UUID before, int limit) {
        return jdbc.sql("""
                        select transition_id, monitor_id, run_id, subject, from_state, to_state, at, actor, reason, leaf_id
                          from monitoring.transition
                         where workspace_id = ? and monitor_id = ? and transition_id < ?
                         order by transition_id desc limit ?""")
                .params(workspace, monitor, before, limit)
                .query(TransitionStore::kept)
                .list();
    }

    /** A monitor's own, newest first, before {@code before}. */
    List<Kept> ofMonitor(JdbcClient jdbc, UUID workspace, UUID monitor, UUID before, int limit) {
        return jdbc.sql("""
                        select transition_id, monitor_id, run_id, subject, from_state, to_state, at, actor, reason, leaf_id
                          from monitoring.transition
                         where workspace_id = ? and monitor_id = ? and subject = 'monitor' and transition_id < ?
                         order by transition_id desc limit ?""")
                .params(workspace, monitor, before, limit)
                .query(TransitionStore::kept)
                .list();
    }

    /** A run's, oldest first. */
    List<Kept> ofRun(JdbcClient jdbc, UUID workspace, UUID run) {
        return jdbc.sql("""
                        select transition_id, monitor_id, run_id, subject, from_state, to_state, at, actor, reason, leaf_id
                          from monitoring.transition
                         where workspace_id = ? and run_id = ? order by transition_id limit 500""").params(workspace, run).query(TransitionStore::kept).list();
    }
}
