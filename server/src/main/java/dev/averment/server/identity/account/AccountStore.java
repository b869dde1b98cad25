package dev.averment.server.identity.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code identity.account} and {@code identity.password}. */
final class AccountStore {
    private static final String ACCOUNT =
            "select account_id, email, name, verified_at, disabled_at, operator from identity.account where ";

    Optional<Account> byAddress(JdbcClient jdbc, MailAddress address) {
        return jdbc.sql(ACCOUNT + "email = ?")
                .param(address.text())
                .query(AccountStore::account)
                .optional();
    }

    Optional<Account> byId(JdbcClient jdbc, UUID account) {
        return jdbc.sql(ACCOUNT + "account_id = ?")
                .param(account)
                .query(AccountStore::account)
                .optional();
    }

    /** As {@link #byId}; whoever else wants to lock it, or changes it, waits until this transaction is over. */
    Optional<Account> lock(JdbcClient jdbc, UUID account) {
        return jdbc.sql(ACCOUNT + "account_id = ? for no key update")
                .param(account)
                .query(AccountStore::account)
                .optional();
    }

    /** False when the address is taken. */
    boolean insert(JdbcClient jdbc, UUID account, MailAddress address, String name) {
        return jdbc.sql("""
                        insert into identity.account (account_id, email, name) values (?, ?, ?)
                        on conflict (email) do nothing""").params(account, address.text(), name).update() == 1;
    }

    void verified(JdbcClient jdbc, UUID account, Instant now) {
        jdbc.sql("update identity.account set verified_at = ? where account_id = ? and verified_at is null")
                .params(now.atOffset(ZoneOffset.UTC), account)
                .update();
    }

    /** False when the address is taken. */
    boolean readdress(JdbcClient jdbc, UUID account, MailAddress address, Instant now) {
        return jdbc.sql("""
                        update identity.account set email = ?, verified_at = ?
                         where account_id = ?
                           and not exists (select 1 from identity.account o where o.email = ? and o.account_id <> ?)""")
                        .params(address.text(), now.atOffset(ZoneOffset.UTC), account, address.text(), account)
                        .update()
                == 1;
    }

    void rename(JdbcClient jdbc, UUID account, String name) {
        jdbc.sql("update identity.account set name = ? where account_id = ?")
                .params(name, account)
                .update();
    }

    boolean delete(JdbcClient jdbc, UUID account) {
        return jdbc.sql("delete from identity.account where account_id = ?")
                        .param(account)
                        .update()
                == 1;
    }

    Optional<String> password(JdbcClient jdbc, UUID account) {
        return jdbc.sql("select encoded from identity.password where account_id = ?")
                .param(account)
                .query(String.class)
                .optional();
    }

    void setPassword(JdbcClient jdbc, UUID account, String encoded, boolean needsFactor, Instant now) {
        jdbc.sql("""
                insert into identity.password (account_id, encoded, needs_factor, set_at) values (?, ?, ?, ?)
                on conflict (account_id) do update
                   set encoded = excluded.encoded, needs_factor = excluded.needs_factor, set_at = excluded.set_at""")
                .params(account, encoded, needsFactor, now.atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean needsFactor(JdbcClient jdbc, UUID account) {
        return jdbc.sql("select needs_factor from identity.password where account_id = ?")
                .param(account)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Puts a stronger hash of the same password in place of {@code was}; nothing happens if it was changed meanwhile. */
    boolean upgradePassword(JdbcClient jdbc, UUID account, String was, String encoded) {
        return jdbc.sql("update identity.password set encoded = ? where account_id = ? and encoded = ?")
                        .params(encoded, account, was)
                        .update()
                == 1;
    }

    private static Account account(ResultSet r, int number) throws SQLException {
        return new Account(
                r.getObject("account_id", UUID.class),
                r.getString("email"),
                r.getString("name"),
                r.getObject("verified_at") != null,
                r.getObject("disabled_at") != null,
                r.getBoolean("operator"));
    }
}
