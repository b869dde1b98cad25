package dev.averment.server.identity;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.factor.AuthenticatorApps;
import dev.averment.server.identity.factor.Method;
import dev.averment.server.identity.factor.RecoveryCodes;
import dev.averment.server.identity.factor.Tickets;
import dev.averment.server.identity.factor.Tickets.Purpose;
import dev.averment.server.identity.factor.Tickets.Ticket;
import dev.averment.server.identity.factor.Verdict;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes the code that goes with a ticket: for a session, or to prove again that the person of an open one is there. Tries are
 * counted by account, so that neither many tickets nor many networks make more of them.
 */
public final class SecondFactor {
    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final AuthenticatorApps apps;
    private final RecoveryCodes codes;
    private final Tickets tickets;
    private final Sessions sessions;
    private final Doorway doorway;
    private final IdentityLimits limits;
    private final AuthEvents events;
    private final Notices notices;

    public SecondFactor(
            IdentityTransactions transactions,
            AccountRegister accounts,
            AuthenticatorApps apps,
            RecoveryCodes codes,
            Tickets tickets,
            Sessions sessions,
            Doorway doorway,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.apps = apps;
        this.codes = codes;
        this.tickets = tickets;
        this.sessions = sessions;
        this.doorway = doorway;
        this.limits = limits;
        this.events = events;
        this.notices = notices;
    }

    /** Opens a session for a ticket of a sign-in and a code. */
    public Outcome<Arrival> signIn(String token, String method, String code, Client client) {
        Optional<Refusal> early = early(method, client);
        if (early.isPresent()) {
            return Outcome.refused(early.get());
        }
        return transactions.in(jdbc -> {
            Optional<Ticket> ticket = tickets.lock(jdbc, token, Purpose.SIGN_IN);
            Optional<Account> account = ticket.flatMap(t -> accounts.byId(jdbc, t.account()));
            if (account.isEmpty()) {
                return refuseTicket(jdbc, new Who(null, null, client.address()));
            }
            var who = new Who(account.get().id(), null, client.address());
            Method shown = Method.of(method).orElseThrow();
            Optional<Refusal> refusal = take(jdbc, account.get(), shown, code, who, client);
            if (refusal.isPresent()) {
                return Outcome.refused(refusal.get());
            }
            tickets.use(jdbc, token);
            return Outcome.done(
                    doorway.enter(jdbc, account.get(), with(ticket.get().shown(), shown), client));
        });
    }

    /** Makes an open session fresh, for a ticket that it got for the password, and a code. */
    public Outcome<Boolean> prove(Session session, String token, String method, String code, Client client) {
        Optional<Refusal> early = early(method, client);
        if (early.isPresent()) {
            return Outcome.refused(early.get());
        }
        return transactions.in(jdbc -> {
            var who = new Who(session.account(), session.id(), client.address());
            Optional<Ticket> ticket = tickets.lock(jdbc, token, Purpose.PROVE)
                    .filter(t -> t.session().equals(Optional.of(session.id())));
            Optional<Account> account = ticket.flatMap(t -> accounts.byId(jdbc, t.account()));
            if (account.isEmpty()) {
                return refuseTicket(jdbc, who);
            }
            Method shown = Method.of(method).orElseThrow();
            Optional<Refusal> refusal = take(jdbc, account.get(), shown, code, who, client);
            if (refusal.isPresent()) {
                return Outcome.refused(refusal.get());
            }
            tickets.use(jdbc, token);
            sessions.proven(jdbc, session.id(), with(session.factors(), shown));
            events.record(jdbc, AuthOutcome.PROOF_REPEATED, who);
            return Outcome.done(true);
        });
    }

    private Optional<Refusal> early(String method, Client client) {
        if (Method.of(method).filter(m -> m != Method.PASSKEY).isEmpty()) {
            return Optional.of(new Refusal.Invalid(
                    "bad-method", "The method is totp or recovery-code. A passkey has routes of its own."));
        }
        return limits.ticket(client).map(wait -> new Refusal.Limited(wait.time()));
    }

    private <T> Outcome<T> refuseTicket(JdbcClient jdbc, Who who) {
        events.record(jdbc, AuthOutcome.FACTOR_TICKET_REFUSED, who);
        return Outcome.refused(new Refusal.BadToken());
    }

    static Set<String> with(Set<String> shown, Method method) {
        var all = new HashSet<>(shown);
        all.add(method.word());
        return all;
    }

    /** Empty when the code was good, and used up. */
    private Optional<Refusal> take(
            JdbcClient jdbc, Account account, Method method, String code, Who who, Client client) {
        Optional<IdentityLimits.Wait> wait = limits.factor(account.id());
        var about = JsonObject.of("method", method.word());
        if (wait.isPresent()) {
            if (wait.get().first()) {
                events.record(jdbc, AuthOutcome.FACTOR_LIMITED, who, about);
            }
            // The mails are limited themselves: whoever goes on trying fills no mailbox.
            if (wait.get().first() && limits.mail(account.email(), client).isEmpty()) {
                notices.changed(
                        account.email(),
                        "Somebody who knows the password of your account has tried too many codes of the second factor.");
            }
            return Optional.of(new Refusal.Limited(wait.get().time()));
        }
        UUID id = account.id();
        Verdict verdict = method == Method.TOTP ? apps.take(jdbc, id, code) : codes.take(jdbc, id, code);
        switch (verdict) {
            case ACCEPTED -> {
                if (method == Method.RECOVERY_CODE) {
                    int left = codes.left(jdbc, id);
                    events.record(jdbc, AuthOutcome.RECOVERY_CODE_USED, who, JsonObject.of("left", left));
                    notices.changed(
                            account.email(),
                            "A recovery code of your account was used; " + left + " are left. Whoever has lost an"
                                    + " authenticator app should remove it and enrol another.");
                } else {
                    events.record(jdbc, AuthOutcome.FACTOR_ACCEPTED, who, about);
                }
                return Optional.empty();
            }
            case REPLAYED -> events.record(jdbc, AuthOutcome.FACTOR_REPLAYED, who, about);
            case REFUSED -> events.record(jdbc, AuthOutcome.FACTOR_REFUSED, who, about);
        }
        return Optional.of(new Refusal.WrongCredentials());
    }
}
