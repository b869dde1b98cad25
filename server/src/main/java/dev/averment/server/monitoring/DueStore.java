package dev.averment.server.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What {@code averment_worker} sees of monitors: which of all workspaces are to be looked at, and when a server was there. */
final class DueStore {
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    DueStore(DataSource workerPool) {
        this.jdbc = JdbcClient.create(workerPool);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(workerPool));
    }

    /** Monitors on which a verdict falls at {@code now} or before, by workspace. */
    Map<UUID, List<UUID>> due(Instant now, int limit) {
        return byWorkspace(jdbc.sql("""
                        select workspace_id, monitor_id from monitoring.monitor_state
                         where wake_at <= ? order by wake_at limit ?""").params(Objects.requireNonNull(Texts.at(now)), limit));
    }

    /** Monitors that were heard of and not handled, by workspace. */
    Map<UUID, List<UUID>> unhandled(int limit) {
        return byWorkspace(jdbc.sql("""
                        select s.workspace_id, s.monitor_id from monitoring.monitor_state s
                          join monitoring.heard h on h.workspace_id = s.workspace_id and h.monitor_id = s.monitor_id
                         where h.pings > s.handled limit ?""").param(limit));
    }

    private static Map<UUID, List<UUID>> byWorkspace(JdbcClient.StatementSpec statement) {
        Map<UUID, List<UUID>> all = new LinkedHashMap<>();
        statement.query(r -> {
            all.computeIfAbsent(r.getObject(1, UUID.class), _ -> new ArrayList<>())
                    .add(r.getObject(2, UUID.class));
        });
        return all;
    }

    /** Workspaces with pings that no entry of the log covers. */
    List<UUID> unsealed() {
        return jdbc.sql("""
                        select distinct s.workspace_id from monitoring.monitor_state s
                          join monitoring.heard h on h.workspace_id = s.workspace_id and h.monitor_id = s.monitor_id
                         where h.pings > s.sealed""").query((r, _) -> r.getObject(1, UUID.class)).list();
    }

    /** Workspaces that have monitors. */
    List<UUID> workspaces() {
        return jdbc.sql("select distinct workspace_id from monitoring.monitor_state")
                .query((r, _) -> r.getObject(1, UUID.class))
                .list();
    }

    /**
     * Says that a server is there at {@code now}. When none was there for longer than {@code silence}, that time is kept as an
     * outage; any one of several servers is enough.
     */
    boolean beat(Instant now, Duration silence) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            Optional<Instant> last = jdbc.sql("select at from monitoring.heartbeat for update")
                    .query(OffsetDateTime.class)
                    .optional()
                    .map(OffsetDateTime::toInstant);
            if (last.isEmpty()) {
                jdbc.sql("insert into monitoring.heartbeat (at) values (?) on conflict do nothing")
                        .param(Texts.at(now))
                        .update();
                return false;
            }
            boolean away = last.get().plus(silence).isBefore(now);
            if (away) {
                jdbc.sql("insert into monitoring.outage (from_at, to_at) values (?, ?) on conflict do nothing")
                        .params(Objects.requireNonNull(Texts.at(last.get())), Objects.requireNonNull(Texts.at(now)))
                        .update();
            }
            if (now.isAfter(last.get())) {
                jdbc.sql("update monitoring.heartbeat set at = ?")
                        .param(Texts.at(now))
                        .update();
            }
            return away;
        }));
    }

    /** A time in which no server was there. */
    record Outage(Instant from, Instant to) {}

    List<Outage> outages(Instant endedAfter) {
        return jdbc.sql("select from_at, to_at from monitoring.outage where to_at > ? order by from_at")
                .param(Texts.at(endedAfter))
                .query((r, _) -> new Outage(
                        r.getObject(1, OffsetDateTime.class).toInstant(),
                        r.getObject(2, OffsetDateTime.class).toInstant()))
                .list();
    }
}
