package dev.averment.server.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What lets pings in: until when tokens count, and the hashes of ping keys. */
final class IngestSecretStore {
    /** How long a token may have been in use before that is written down again: each time is an entry of the log. */
    static final Duration COARSE = Duration.ofHours(1);

    /** Writes down that tokens let pings in, and when. */
    void used(JdbcClient jdbc, UUID workspace, Map<UUID, Instant> at) {
        if (at.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update monitoring.ingest_token t set used_at = u.used_at
                  from unnest(?::uuid[], ?::timestamptz[]) as u (token_id, used_at)
                 where t.workspace_id = ? and t.token_id = u.token_id
                   and (t.used_at is null or t.used_at < u.used_at - ? * interval '1 second')""")
                .params(Texts.ids(at.keySet()), Texts.of(at.values(), time -> time), workspace, COARSE.toSeconds())
                .update();
    }

    void insert(JdbcClient jdbc, UUID workspace, IngestToken token) {
        jdbc.sql("""
                        insert into monitoring.ingest_token (workspace_id, token_id, monitor_id, name, made_at, expires_at)
                        values (?, ?, ?, ?, ?, ?)""")
                .params(
                        workspace,
                        token.id(),
                        token.monitor(),
                        token.name(),
                        Objects.requireNonNull(Texts.at(token.made())),
                        Objects.requireNonNull(Texts.at(token.expires())))
                .update();
    }

    List<IngestToken> tokens(JdbcClient jdbc, UUID workspace, UUID monitor) {
        return jdbc.sql("""
                        select token_id, monitor_id, name, made_at, expires_at, used_at from monitoring.ingest_token
                         where workspace_id = ? and monitor_id = ? order by token_id""")
                .params(workspace, monitor)
                .query((r, _) -> new IngestToken(
                        r.getObject(1, UUID.class),
                        r.getObject(2, UUID.class),
                        r.getString(3),
                        r.getObject(4, OffsetDateTime.class).toInstant(),
                        r.getObject(5, OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(r.getObject(6, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .list();
    }

    /** The token counts until {@code end} at the latest. */
    boolean end(JdbcClient jdbc, UUID workspace, UUID monitor, UUID token, Instant end) {
        return jdbc.sql("""
                        update monitoring.ingest_token set expires_at = least(expires_at, ?)
                         where workspace_id = ? and monitor_id = ? and token_id = ?""")
                        .params(Objects.requireNonNull(Texts.at(end)), workspace, monitor, token)
                        .update()
                == 1;
    }

    boolean delete(JdbcClient jdbc, UUID workspace, UUID monitor, UUID token) {
        return jdbc.sql("""
                        delete from monitoring.ingest_token where workspace_id = ? and monitor_id = ? and token_id = ?""").params(workspace, monitor, token).update() == 1;
    }

    void insertKey(JdbcClient jdbc, UUID workspace, UUID id, byte[] hash, Instant made) {
        jdbc.sql("insert into monitoring.ping_key (workspace_id, key_id, key_hash, made_at) values (?, ?, ?, ?)")
                .params(workspace, id, hash, Objects.requireNonNull(Texts.at(made)))
                .update();
    }

    List<PingKey> keys(JdbcClient jdbc, UUID workspace) {
        return jdbc.sql("""
                        select key_id, made_at from monitoring.ping_key
                         where workspace_id = ? and revoked_at is null order by key_id""")
                .param(workspace)
                .query((r, _) -> new PingKey(
                        r.getObject(1, UUID.class),
                        r.getObject(2, OffsetDateTime.class).toInstant()))
                .list();
    }

    boolean revokeKey(JdbcClient jdbc, UUID workspace, UUID key, Instant at) {
        return jdbc.sql("""
                        update monitoring.ping_key set revoked_at = ?
                         where workspace_id = ? and key_id = ? and revoked_at is null""")
                        .params(Objects.requireNonNull(Texts.at(at)), workspace, key)
                        .update()
                == 1;
    }
}
