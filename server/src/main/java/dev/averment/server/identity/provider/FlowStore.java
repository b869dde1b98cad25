package dev.averment.server.identity.provider;

import dev.averment.server.identity.provider.Flow.Purpose;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code identity.provider_flow}. */
final class FlowStore {
    private static final String COLUMNS =
            "provider, purpose, account_id, session_id, target, issuer, subject, email, email_confirmed, name, asked_at, expires_at";

    /** A row as an answer finds it. */
    record Found(Flow flow, byte[] browserHash, boolean returned, Instant expires) {
        boolean of(byte[] browser) {
            return MessageDigest.isEqual(browserHash, browser);
        }
    }

    void insert(
            JdbcClient jdbc,
            FlowSecrets secrets,
            String provider,
            Purpose purpose,
            @Nullable UUID account,
            @Nullable UUID session,
            String target,
            Instant now,
            Instant expires) {
        jdbc.sql("delete from identity.provider_flow where expires_at < ?")
                .param(now.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                insert into identity.provider_flow (state_hash, browser_hash, provider, purpose, account_id, session_id,
                       target, expires_at)
                values (?, ?, ?, ?, cast(? as uuid), cast(? as uuid), ?, ?)""")
                .params(Arrays.asList(
                        secrets.stateHash(),
                        secrets.browserHash(),
                        provider,
                        purpose.word(),
                        account,
                        session,
                        target,
                        expires.atOffset(ZoneOffset.UTC)))
                .update();
    }

    /** The row, locked: of two answers with the same state, the second sees what the first has left. */
    Optional<Found> lock(JdbcClient jdbc, byte[] state) {
        return jdbc.sql("select " + COLUMNS + ", browser_hash, returned_at is not null"
                        + " from identity.provider_flow where state_hash = ? for update")
                .param(state)
                .query((r, _) ->
                        new Found(flow(r), r.getBytes("browser_hash"), r.getBoolean(14), instant(r, "expires_at")))
                .optional();
    }

    void returned(JdbcClient jdbc, byte[] state, Instant now) {
        jdbc.sql("update identity.provider_flow set returned_at = ? where state_hash = ?")
                .params(now.atOffset(ZoneOffset.UTC), state)
                .update();
    }

    void identified(JdbcClient jdbc, byte[] state, ProviderIdentity who) {
        jdbc.sql("""
                update identity.provider_flow
                   set issuer = ?, subject = ?, email = ?, email_confirmed = ?, name = ?, asked_at = ?
                 where state_hash = ? and returned_at is not null""")
                .params(Arrays.asList(
                        who.issuer(),
                        who.subject(),
                        who.email().orElse(null),
                        who.confirmed(),
                        who.name().orElse(null),
                        who.asked().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null),
                        state))
                .update();
    }

    void deleteBy(JdbcClient jdbc, UUID link) {
        jdbc.sql("""
                delete from identity.provider_flow f using identity.provider_link l
                 where l.link_id = ?
                   and (f.account_id = l.account_id or (f.issuer = l.issuer and f.subject = l.subject))""").param(link).update();
    }

    void delete(JdbcClient jdbc, byte[] state) {
        jdbc.sql("delete from identity.provider_flow where state_hash = ?")
                .param(state)
                .update();
    }

    /** Takes away the flow of a browser that came back from {@code provider}; empty when there is none, or it is too old. */
    Optional<Flow> take(JdbcClient jdbc, byte[] browser, String provider, Instant now) {
        return jdbc.sql("""
                delete from identity.provider_flow
                 where browser_hash = ? and provider = ? and subject is not null and expires_at > ?
                returning\s""" + COLUMNS)
                .params(browser, provider, now.atOffset(ZoneOffset.UTC))
                .query((r, _) -> flow(r))
                .optional();
    }

    private static Flow flow(ResultSet r) throws SQLException {
        String subject = r.getString("subject");
        return new Flow(
                r.getString("provider"),
                Purpose.of(r.getString("purpose")),
                Optional.ofNullable(r.getObject("account_id", UUID.class)),
                Optional.ofNullable(r.getObject("session_id", UUID.class)),
                r.getString("target"),
                instant(r, "expires_at").minus(Flows.LIFE),
                subject == null
                        ? Optional.empty()
                        : Optional.of(new ProviderIdentity(
                                r.getString("issuer"),
                                subject,
                                Optional.ofNullable(r.getString("email")),
                                r.getBoolean("email_confirmed"),
                                Optional.ofNullable(r.getString("name")),
                                Optional.ofNullable(r.getObject("asked_at", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant))));
    }

    private static Instant instant(ResultSet r, String column) throws SQLException {
        return r.getObject(column, OffsetDateTime.class).toInstant();
    }
}
