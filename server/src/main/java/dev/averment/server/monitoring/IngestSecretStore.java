package dev.averment.server.monitoring;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What lets pings in: until when tokens count, and the hashes of ping keys. */
final class IngestSecretStore {
    /** A token as it may be shown: who reads this can't make it. */
    record Token(UUID id, UUID monitor, String name, Instant made, Instant expires) {}

    void insert(JdbcClient jdbc, UUID workspace, Token token) {
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

    List<Token> tokens(JdbcClient jdbc, UUID workspace, UUID monitor) {
        return jdbc.sql("""
                        select token_id, monitor_id, name, made_at, expires_at from monitoring.ingest_token
                         where workspace_id = ? and monitor_id = ? order by token_id""")
                .params(workspace, monitor)
                .query((r, _) -> new Token(
                        r.getObject(1, UUID.class),
                        r.getObject(2, UUID.class),
                        r.getString(3),
                        r.getObject(4, OffsetDateTime.class).toInstant(),
                        r.getObject(5, OffsetDateTime.class).toInstant()))
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

    /** A ping key; the key itself lies nowhere. */
    record Key(UUID id, Instant made) {}

    List<Key> keys(JdbcClient jdbc, UUID workspace) {
        return jdbc.sql("""
                        select key_id, made_at from monitoring.ping_key
                         where workspace_id = ? and revoked_at is null order by key_id""")
                .param(workspace)
                .query((r, _) -> new Key(
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
