package dev.averment.server.identity.account;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code identity.mailed_token}. */
final class MailedTokenStore {

    void insert(
            JdbcClient jdbc, byte[] hash, UUID account, String purpose, String address, Instant made, Instant expires) {
        jdbc.sql("""
                insert into identity.mailed_token (token_hash, account_id, purpose, email, made_at, expires_at)
                values (?, ?, ?, ?, ?, ?)""")
                .params(
                        hash,
                        account,
                        purpose,
                        address,
                        made.atOffset(ZoneOffset.UTC),
                        expires.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<MailedTokens.Used> use(JdbcClient jdbc, byte[] hash, String purpose, Instant now) {
        return jdbc.sql("""
                update identity.mailed_token set used_at = ?
                 where token_hash = ? and purpose = ? and used_at is null and expires_at > ?
                returning account_id, email""")
                .params(now.atOffset(ZoneOffset.UTC), hash, purpose, now.atOffset(ZoneOffset.UTC))
                .query((r, _) -> new MailedTokens.Used(r.getObject(1, UUID.class), r.getString(2)))
                .optional();
    }

    Optional<MailedTokens.Used> peek(JdbcClient jdbc, byte[] hash, String purpose, Instant now) {
        return jdbc.sql("""
                select account_id, email from identity.mailed_token
                 where token_hash = ? and purpose = ? and used_at is null and expires_at > ?""")
                .params(hash, purpose, now.atOffset(ZoneOffset.UTC))
                .query((r, _) -> new MailedTokens.Used(r.getObject(1, UUID.class), r.getString(2)))
                .optional();
    }

    void forget(JdbcClient jdbc, UUID account, String purpose) {
        jdbc.sql("delete from identity.mailed_token where account_id = ? and purpose = ?")
                .params(account, purpose)
                .update();
    }
}
