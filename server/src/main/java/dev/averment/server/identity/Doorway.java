package dev.averment.server.identity;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.factor.FactorPolicy;
import dev.averment.server.identity.factor.FactorPolicy.Demand;
import dev.averment.server.identity.factor.Factors;
import dev.averment.server.identity.factor.Method;
import dev.averment.server.identity.factor.Tickets;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.session.Sessions.Credentials;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The one place where sessions are opened. Every way in ends here with what the person has shown, so that none of them can
 * forget the second factor (ASVS 6.3.4).
 */
public final class Doorway {
    /** What makes a second factor needless: one that has been shown, or a passkey that asked for a fingerprint or PIN. */
    private static final Set<String> ENOUGH = Set.of("totp", "recovery-code", "passkey");

    private final AccountRegister accounts;
    private final Factors factors;
    private final Tickets tickets;
    private final Sessions sessions;
    private final FactorPolicy policy;
    private final AuthEvents events;
    private final InstantSource clock;

    public Doorway(
            AccountRegister accounts,
            Factors factors,
            Tickets tickets,
            Sessions sessions,
            FactorPolicy policy,
            AuthEvents events,
            InstantSource clock) {
        this.accounts = accounts;
        this.factors = factors;
        this.tickets = tickets;
        this.sessions = sessions;
        this.policy = policy;
        this.events = events;
        this.clock = clock;
    }

    /** Why an account may not sign in, whatever it shows; written down. */
    Optional<Refusal> barred(JdbcClient jdbc, Account account, Client client) {
        var stranger = new Who(account.id(), null, client.address());
        if (account.disabled()) {
            events.record(jdbc, AuthOutcome.SIGN_IN_DISABLED, stranger);
            return Optional.of(new Refusal.Disabled());
        }
        if (!account.verified()) {
            events.record(jdbc, AuthOutcome.SIGN_IN_UNVERIFIED, stranger);
            return Optional.of(new Refusal.Unverified());
        }
        return Optional.empty();
    }

    /** How the holder of a ticket may go on; empty when it is no good any more. */
    List<Method> waiting(JdbcClient jdbc, String ticket) {
        return tickets.lock(jdbc, ticket, Tickets.Purpose.SIGN_IN)
                .map(t -> factors.methods(jdbc, t.account()))
                .orElse(List.of());
    }

    /**
     * Opens a session, or asks for the second factor if the account has one and it was not shown.
     *
     * @param account that may sign in: confirmed, and not shut
     * @param shown   what it took to get here
     */
    Arrival enter(JdbcClient jdbc, Account account, Set<String> shown, Client client) {
        return enter(jdbc, account, shown, shown.stream().allMatch(ProviderDoor.SHOWN::equals), Session.NEVER, client);
    }

    /**
     * As the other, for somebody on whose behalf a provider speaks: his session there may be a week old, and a browser that was
     * left open goes through it without a question. Only what the provider says of when it asked counts as a proof.
     *
     * @param asked when the provider asked its person; {@link Session#NEVER} when it does not say
     */
    Arrival enter(JdbcClient jdbc, Account account, Instant asked, Client client) {
        return enter(jdbc, account, Set.of(ProviderDoor.SHOWN), true, asked, client);
    }

    private Arrival enter(
            JdbcClient jdbc, Account account, Set<String> shown, boolean elsewhere, Instant asked, Client client) {
        // A factor that is being enrolled at this moment is either seen here, or ends the session that is opened here.
        accounts.locked(jdbc, account.id());
        if (shown.stream().noneMatch(ENOUGH::contains) && factors.any(jdbc, account.id())) {
            events.record(jdbc, AuthOutcome.FACTOR_ASKED, new Who(account.id(), null, client.address()));
            return new Arrival.FactorNeeded(
                    tickets.forSignIn(jdbc, account.id(), shown), factors.methods(jdbc, account.id()));
        }
        Credentials credentials = sessions.open(
                jdbc, account.id(), shown, elsewhere ? asked : clock.instant(), client.program(), client.address());
        events.record(
                jdbc,
                AuthOutcome.SIGNED_IN,
                new Who(account.id(), credentials.session(), client.address()),
                JsonObject.of(
                        "factors", String.join(" ", shown.stream().sorted().toList())));
        Optional<Demand> demanded =
                account.operator() && !policy.satisfiedBy(shown) ? policy.demand() : Optional.empty();
        demanded.ifPresent(demand -> events.record(
                jdbc,
                AuthOutcome.OPERATOR_FACTOR_MISSING,
                new Who(account.id(), credentials.session(), client.address()),
                JsonObject.of("demanded", demand.word())));
        return new Arrival.Opened(credentials, demanded);
    }
}
