package dev.averment.server.identity.account;

import dev.averment.server.identity.password.StoredHash;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who has an account, and with what. */
public final class AccountRegister {
    private final AccountStore store = new AccountStore();
    private final InstantSource clock;

    public AccountRegister(InstantSource clock) {
        this.clock = clock;
    }

    public Optional<Account> byAddress(JdbcClient jdbc, MailAddress address) {
        return store.byAddress(jdbc, address);
    }

    public Optional<Account> byId(JdbcClient jdbc, UUID account) {
        return store.byId(jdbc, account);
    }

    /**
     * As {@link #byId}, and nothing that signs the account in changes until this transaction is over. Whoever opens a session
     * or changes a credential does this first: otherwise a session that was opened with the old password, at the moment of
     * its change, would outlive it.
     */
    public Optional<Account> locked(JdbcClient jdbc, UUID account) {
        return store.lock(jdbc, account);
    }

    /** False when somebody has the address. */
    public boolean create(JdbcClient jdbc, UUID account, MailAddress address, String name, StoredHash password) {
        if (!store.insert(jdbc, account, address, name)) {
            return false;
        }
        store.setPassword(jdbc, account, password.encoded(), false, clock.instant());
        return true;
    }

    /**
     * Makes an account without a password, for somebody whose address a provider has confirmed; false when somebody has the
     * address.
     */
    public boolean create(JdbcClient jdbc, UUID account, MailAddress confirmed, String name) {
        if (!store.insert(jdbc, account, confirmed, name)) {
            return false;
        }
        store.verified(jdbc, account, clock.instant());
        return true;
    }

    public void verified(JdbcClient jdbc, UUID account) {
        store.verified(jdbc, account, clock.instant());
    }

    /** False when somebody else has the address. */
    public boolean readdress(JdbcClient jdbc, UUID account, MailAddress address) {
        return store.readdress(jdbc, account, address, clock.instant());
    }

    public void rename(JdbcClient jdbc, UUID account, String name) {
        store.rename(jdbc, account, name);
    }

    public boolean delete(JdbcClient jdbc, UUID account) {
        return store.delete(jdbc, account);
    }

    /** The stored form of the account's password; empty for one that signs in by other means. */
    public Optional<String> password(JdbcClient jdbc, UUID account) {
        return store.password(jdbc, account);
    }

    /** @param needsFactor whether it is only long enough beside a second factor */
    public void setPassword(JdbcClient jdbc, UUID account, StoredHash password, boolean needsFactor) {
        store.setPassword(jdbc, account, password.encoded(), needsFactor, clock.instant());
    }

    /** Whether the account's password is only long enough beside a second factor. */
    public boolean needsFactor(JdbcClient jdbc, UUID account) {
        return store.needsFactor(jdbc, account);
    }

    /** Puts a stronger hash in place; false when the password was changed meanwhile. */
    public boolean upgradePassword(JdbcClient jdbc, UUID account, String was, StoredHash password) {
        return store.upgradePassword(jdbc, account, was, password.encoded());
    }
}
