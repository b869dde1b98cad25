package dev.averment.server.identity;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.factor.Ceremony;
import dev.averment.server.identity.factor.Method;
import dev.averment.server.identity.factor.Passkeys;
import dev.averment.server.identity.factor.Passkeys.Assertion;
import dev.averment.server.identity.factor.Passkeys.Descriptor;
import dev.averment.server.identity.factor.Passkeys.Result;
import dev.averment.server.identity.factor.Tickets;
import dev.averment.server.identity.factor.Tickets.Purpose;
import dev.averment.server.identity.factor.Tickets.Ticket;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Passkeys at the door: instead of a password, beside one, and to prove again that somebody is there. A passkey that stands
 * alone has to ask for a fingerprint or PIN, which makes it two factors in one.
 */
public final class PasskeyDoor {
    static final Refusal REFUSED = new Refusal.Invalid(
            "passkey-refused",
            "This passkey was not taken: it is not known here, was made for another site, or answers a challenge that was"
                    + " used or is too old. Ask for new options, and try again.");

    /** What a session bears besides {@code passkey} when the passkey is known to lie in a device of its own. */
    public static final String HARDWARE = "hardware-key";

    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final Passkeys passkeys;
    private final Tickets tickets;
    private final Sessions sessions;
    private final Doorway doorway;
    private final IdentityLimits limits;
    private final AuthEvents events;
    private final Notices notices;

    public PasskeyDoor(
            IdentityTransactions transactions,
            AccountRegister accounts,
            Passkeys passkeys,
            Tickets tickets,
            Sessions sessions,
            Doorway doorway,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.tickets = tickets;
        this.sessions = sessions;
        this.doorway = doorway;
        this.limits = limits;
        this.events = events;
        this.notices = notices;
    }

    /**
     * What a browser needs to ask for a passkey.
     *
     * @param allowed        those of the account, none while it is not known whose it will be
     * @param userVerification whether it has to ask for a fingerprint or PIN
     */
    public record Question(byte[] challenge, List<Descriptor> allowed, boolean userVerification) {}

    /** Asks for any passkey of this server: whose it is, the passkey will say. */
    public Outcome<Question> ask(Client client) {
        return limits.ticket(client)
                .<Outcome<Question>>map(wait -> Outcome.refused(new Refusal.Limited(wait.time())))
                .orElseGet(() -> transactions.in(jdbc -> Outcome.done(question(jdbc, Ceremony.signIn(), List.of()))));
    }

    /** Opens a session for a passkey alone. */
    public Outcome<Arrival> signIn(Assertion assertion, Client client) {
        return limits.ticket(client)
                .<Outcome<Arrival>>map(wait -> Outcome.refused(new Refusal.Limited(wait.time())))
                .orElseGet(() -> transactions.in(jdbc -> {
                    Result result = passkeys.verify(jdbc, Ceremony.signIn(), assertion);
                    Optional<UUID> owner = result instanceof Result.Accepted a
                            ? Optional.of(a.passkey().account())
                            : Optional.empty();
                    Optional<Account> account = owner.flatMap(id -> accounts.byId(jdbc, id));
                    if (account.isEmpty() || !(result instanceof Result.Accepted accepted)) {
                        return Outcome.refused(refuse(jdbc, result, Optional.empty(), client));
                    }
                    Optional<Refusal> barred = doorway.barred(jdbc, account.get(), client);
                    if (barred.isPresent()) {
                        return Outcome.refused(barred.get());
                    }
                    var who = new Who(account.get().id(), null, client.address());
                    accept(jdbc, accepted, who);
                    return Outcome.done(doorway.enter(jdbc, account.get(), with(Set.of(), accepted), client));
                }));
    }

    /** Asks for a passkey of the account that a ticket is of. */
    public Outcome<Question> askBeside(String token, Client client) {
        return limits.ticket(client)
                .<Outcome<Question>>map(wait -> Outcome.refused(new Refusal.Limited(wait.time())))
                .orElseGet(() -> transactions.in(jdbc -> tickets.lock(jdbc, token, Purpose.SIGN_IN)
                        .<Outcome<Question>>map(ticket -> Outcome.done(question(
                                jdbc,
                                Ceremony.secondFactor(ticket.account()),
                                passkeys.descriptors(jdbc, ticket.account()))))
                        .orElseGet(() -> refuseTicket(jdbc, client))));
    }

