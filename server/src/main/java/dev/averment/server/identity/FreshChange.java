package dev.averment.server.identity;

import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A change of what signs an account in. It wants a fresh proof that the person is there (ASVS 7.5.1), and it locks the
 * account's row: of two changes at the same moment, the second sees what the first has left.
 */
final class FreshChange {
    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final Sessions sessions;

    FreshChange(IdentityTransactions transactions, AccountRegister accounts, Sessions sessions) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    interface Change<T> {
        Outcome<T> make(JdbcClient jdbc, Account account);
    }

    <T> Outcome<T> by(Session session, Change<T> change) {
        if (!sessions.fresh(session)) {
            return Outcome.refused(new Refusal.ProofNeeded());
        }
        return transactions.in(jdbc -> accounts.locked(jdbc, session.account())
                .map(account -> lives(jdbc, session)
                        ? change.make(jdbc, account)
                        : Outcome.<T>refused(new Refusal.ProofNeeded()))
                .orElseGet(() -> Outcome.refused(new Refusal.NotFound())));
    }

    /** While this waited for the lock, a new password may have ended the session: then nobody is there any more. */
    private boolean lives(JdbcClient jdbc, Session session) {
        return sessions.of(jdbc, session.account()).stream()
                .anyMatch(open -> open.id().equals(session.id()) && sessions.fresh(open));
    }
}
