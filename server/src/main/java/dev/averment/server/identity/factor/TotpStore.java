package dev.averment.server.identity.factor;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code identity.totp}. */
final class TotpStore {

    record Row(UUID version, byte[] seed) {}

    void insert(JdbcClient jdbc, UUID version, UUID account, byte[] seed, Instant now) {
        jdbc.sql("delete from identity.totp where account_id = ? and confirmed_at is null")
                .param(account)
                .update();
        jdbc.sql("insert into identity.totp (version, account_id, seed, made_at) values (?, ?, ?, ?)")
                .params(version, account, seed, now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Row> inUse(JdbcClient jdbc, UUID account) {
        return jdbc.sql("select version, seed from identity.totp where account_id = ? and confirmed_at is not null")
                .param(account)
                .query((r, _) -> new Row(r.getObject(1, UUID.class), r.getBytes(2)))
                .optional();
    }

    /** The enrolment that waits for its code; whoever else confirms it at the same moment waits until this is over. */
    Optional<Row> inWaiting(JdbcClient jdbc, UUID account, Instant madeAfter) {
        return jdbc.sql("""
                select version, seed from identity.totp
                 where account_id = ? and confirmed_at is null and made_at > ?
                   for update""")
                .params(account, madeAfter.atOffset(ZoneOffset.UTC))
                .query((r, _) -> new Row(r.getObject(1, UUID.class), r.getBytes(2)))
                .optional();
    }

    /** Takes an enrolment into use, in place of an earlier one; its code is used up. */
    void confirm(JdbcClient jdbc, UUID account, UUID version, long step, Instant now) {
        jdbc.sql("delete from identity.totp where account_id = ? and version <> ?")
                .params(account, version)
                .update();
        jdbc.sql("update identity.totp set confirmed_at = ?, last_step = ? where version = ?")
                .params(now.atOffset(ZoneOffset.UTC), step, version)
                .update();
    }

    /** One statement decides: of two requests with the same code, one moves the step on and the other one moves nothing. */
    boolean take(JdbcClient jdbc, UUID version, long step) {
        return jdbc.sql("""
                        update identity.totp set last_step = ?
                         where version = ? and confirmed_at is not null and last_step < ?""").params(step, version, step).update() == 1;
    }

    /** True when there was one in use. */
    boolean delete(JdbcClient jdbc, UUID account) {
        jdbc.sql("delete from identity.totp where account_id = ? and confirmed_at is null")
                .param(account)
                .update();
        return jdbc.sql("delete from identity.totp where account_id = ?")
                        .param(account)
                        .update()
                > 0;
    }

    Optional<Instant> confirmed(JdbcClient jdbc, UUID account) {
        return jdbc.sql("select confirmed_at from identity.totp where account_id = ? and confirmed_at is not null")
                .param(account)
                .query(java.time.OffsetDateTime.class)
                .optional()
                .map(java.time.OffsetDateTime::toInstant);
    }
}