    /** Opens a session for a ticket of a sign-in and a passkey. */
    public Outcome<Arrival> signInBeside(String token, Assertion assertion, Client client) {
        return limits.ticket(client)
                .<Outcome<Arrival>>map(wait -> Outcome.refused(new Refusal.Limited(wait.time())))
                .orElseGet(() -> transactions.in(jdbc -> {
                    Optional<Ticket> ticket = tickets.lock(jdbc, token, Purpose.SIGN_IN);
                    Optional<Account> account = ticket.flatMap(t -> accounts.byId(jdbc, t.account()));
                    if (account.isEmpty()) {
                        return refuseTicket(jdbc, client);
                    }
                    UUID id = account.get().id();
                    Result result = passkeys.verify(jdbc, Ceremony.secondFactor(id), assertion);
                    if (!(result instanceof Result.Accepted accepted)) {
                        return Outcome.refused(refuse(jdbc, result, Optional.empty(), client));
                    }
                    accept(jdbc, accepted, new Who(id, null, client.address()));
                    tickets.use(jdbc, token);
                    return Outcome.done(
                            doorway.enter(jdbc, account.get(), with(ticket.get().shown(), accepted), client));
                }));
    }

    /** Asks for a passkey of the person whose session this is. */
    public Question askAgain(Session session) {
        return transactions.in(jdbc -> question(
                jdbc, Ceremony.prove(session.account(), session.id()), passkeys.descriptors(jdbc, session.account())));
    }

    /** Makes an open session fresh: a passkey with fingerprint or PIN is as much as password and code. */
    public Outcome<Boolean> prove(Session session, Assertion assertion, Client client) {
        return transactions.in(jdbc -> {
            Result result = passkeys.verify(jdbc, Ceremony.prove(session.account(), session.id()), assertion);
            if (!(result instanceof Result.Accepted accepted)) {
                return Outcome.refused(refuse(jdbc, result, Optional.of(session), client));
            }
            var who = new Who(session.account(), session.id(), client.address());
            accept(jdbc, accepted, who);
            sessions.proven(jdbc, session.id(), with(session.factors(), accepted));
            events.record(jdbc, AuthOutcome.PROOF_REPEATED, who);
            return Outcome.done(true);
        });
    }

    private Question question(JdbcClient jdbc, Ceremony ceremony, List<Descriptor> allowed) {
        return new Question(passkeys.challenge(jdbc, ceremony), allowed, ceremony.userVerification());
    }

    private static Set<String> with(Set<String> shown, Result.Accepted accepted) {
        var all = new HashSet<>(shown);
        all.add(Method.PASSKEY.word());
        if (accepted.passkey().hardware()) {
            all.add(HARDWARE);
        }
        return all;
    }

    private void accept(JdbcClient jdbc, Result.Accepted accepted, Who who) {
        events.record(
                jdbc,
                AuthOutcome.PASSKEY_ACCEPTED,
                who,
                JsonObject.of("hardware", accepted.passkey().hardware(), "userVerified", accepted.userVerified()));
    }

    private Refusal refuse(JdbcClient jdbc, Result result, Optional<Session> session, Client client) {
        UUID open = session.map(Session::id).orElse(null);
        switch (result) {
            case Result.Regressed regressed -> {
                UUID owner = regressed.passkey().account();
                events.record(jdbc, AuthOutcome.PASSKEY_COUNTER_REGRESSED, new Who(owner, open, client.address()));
                accounts.byId(jdbc, owner)
                        .ifPresent(
                                account -> notices.changed(
                                        account.email(),
                                        "A passkey of your account (\""
                                                + regressed.passkey().name() + "\") was refused, because"
                                                + " its count of uses did not rise. Somebody may hold a copy of it: remove it."));
            }
            case Result.Refused refused ->
                events.record(
                        jdbc,
                        AuthOutcome.PASSKEY_REFUSED,
                        new Who(refused.account().orElse(null), open, client.address()),
                        JsonObject.of("reason", refused.reason()));
            case Result.Accepted _ ->
                // Its owner has gone between the two looks.
                events.record(
                        jdbc,
                        AuthOutcome.PASSKEY_REFUSED,
                        new Who(null, open, client.address()),
                        JsonObject.of("reason", "unknown-credential"));
        }
        return REFUSED;
    }

    private <T> Outcome<T> refuseTicket(JdbcClient jdbc, Client client) {
        events.record(jdbc, AuthOutcome.FACTOR_TICKET_REFUSED, new Who(null, null, client.address()));
        return Outcome.refused(new Refusal.BadToken());
    }
}
