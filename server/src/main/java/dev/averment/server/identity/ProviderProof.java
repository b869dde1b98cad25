package dev.averment.server.identity;

import dev.averment.server.identity.ProviderDoor.End;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.factor.Factors;
import dev.averment.server.identity.factor.Tickets;
import dev.averment.server.identity.provider.Flow;
import dev.averment.server.identity.provider.Flow.Purpose;
import dev.averment.server.identity.provider.FlowSecrets;
import dev.averment.server.identity.provider.Flows;
import dev.averment.server.identity.provider.Flows.Begun;
import dev.averment.server.identity.provider.Link;
import dev.averment.server.identity.provider.Links;
import dev.averment.server.identity.provider.Provider;
import dev.averment.server.identity.provider.ProviderException;
import dev.averment.server.identity.provider.ProviderIdentity;
import dev.averment.server.identity.provider.Providers;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A proof by way of a provider: the person of an open session is sent there, is asked anew, and comes back. It counts only if
 * the provider says that it asked after the browser had been sent away; its own session, however young, proves nothing here.
 */
public final class ProviderProof {
    /** Between the provider's clock and this machine's. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final Providers providers;
    private final Flows flows;
    private final Links links;
    private final Factors factors;
    private final Tickets tickets;
    private final Sessions sessions;
    private final IdentityLimits limits;
    private final AuthEvents events;

    public ProviderProof(
            IdentityTransactions transactions,
            AccountRegister accounts,
            Providers providers,
            Flows flows,
            Links links,
            Factors factors,
            Tickets tickets,
            Sessions sessions,
            IdentityLimits limits,
            AuthEvents events) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.providers = providers;
        this.flows = flows;
        this.links = links;
        this.factors = factors;
        this.tickets = tickets;
        this.sessions = sessions;
        this.limits = limits;
        this.events = events;
    }

    /** Providers by which the person of a session can prove to be there. */
    public List<Provider> ways(Session session) {
        return transactions.in(jdbc -> links.of(jdbc, session.account())).stream()
                .flatMap(link -> providers.byIssuer(link.issuer()).stream())
                .toList();
    }

    /** Sends the browser away; {@code target} is where it goes in the end. */
    public Outcome<Begun> begin(Session session, String id, String target, Client client) {
        Optional<Provider> provider =
                ways(session).stream().filter(p -> p.id().equals(id)).findFirst();
        Optional<String> own = ReturnTargets.own(target);
        if (provider.isEmpty() || own.isEmpty()) {
            return Outcome.refused(new Refusal.NotFound());
        }
        Optional<IdentityLimits.Wait> wait = limits.provider(client);
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        FlowSecrets secrets = FlowSecrets.make();
        try {
            var location = providers.authorization(provider.get(), Purpose.PROVE, secrets);
            return transactions.in(jdbc -> {
                flows.keep(jdbc, secrets, id, Purpose.PROVE, session.account(), session.id(), own.get());
                return Outcome.done(
                        new Begun(location, secrets.browser(), provider.get().flowSameSite()));
            });
        } catch (ProviderException e) {
            return Outcome.refused(ProviderDoor.unreachable(provider.get(), e));
        }
    }

    /** Takes the word of a provider for the session that asked for it, if the browser holds no other. */
    Outcome<End> prove(Provider provider, Flow flow, Optional<Session> present, Client client) {
        UUID account = flow.account().orElseThrow();
        UUID asked = flow.session().orElseThrow();
        ProviderIdentity who = flow.identity().orElseThrow();
        return transactions.in(jdbc -> {
            boolean there = accounts.locked(jdbc, account).isPresent();
            var person = new Who(there ? account : null, there ? asked : null, client.address());
            Optional<Session> session = sessions.of(jdbc, account).stream()
                    .filter(s -> s.id().equals(asked))
                    .findFirst();
            Optional<Link> link =
                    links.locked(jdbc, who).filter(l -> l.account().equals(account));
            String wrong = wrong(session, link, who, flow, present);
            if (wrong != null) {
                events.record(
                        jdbc,
                        AuthOutcome.PROOF_REFUSED,
                        person,
                        ProviderDoor.about(provider).with("reason", wrong));
                return Outcome.refused(wrong.equals("auth-time") ? notAsked(provider) : notYours(provider));
            }
            links.used(jdbc, link.orElseThrow());
            if (factors.any(jdbc, account)) {
                events.record(jdbc, AuthOutcome.FACTOR_ASKED, person);
                return Outcome.done(new End.FactorNeeded(
                        new Arrival.FactorNeeded(
                                tickets.forProof(jdbc, account, asked, Set.of(ProviderDoor.SHOWN)),
                                factors.methods(jdbc, account)),
                        flow.target()));
            }
            sessions.proven(
                    jdbc, asked, session.orElseThrow().factors(), who.asked().orElseThrow());
            events.record(jdbc, AuthOutcome.PROOF_REPEATED, person, ProviderDoor.about(provider));
            return Outcome.done(new End.Proven(asked, flow.target()));
        });
    }

    private static @Nullable String wrong(
            Optional<Session> session,
            Optional<Link> link,
            ProviderIdentity who,
            Flow flow,
            Optional<Session> present) {
        if (session.isEmpty()
                || present.stream().anyMatch(s -> !s.id().equals(session.get().id()))) {
            return "session";
        }
        if (link.isEmpty()) {
            return "somebody-else";
        }
        Instant earliest = flow.begun().minus(SKEW);
        return who.asked().filter(at -> !at.isBefore(earliest)).isPresent() ? null : "auth-time";
    }

    private static Refusal notAsked(Provider provider) {
        return new Refusal.Conflict(
                "provider-asked-nothing",
                provider.name() + " does not say that it has just asked who you are, so this proves nothing. Show your"
                        + " password or a passkey instead; whoever has neither asks for a new password.");
    }

    private static Refusal notYours(Provider provider) {
        return new Refusal.Conflict(
                "proof-of-another",
                "The session that asked is over, or whoever signed in at " + provider.name()
                        + " is not the one that your account is linked with. Nothing was changed. Begin again.");
    }
}
