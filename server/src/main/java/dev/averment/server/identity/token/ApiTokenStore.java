package dev.averment.server.identity.token;

import dev.averment.server.identity.workspace.Permission;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code identity.api_token}. */
final class ApiTokenStore {
    private static final String TOKEN = """
            select t.token_id, t.account_id, t.acts_in, t.name, t.scopes, t.secret_hash, t.made_at, t.expires_at,
                   t.used_at
              from identity.api_token t
              join identity.account a on a.account_id = t.account_id and a.disabled_at is null
             where t.revoked_at is null and t.expires_at > ?
            """;

    record Row(ApiToken token, byte[] secretHash) {}

    void insert(JdbcClient jdbc, ApiToken token, byte[] secretHash) {
        jdbc.sql("""
                insert into identity.api_token
                       (token_id, account_id, acts_in, name, scopes, secret_hash, made_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        token.id(),
                        token.account(),
                        token.workspace(),
                        token.name(),
                        token.scopes().stream().map(Permission::word).sorted().collect(Collectors.joining(" ")),
                        secretHash,
                        token.made().atOffset(ZoneOffset.UTC),
                        token.expires().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Row> find(JdbcClient jdbc, UUID token, Instant now) {
        return jdbc.sql(TOKEN + "and t.token_id = ?")
                .params(now.atOffset(ZoneOffset.UTC), token)
                .query(ApiTokenStore::row)
                .optional();
    }

    List<ApiToken> of(JdbcClient jdbc, UUID account, UUID workspace, Instant now) {
        return jdbc
                .sql(TOKEN + "and t.account_id = ? and t.acts_in = ? order by t.made_at limit 200")
                .params(now.atOffset(ZoneOffset.UTC), account, workspace)
                .query(ApiTokenStore::row)
                .list()
                .stream()
                .map(Row::token)
                .toList();
    }

    void used(JdbcClient jdbc, UUID token, Instant now) {
        jdbc.sql("update identity.api_token set used_at = ? where token_id = ?")
                .params(now.atOffset(ZoneOffset.UTC), token)
                .update();
    }

    boolean revoke(JdbcClient jdbc, UUID account, UUID workspace, UUID token, Instant now) {
        return jdbc.sql("""
                        update identity.api_token set revoked_at = ?
                         where token_id = ? and account_id = ? and acts_in = ? and revoked_at is null""")
                        .params(now.atOffset(ZoneOffset.UTC), token, account, workspace)
                        .update()
                == 1;
    }

    private static Row row(ResultSet r, int number) throws SQLException {
        var used = r.getObject("used_at", OffsetDateTime.class);
        return new Row(
                new ApiToken(
                        r.getObject("token_id", UUID.class),
                        r.getObject("account_id", UUID.class),
                        r.getObject("acts_in", UUID.class),
                        r.getString("name"),
                        Arrays.stream(r.getString("scopes").split(" ", -1))
                                .flatMap(word -> Permission.parse(word).stream())
                                .collect(Collectors.toSet()),
                        r.getObject("made_at", OffsetDateTime.class).toInstant(),
                        r.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        used == null ? null : used.toInstant()),
                r.getBytes("secret_hash"));
    }
}
