package dev.averment.server.identity;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.account.MailAddress;
import dev.averment.server.identity.account.MailedTokens;
import dev.averment.server.identity.account.MailedTokens.Purpose;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.factor.Factors;
import dev.averment.server.identity.factor.Tickets;
import dev.averment.server.identity.password.PasswordRules;
import dev.averment.server.identity.password.Passwords;
import dev.averment.server.identity.password.StoredHash;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.workspace.Caller;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What people change about their own accounts. Everything that somebody could use to take the account over wants a recent
 * proof that the person is there (ASVS 7.5.1), and is told to the mailbox.
 */
public final class AccountSettings {
    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final MailedTokens tokens;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final Sessions sessions;
    private final IdentityLimits limits;
    private final AuthEvents events;
    private final Notices notices;
    private final Factors factors;
    private final Tickets tickets;

    public AccountSettings(
            IdentityTransactions transactions,
            AccountRegister accounts,
            MailedTokens tokens,
            Passwords passwords,
            PasswordRules rules,
            Sessions sessions,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices,
            Factors factors,
            Tickets tickets) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.tokens = tokens;
        this.passwords = passwords;
        this.rules = rules;
        this.sessions = sessions;
        this.limits = limits;
        this.events = events;
        this.notices = notices;
        this.factors = factors;
        this.tickets = tickets;
    }

    public Optional<Account> account(Session session) {
        return transactions.in(jdbc -> accounts.byId(jdbc, session.account()));
    }

    public Outcome<Boolean> rename(Session session, String typedName) {
        Optional<String> name = Inputs.name(typedName);
        if (name.isEmpty()) {
            return Outcome.refused(Inputs.BAD_NAME);
        }
        return transactions.in(jdbc -> {
            accounts.rename(jdbc, session.account(), name.get());
            return Outcome.done(true);
        });
    }

    /**
     * Takes the password again, so that the session counts as fresh for some minutes. An account with a second factor has to
     * show that as well: otherwise a stolen session and a known password would be enough to take the factor away.
     *
     * @return what is still to be shown, if anything
     */
    public Outcome<Optional<Arrival.FactorNeeded>> prove(Session session, String password, Client client) {
        if (compare(session, password, AuthOutcome.PROOF_REFUSED, client) instanceof Outcome.Refused<String> refused) {
            return Outcome.refused(refused.why());
        }
        return transactions.in(jdbc -> {
            if (factors.any(jdbc, session.account())) {
                events.record(jdbc, AuthOutcome.FACTOR_ASKED, who(session, client));
                return Outcome.done(Optional.of(new Arrival.FactorNeeded(
                        tickets.forProof(jdbc, session.account(), session.id(), Set.of("password")),
                        factors.methods(jdbc, session.account()))));
            }
            sessions.proven(jdbc, session.id(), session.factors());
            events.record(jdbc, AuthOutcome.PROOF_REPEATED, who(session, client));
            return Outcome.done(Optional.empty());
        });
    }

    /** Changes the password and ends every session, this one too: the caller signs in again with the new one. */
    public Outcome<Boolean> changePassword(Session session, String current, String wanted, Client client) {
        Optional<Account> account = account(session);
        if (account.isEmpty()) {
            return Outcome.refused(new Refusal.NotFound());
        }
        boolean secondFactor = transactions.in(jdbc -> factors.any(jdbc, session.account()));
        Optional<PasswordRules.Refusal> bad = rules.refusal(
                wanted, List.of(account.get().email(), account.get().name()), secondFactor);
        if (bad.isPresent()) {
            return Outcome.refused(
                    new Refusal.Invalid(bad.get().slug(), bad.get().message()));
        }
        String compared;
        switch (compare(session, current, AuthOutcome.PASSWORD_CHANGE_REFUSED, client)) {
            case Outcome.Refused<String> refused -> {
                return Outcome.refused(refused.why());
            }
            case Outcome.Done<String> done -> compared = done.value();
        }
        Optional<StoredHash> hash = passwords.hash(wanted);
        if (hash.isEmpty()) {
            return Outcome.refused(new Refusal.Overloaded());
        }
        return transactions.in(jdbc -> {
            accounts.locked(jdbc, session.account());
            // Two changes at once: the second must not undo the first, with a password that is no longer the current
            // one.
            if (!accounts.password(jdbc, session.account()).equals(Optional.of(compared))) {
                events.record(jdbc, AuthOutcome.PASSWORD_CHANGE_REFUSED, who(session, client));
                return Outcome.refused(new Refusal.WrongCredentials());
            }
            boolean needsFactor = PasswordRules.needsFactor(wanted);
            if (needsFactor && !factors.any(jdbc, session.account())) {
                // The factor was removed while the password was being hashed.
                return Outcome.refused(new Refusal.Invalid(
                        PasswordRules.Refusal.TOO_SHORT.slug(), PasswordRules.Refusal.TOO_SHORT.message()));
            }
            accounts.setPassword(jdbc, session.account(), hash.get(), needsFactor);
            tokens.forgetAll(jdbc, session.account());
            sessions.endAll(jdbc, session.account(), "password-changed");
            events.record(
                    jdbc,
                    AuthOutcome.PASSWORD_CHANGED,
                    who(session, client),
                    JsonObject.of("scheme", hash.get().scheme().word()));
            notices.changed(account.get().email(), "The password of your account was changed.");
            return Outcome.done(true);
        });
    }

    /** The stored form of the password, which was the right one. */
    private Outcome<String> compare(Session session, String password, AuthOutcome failure, Client client) {
        Optional<IdentityLimits.Wait> wait = limits.proof(session.account().toString());
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        Optional<String> encoded = transactions.in(jdbc -> accounts.password(jdbc, session.account()));
        Optional<Passwords.Comparison> comparison = passwords.compare(password, encoded);
        if (comparison.isEmpty()) {
            return Outcome.refused(new Refusal.Overloaded());
        }
        if (comparison.get().matches() && encoded.isPresent()) {
            return Outcome.done(encoded.get());
        }
        transactions.in(jdbc -> {
            events.record(jdbc, failure, who(session, client));
            return true;
        });
        return Outcome.refused(new Refusal.WrongCredentials());
    }

    /** Mails a link to the new address; the account keeps the old one until it is used, and the old one is told. */
    public Outcome<Boolean> changeAddress(Session session, String typedAddress, Client client) {
        if (!sessions.fresh(session)) {
            return Outcome.refused(new Refusal.ProofNeeded());
        }
        Optional<MailAddress> address = MailAddress.parse(typedAddress);
        Optional<Account> account = account(session);
        if (address.isEmpty() || account.isEmpty()) {
            return Outcome.refused(address.isEmpty() ? Inputs.BAD_ADDRESS : new Refusal.NotFound());
        }
        Optional<IdentityLimits.Wait> wait = limits.mail(address.get().text(), client);
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        return transactions.in(jdbc -> {
            accounts.locked(jdbc, session.account());
            events.record(jdbc, AuthOutcome.ADDRESS_CHANGE_REQUESTED, who(session, client));
            // Whether somebody has the address already is not told: its mailbox just gets another text.
            if (accounts.byAddress(jdbc, address.get()).isPresent()) {
                notices.signUpRepeated(address.get().text());
            } else {
                String token = tokens.make(
                        jdbc,
                        session.account(),
                        Purpose.CHANGE_ADDRESS,
                        address.get().text());
                notices.confirmAddress(address.get().text(), token, Purpose.CHANGE_ADDRESS.life());
            }
            notices.changed(account.get().email(), "Somebody asked for another mail address for your account.");
            return Outcome.done(true);
        });
    }

    /** Takes the new address into use; whoever has the code reads its mailbox. */
    public Outcome<Boolean> confirmAddress(String token, Client client) {
        Optional<IdentityLimits.Wait> wait = limits.mailedToken(client);
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        try {
            return transactions.in(jdbc -> readdress(jdbc, token, client));
        } catch (DuplicateKeyException e) {
            // Somebody else got the address while we looked: their transaction won, and this one is undone.
            return transactions.in(jdbc -> refuseToken(jdbc, client));
        }
    }

    private Outcome<Boolean> refuseToken(JdbcClient jdbc, Client client) {
        events.record(jdbc, AuthOutcome.MAILED_TOKEN_REFUSED, new Who(null, null, client.address()));
        return Outcome.refused(new Refusal.BadToken());
    }

    private Outcome<Boolean> readdress(JdbcClient jdbc, String token, Client client) {
        Optional<Account> account = tokens.peek(jdbc, token, Purpose.CHANGE_ADDRESS)
                .flatMap(u -> accounts.locked(jdbc, u.account()))
                .filter(a -> !a.disabled());
        Optional<MailAddress> address = account.flatMap(_ -> tokens.use(jdbc, token, Purpose.CHANGE_ADDRESS))
                .flatMap(u -> MailAddress.parse(u.address()));
        if (address.isEmpty() || !accounts.readdress(jdbc, account.orElseThrow().id(), address.get())) {
            return refuseToken(jdbc, client);
        }
        events.record(jdbc, AuthOutcome.ADDRESS_CHANGED, new Who(account.get().id(), null, client.address()));
        notices.changed(account.get().email(), "Your account has another mail address now; this one is no longer its.");
        return Outcome.done(true);
    }

    /** False for an account that was made by way of a provider, until its person chooses a password. */
    public boolean hasPassword(Session session) {
        return transactions
                .in(jdbc -> accounts.password(jdbc, session.account()))
                .isPresent();
    }

    public List<Session> sessions(Session session) {
        return transactions.in(jdbc -> sessions.of(jdbc, session.account()));
    }

    /** Ends one of the person's own sessions. */
    public Outcome<Boolean> endSession(Session session, UUID other, Client client) {
        return transactions.in(jdbc -> {
            if (!sessions.end(jdbc, session.account(), other, "ended-by-owner")) {
                return Outcome.refused(new Refusal.NotFound());
            }
            events.record(jdbc, AuthOutcome.SESSION_ENDED, new Who(session.account(), other, client.address()));
            return Outcome.done(true);
        });
    }

    /** Signs out everywhere, here too. */
    public void endSessions(Session session, Client client) {
        transactions.in(jdbc -> {
            tokens.forgetAll(jdbc, session.account());
            sessions.endAll(jdbc, session.account(), "signed-out-everywhere");
            events.record(jdbc, AuthOutcome.SESSIONS_ENDED, who(session, client));
            accounts.byId(jdbc, session.account())
                    .ifPresent(account -> notices.changed(account.email(), "All sessions of your account were ended."));
            return true;
        });
    }

    /**
     * Deletes the account with everything that signs it in.
     *
     * @param farewell leaves the workspaces; a refusal keeps the account
     */
    public Outcome<Boolean> delete(Session session, Farewell farewell, Client client) {
        if (!sessions.fresh(session)) {
            return Outcome.refused(new Refusal.ProofNeeded());
        }
        var person = new Caller.Person(session.account(), session.id(), true);
        if (farewell.leave(person) instanceof Outcome.Refused<Boolean> refused) {
            return refused;
        }
        Outcome<Boolean> deleted = delete(session, client);
        if (deleted instanceof Outcome.Done<Boolean>) {
            farewell.sweep(person);
        }
        return deleted;
    }

    private Outcome<Boolean> delete(Session session, Client client) {
        return transactions.in(jdbc -> {
            Optional<Account> account = accounts.byId(jdbc, session.account());
            if (account.isEmpty() || !accounts.delete(jdbc, session.account())) {
                return Outcome.refused(new Refusal.NotFound());
            }
            events.record(jdbc, AuthOutcome.ACCOUNT_DELETED, who(session, client));
            events.erase(jdbc, session.account());
            notices.changed(account.get().email(), "Your account was deleted, with everything that signed it in.");
            return Outcome.done(true);
        });
    }

    private static Who who(Session session, Client client) {
        return new Who(session.account(), session.id(), client.address());
    }
}
