package dev.averment.server.identity.factor;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code identity.ticket}. */
final class TicketStore {

    void insert(
            JdbcClient jdbc,
            byte[] hash,
            UUID account,
            @Nullable UUID session,
            String purpose,
            Set<String> shown,
            Instant now,
            Instant expires) {
        jdbc.sql("delete from identity.ticket where account_id = ? and expires_at < ?")
                .params(account, now.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                insert into identity.ticket (ticket_hash, account_id, session_id, purpose, shown, revocation, made_at,
                       expires_at)
                select ?, a.account_id, cast(? as uuid), ?, ?, a.revocation, ?, ?
                  from identity.account a
                 where a.account_id = ?""")
                .params(java.util.Arrays.asList(
                        hash,
                        session,
                        purpose,
                        String.join(" ", shown.stream().sorted().toList()),
                        now.atOffset(ZoneOffset.UTC),
                        expires.atOffset(ZoneOffset.UTC),
                        account))
                .update();
    }

    /** A good ticket; whoever else comes with the same one waits until this transaction is over. */
    Optional<Tickets.Ticket> lock(JdbcClient jdbc, byte[] hash, String purpose, Instant now) {
        // The account first: whoever ends its tickets holds it by then, and each would wait for the other.
        jdbc.sql("""
                select 1 from identity.account
                 where account_id = (select account_id from identity.ticket where ticket_hash = ?) for update""").param(hash).query(Integer.class).list();
        return jdbc.sql("""
                select t.account_id, t.session_id, t.shown
                  from identity.ticket t
                  join identity.account a on a.account_id = t.account_id
                 where t.ticket_hash = ? and t.purpose = ? and t.used_at is null and t.expires_at > ?
                   and t.revocation = a.revocation and a.disabled_at is null
                   for update of t""")
                .params(hash, purpose, now.atOffset(ZoneOffset.UTC))
                .query((r, _) -> new Tickets.Ticket(
                        r.getObject(1, UUID.class),
                        Optional.ofNullable(r.getObject(2, UUID.class)),
                        Set.of(r.getString(3).split(" "))))
                .optional();
    }

    void delete(JdbcClient jdbc, UUID account) {
        jdbc.sql("delete from identity.ticket where account_id = ?")
                .param(account)
                .update();
    }

    void use(JdbcClient jdbc, byte[] hash, Instant now) {
        jdbc.sql("update identity.ticket set used_at = ? where ticket_hash = ? and used_at is null")
                .params(now.atOffset(ZoneOffset.UTC), hash)
                .update();
    }
}
