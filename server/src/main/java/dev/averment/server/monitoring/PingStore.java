package dev.averment.server.monitoring;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonNumber;
import dev.averment.evidence.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pings as they were recorded, what they carried, and which of them are under an entry of the log. */
final class PingStore {
    private static Ping ping(ResultSet r, int row) throws SQLException {
        int exit = r.getInt("exit_status");
        boolean none = r.wasNull();
        return new Ping(
                r.getObject("workspace_id", UUID.class),
                r.getObject("monitor_id", UUID.class),
                r.getLong("n"),
                r.getObject("at", OffsetDateTime.class).toInstant(),
                r.getInt("kind"),
                none ? null : exit,
                r.getObject("rid", UUID.class),
                r.getBoolean("native"),
                r.getString("method"),
                r.getString("scheme"),
                r.getString("remote_address"),
                r.getString("user_agent"),
                r.getObject("token_id", UUID.class),
                Hash.of(r.getBytes("hash")),
                r.getBytes("digest"),
                metrics(r.getString("metrics")));
    }

    private static Map<String, Double> metrics(String json) {
        if (json == null || json.isEmpty()) {
            return Map.of();
        }
        Map<String, Double> all = new HashMap<>();
        try {
            Json.parseObject(json.getBytes(StandardCharsets.UTF_8)).members().forEach((name, value) -> {
                if (value instanceof JsonNumber number) {
                    all.put(name, number.value());
                }
            });
        } catch (JsonException e) {
            // Only the ingest role writes here, and it writes what was parsed; a row that was altered has no metrics.
            return Map.of();
        }
        return all;
    }

    /** Pings that the runs have not come to yet, in order of monitor and number. */
    List<Ping> unhandled(JdbcClient jdbc, UUID workspace, Collection<UUID> monitors, int limit) {
        return jdbc.sql("""
                        select p.workspace_id, p.monitor_id, p.n, p.at, p.kind, p.exit_status, p.rid, p.native, p.method, p.scheme,
                               p.remote_address, p.user_agent, p.token_id, p.hash, b.digest, b.metrics
                          from monitoring.monitor_state s
                          join monitoring.ping p on p.workspace_id = s.workspace_id and p.monitor_id = s.monitor_id
                                                and p.n > s.handled
                          left join monitoring.ping_body b on b.workspace_id = p.workspace_id and b.monitor_id = p.monitor_id
                                                          and b.n = p.n
                         where s.workspace_id = ? and s.monitor_id = any (?::uuid[])
                         order by p.monitor_id, p.n limit ?""")
                .params(workspace, Texts.ids(monitors), limit)
                .query(PingStore::ping)
                .list();
    }

    /** Pings that no entry of the log covers yet, in order of monitor and number; their rows' monitors stay locked. */
    List<Ping> unsealed(JdbcClient jdbc, UUID workspace, int limit) {
        return jdbc.sql("""
                        select p.workspace_id, p.monitor_id, p.n, p.at, p.kind, p.exit_status, p.rid, p.native, p.method, p.scheme,
                               p.remote_address, p.user_agent, p.token_id, p.hash, b.digest, b.metrics
                          from (select s.workspace_id, s.monitor_id, s.sealed
                                  from monitoring.monitor_state s
                                  join monitoring.heard h on h.workspace_id = s.workspace_id and h.monitor_id = s.monitor_id
                                 where s.workspace_id = ? and s.sealed < h.pings
                                 order by s.monitor_id limit 1000 for update of s) s
                          join monitoring.ping p on p.workspace_id = s.workspace_id and p.monitor_id = s.monitor_id
                                                and p.n > s.sealed
                          left join monitoring.ping_body b on b.workspace_id = p.workspace_id and b.monitor_id = p.monitor_id
                                                          and b.n = p.n
                         order by p.monitor_id, p.n limit ?""").params(workspace, limit).query(PingStore::ping).list();
    }

    /** Pings from one number to another that an entry of the log covers. */
    record Sealed(UUID monitor, long first, long last) {}

    void seal(JdbcClient jdbc, UUID workspace, UUID leaf, List<Sealed> ranges) {
        jdbc.sql("""
                        insert into monitoring.ping_seal (workspace_id, leaf_id, monitor_id, first_n, last_n)
                        select ?, ?, n.monitor_id, n.first_n, n.last_n
                          from unnest(?::uuid[], ?::bigint[], ?::bigint[]) as n (monitor_id, first_n, last_n)""")
                .params(
                        workspace,
                        leaf,
                        Texts.of(ranges, Sealed::monitor),
                        Texts.of(ranges, Sealed::first),
                        Texts.of(ranges, Sealed::last))
                .update();
        jdbc.sql("""
                        update monitoring.monitor_state s set sealed = n.last_n
                          from unnest(?::uuid[], ?::bigint[]) as n (monitor_id, last_n)
                         where s.workspace_id = ? and s.monitor_id = n.monitor_id""")
                .params(Texts.of(ranges, Sealed::monitor), Texts.of(ranges, Sealed::last), workspace)
                .update();
    }

    /** The newest pings of a monitor, before number {@code before}. */
    List<Ping> newest(JdbcClient jdbc, UUID workspace, UUID monitor, long before, int limit) {
        return jdbc.sql("""
                        select p.workspace_id, p.monitor_id, p.n, p.at, p.kind, p.exit_status, p.rid, p.native, p.method, p.scheme,
                               p.remote_address, p.user_agent, p.token_id, p.hash, b.digest, b.metrics
                          from monitoring.ping p
                          left join monitoring.ping_body b on b.workspace_id = p.workspace_id and b.monitor_id = p.monitor_id
                                                          and b.n = p.n
                         where p.workspace_id = ? and p.monitor_id = ? and p.n < ? order by p.n desc limit ?""")
                .params(workspace, monitor, before, limit)
                .query(PingStore::ping)
                .list();
    }

    /** What a ping carried, without secrets. */
    record Body(String head, String tail, long size, long leftOut, byte[] digest, int redactions, String redacted) {
        Body {
            digest = digest.clone();
        }

        @Override
        public byte[] digest() {
            return digest.clone();
        }
    }

    Optional<Body> body(JdbcClient jdbc, UUID workspace, UUID monitor, long n) {
        return jdbc.sql("""
                        select head, tail, size, left_out, digest, redactions, redacted from monitoring.ping_body
                         where workspace_id = ? and monitor_id = ? and n = ?""")
                .params(workspace, monitor, n)
                .query((r, _) -> new Body(
                        r.getString(1),
                        r.getString(2),
                        r.getLong(3),
                        r.getLong(4),
                        r.getBytes(5),
                        r.getInt(6),
                        r.getString(7)))
                .optional();
    }

    /** Deletes pings from before {@code before} that were handled and sealed; the entries of the log stay. */
    int purge(JdbcClient jdbc, UUID workspace, Instant before, int limit) {
        return jdbc.sql("""
                        delete from monitoring.ping p
                         using (select p.monitor_id, p.n from monitoring.ping p
                                  join monitoring.monitor_state s on s.workspace_id = p.workspace_id
                                                                 and s.monitor_id = p.monitor_id
                                 where p.workspace_id = ? and p.at < ? and p.n <= s.handled and p.n <= s.sealed
                                   and not exists (select from monitoring.run r where r.workspace_id = p.workspace_id
                                                      and r.monitor_id = p.monitor_id and r.open)
                                 limit ?) d
                         where p.workspace_id = ? and p.monitor_id = d.monitor_id and p.n = d.n""")
                .params(workspace, Objects.requireNonNull(Texts.at(before)), limit, workspace)
                .update();
    }
}
