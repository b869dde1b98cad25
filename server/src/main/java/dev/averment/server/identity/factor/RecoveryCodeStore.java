package dev.averment.server.identity.factor;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code identity.recovery_code}. */
final class RecoveryCodeStore {

    void insert(JdbcClient jdbc, byte[] hash, UUID account, Instant now) {
        jdbc.sql("insert into identity.recovery_code (code_hash, account_id, made_at) values (?, ?, ?)")
                .params(hash, account, now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Finds a code and uses it up in one statement. */
    boolean use(JdbcClient jdbc, byte[] hash, UUID account, Instant now) {
        return jdbc.sql("""
                update identity.recovery_code set used_at = ?
                 where code_hash = ? and account_id = ? and used_at is null
                returning 1""")
                .params(now.atOffset(ZoneOffset.UTC), hash, account)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    boolean used(JdbcClient jdbc, byte[] hash, UUID account) {
        return jdbc.sql("select 1 from identity.recovery_code where code_hash = ? and account_id = ?")
                .params(hash, account)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    int left(JdbcClient jdbc, UUID account) {
        return jdbc.sql("select count(*) from identity.recovery_code where account_id = ? and used_at is null")
                .param(account)
                .query(Integer.class)
                .single();
    }

    void deleteAll(JdbcClient jdbc, UUID account) {
        jdbc.sql("delete from identity.recovery_code where account_id = ?")
                .param(account)
                .update();
    }
}
