package dev.averment.server.identity;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.account.MailAddress;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.factor.Method;
import dev.averment.server.identity.password.Passwords;
import dev.averment.server.identity.password.StoredHash;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.session.Sessions.Credentials;
import dev.averment.server.identity.session.Sessions.Refreshed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signs people in by their password, keeps them signed in, and signs them out. */
public final class SignIn {
    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final Passwords passwords;
    private final Sessions sessions;
    private final IdentityLimits limits;
    private final AuthEvents events;
    private final Notices notices;
    private final Doorway doorway;

    public SignIn(
            IdentityTransactions transactions,
            AccountRegister accounts,
            Passwords passwords,
            Sessions sessions,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices,
            Doorway doorway) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.limits = limits;
        this.events = events;
        this.notices = notices;
        this.doorway = doorway;
    }

    private record Candidate(
            @Nullable Account account, @Nullable String encoded) {}

    /**
     * Lets in whoever knows the password, or asks for the second factor. A wrong address takes as long as a wrong password and gets the same
     * answer. The hash is computed outside of any transaction: it takes a good part of a second.
     */
    public Outcome<Arrival> byPassword(String typedAddress, String password, Client client) {
        Optional<MailAddress> address = MailAddress.parse(typedAddress);
        Optional<IdentityLimits.Wait> wait =
                limits.signIn(address.map(MailAddress::text).orElse("none"), client);
        Candidate candidate = address.isEmpty()
                ? new Candidate(null, null)
                : transactions.in(jdbc -> {
                    Account account = accounts.byAddress(jdbc, address.get()).orElse(null);
                    return new Candidate(
                            account,
                            account == null
                                    ? null
                                    : accounts.password(jdbc, account.id()).orElse(null));
                });
        if (wait.isPresent()) {
            if (wait.get().first()) {
                record(AuthOutcome.SIGN_IN_LIMITED, candidate, client);
            }
            tellOwner(candidate.account());
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        Optional<Passwords.Comparison> comparison =
                passwords.compare(password, Optional.ofNullable(candidate.encoded()));
        if (comparison.isEmpty()) {
            record(AuthOutcome.SIGN_IN_SHED, candidate, client);
            return Outcome.refused(new Refusal.Overloaded());
        }
        Account account = candidate.account();
        if (account == null || !comparison.get().matches()) {
            record(
                    account == null ? AuthOutcome.SIGN_IN_UNKNOWN : AuthOutcome.SIGN_IN_WRONG_PASSWORD,
                    candidate,
                    client);
            return Outcome.refused(new Refusal.WrongCredentials());
        }
        Optional<StoredHash> stronger = comparison.get().outdated() ? passwords.hash(password) : Optional.empty();
        return transactions.in(jdbc -> open(jdbc, account, candidate, stronger, client));
    }

    private Outcome<Arrival> open(
            org.springframework.jdbc.core.simple.JdbcClient jdbc,
            Account seen,
            Candidate candidate,
            Optional<StoredHash> stronger,
            Client client) {
        var stranger = new Who(seen.id(), null, client.address());
        // What was compared may be an hour old by now in a bad moment: the account and its password must still be
        // those, and stay so until the session is open.
        Optional<Account> current = accounts.locked(jdbc, seen.id());
        boolean same = current.isPresent()
                && accounts.password(jdbc, seen.id()).equals(Optional.ofNullable(candidate.encoded()));
        if (!same) {
            events.record(jdbc, AuthOutcome.SIGN_IN_WRONG_PASSWORD, stranger);
            return Outcome.refused(new Refusal.WrongCredentials());
        }
        Optional<Refusal> barred = doorway.barred(jdbc, current.get(), client);
        if (barred.isPresent()) {
            return Outcome.refused(barred.get());
        }
        Arrival arrival = doorway.enter(jdbc, current.get(), Set.of("password"), client);
        stronger.ifPresent(hash -> {
            if (accounts.upgradePassword(jdbc, seen.id(), String.valueOf(candidate.encoded()), hash)) {
                events.record(
                        jdbc,
                        AuthOutcome.PASSWORD_UPGRADED,
                        stranger,
                        JsonObject.of("scheme", hash.scheme().word()));
            }
        });
        return Outcome.done(arrival);
    }

    /** Somebody tries one password after the other: whose account it is should know (ASVS 6.3.5). */
    private void tellOwner(@Nullable Account account) {
        if (account != null && limits.tellsOwner(account.id())) {
            notices.changed(
                    account.email(),
                    "Somebody tried to sign in to your account many times within minutes. Further tries are refused for a"
                            + " while, right or wrong.");
        }
    }

    private void record(AuthOutcome outcome, Candidate candidate, Client client) {
        Account account = candidate.account();
        transactions.in(jdbc -> {
            events.record(jdbc, outcome, new Who(account == null ? null : account.id(), null, client.address()));
            return true;
        });
    }

    /** Exchanges a refresh token for the next one. A copy of a used one ends the session, and its owner is told. */
    public Outcome<Credentials> refresh(String token, Client client) {
        Optional<IdentityLimits.Wait> wait = limits.refresh(client);
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        return transactions.in(jdbc -> switch (sessions.refresh(jdbc, token)) {
            case Refreshed.Granted granted -> {
                Session session = granted.session();
                events.record(
                        jdbc,
                        AuthOutcome.SESSION_REFRESHED,
                        new Who(session.account(), session.id(), client.address()),
                        JsonObject.of("repeated", granted.repeated()));
                yield Outcome.done(granted.credentials());
            }
            case Refreshed.Reused reused -> {
                Session session = reused.session();
                events.record(
                        jdbc, AuthOutcome.REFRESH_REUSED, new Who(session.account(), session.id(), client.address()));
                accounts.byId(jdbc, session.account())
                        .ifPresent(account -> notices.changed(
                                account.email(),
                                "A session of yours was ended, because a copy of its token was used."
                                        + " Somebody may have taken it from one of your devices."));
                yield Outcome.refused(new Refusal.WrongCredentials());
            }
            case Refreshed.Refused _ -> {
                events.record(jdbc, AuthOutcome.REFRESH_REFUSED, new Who(null, null, client.address()));
                yield Outcome.refused(new Refusal.WrongCredentials());
            }
        });
    }

    /** Ends the session that asks for it. */
    public void signOut(Session session, Client client) {
        transactions.in(jdbc -> {
            if (sessions.end(jdbc, session.account(), session.id(), "signed-out")) {
                events.record(jdbc, AuthOutcome.SIGNED_OUT, new Who(session.account(), session.id(), client.address()));
            }
            return true;
        });
    }

    /** Another cookie for a session that may do more from now on; empty when it has ended. */
    public Optional<String> renew(Session session) {
        return transactions.in(jdbc -> sessions.renew(jdbc, session));
    }

    /** How the holder of a sign-in's ticket may go on; empty when the ticket is no good any more. */
    public List<Method> waiting(String ticket) {
        return transactions.in(jdbc -> doorway.waiting(jdbc, ticket));
    }

    /** The live session that a cookie stands for; looked up at every request, so that an ended one is refused at once. */
    public Optional<Session> byCookie(String cookie) {
        return transactions.in(jdbc -> sessions.byCookie(jdbc, cookie));
    }

    /** The live session that an access token is of. */
    public Optional<Session> byAccessToken(String token) {
        return transactions.in(jdbc -> sessions.byAccessToken(jdbc, token));
    }
}
