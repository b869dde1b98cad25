package dev.averment.server.identity;

import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who somebody's own account is at providers. A link is made by the account's person alone, with a fresh proof both when it is
 * asked for and when it is made; no address brings one about. It can be taken away while another way in is left.
 */
public final class ProviderLinks {
    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final Providers providers;
    private final Flows flows;
    private final Links links;
    private final Tickets tickets;
    private final Sessions sessions;
    private final IdentityLimits limits;
    private final AuthEvents events;
    private final Notices notices;
    private final FreshChange change;

    public ProviderLinks(
            IdentityTransactions transactions,
            AccountRegister accounts,
            Providers providers,
            Flows flows,
            Links links,
            Tickets tickets,
            Sessions sessions,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.providers = providers;
        this.flows = flows;
        this.links = links;
        this.tickets = tickets;
        this.sessions = sessions;
        this.limits = limits;
        this.events = events;
        this.notices = notices;
        this.change = new FreshChange(transactions, accounts, sessions);
    }

    /**
     * A link as its person sees it.
     *
     * @param provider absent when the operator has taken it away: the link opens nothing then
     */
    public record Seen(Link link, Optional<Provider> provider) {
        /** As people know the provider; its issuer where the operator has taken it away. */
        public String name() {
            return provider.map(Provider::name).orElse(link.issuer());
        }
    }

    public List<Seen> of(Session session) {
        return transactions.in(jdbc -> links.of(jdbc, session.account())).stream()
                .map(link -> new Seen(link, providers.byIssuer(link.issuer())))
                .toList();
    }

    /** Begins to link the account of {@code session} with whoever its person is at the provider. */
    public Outcome<Begun> begin(Session session, String id, String target, Client client) {
        Optional<Provider> provider = providers.find(id);
        Optional<String> own = ReturnTargets.own(target);
        if (provider.isEmpty() || own.isEmpty()) {
            return Outcome.refused(new Refusal.NotFound());
        }
        Optional<IdentityLimits.Wait> wait = limits.provider(client);
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        if (!sessions.fresh(session)) {
            return Outcome.refused(new Refusal.ProofNeeded());
        }
        FlowSecrets secrets = FlowSecrets.make();
        try {
            var location = providers.authorization(provider.get(), Purpose.LINK, secrets);
            return change.by(session, (jdbc, account) -> {
                if (has(jdbc, account, provider.get())) {
                    return Outcome.refused(linkedAlready(provider.get()));
                }
                flows.keep(jdbc, secrets, id, Purpose.LINK, account.id(), session.id(), own.get());
                return Outcome.done(
                        new Begun(location, secrets.browser(), provider.get().flowSameSite()));
            });
        } catch (ProviderException e) {
            return Outcome.refused(ProviderDoor.unreachable(provider.get(), e));
        }
    }

    private boolean has(JdbcClient jdbc, Account account, Provider provider) {
        return links.of(jdbc, account.id()).stream()
                .anyMatch(l -> l.issuer().equals(provider.issuer().toString()));
    }

    private static Refusal linkedAlready(Provider provider) {
        return new Refusal.Conflict(
                "linked-already",
                "Your account is linked with one of " + provider.name() + " already. Remove that link first.");
    }

    /**
     * Makes the link that {@code flow} was begun for, if the session that asked for it is still open and fresh and the browser
     * holds no other.
     */
    Outcome<ProviderDoor.End> link(Provider provider, Flow flow, Optional<Session> present, Client client) {
        ProviderIdentity who = flow.identity().orElseThrow();
        UUID asked = flow.session().orElseThrow();
        Optional<Session> session = transactions
                .in(jdbc -> sessions.of(jdbc, flow.account().orElseThrow()))
                .stream()
                .filter(s -> s.id().equals(asked))
                .findFirst();
        var person = new Who(flow.account().orElseThrow(), asked, client.address());
        if (session.isEmpty() || present.stream().anyMatch(s -> !s.id().equals(asked))) {
            return Outcome.refused(refuse(
                    provider,
                    person,
                    "session",
                    new Refusal.Invalid(
                            "link-session",
                            "The session that asked for this link is over, or this browser has another one now."
                                    + " Nothing was linked. Begin again.")));
        }
        try {
            return switch (change.by(
                    session.get(), (jdbc, account) -> make(jdbc, provider, who, account, session.get(), client))) {
                case Outcome.Done<Boolean> _ -> Outcome.done(new ProviderDoor.End.Linked(flow.target()));
                case Outcome.Refused<Boolean> refused
                when refused.why() instanceof Refusal.ProofNeeded ->
                    Outcome.refused(refuse(provider, person, "proof", refused.why()));
                case Outcome.Refused<Boolean> refused -> Outcome.refused(refused.why());
            };
        } catch (DuplicateKeyException e) {
            return Outcome.refused(refuse(provider, person, "raced", linkedAlready(provider)));
        }
    }

    private Outcome<Boolean> make(
            JdbcClient jdbc, Provider provider, ProviderIdentity who, Account account, Session session, Client client) {
        var person = new Who(account.id(), session.id(), client.address());
        Optional<Link> taken = links.find(jdbc, who);
        if (taken.isPresent() || has(jdbc, account, provider)) {
            String reason = taken.isPresent() && !taken.get().account().equals(account.id())
                    ? "of-another-account"
                    : "linked-already";
            events.record(
                    jdbc,
                    AuthOutcome.PROVIDER_LINK_REFUSED,
                    person,
                    ProviderDoor.about(provider).with("reason", reason));
            return Outcome.refused(
                    reason.equals("linked-already")
                            ? linkedAlready(provider)
                            : new Refusal.Conflict(
                                    reason,
                                    "That one of " + provider.name() + " is linked to another account here. Sign in to"
                                            + " that one and remove the link there first."));
        }
        links.make(jdbc, account.id(), who);
        sessions.endOthers(jdbc, account.id(), session.id(), "provider-linked");
        events.record(jdbc, AuthOutcome.PROVIDER_LINKED, person, ProviderDoor.about(provider));
        notices.changed(
                account.email(),
                "Your account was linked with one of " + provider.name()
                        + ", with which it can be signed in to from now" + " on. Your other sessions were ended.");
        return Outcome.done(true);
    }

    private Refusal refuse(Provider provider, Who person, String reason, Refusal why) {
        transactions.in(jdbc -> {
            // The account may be gone, and its key with it: then it happened to nobody.
            boolean there = person.account() != null
                    && accounts.byId(jdbc, person.account()).isPresent();
            events.record(
                    jdbc,
                    AuthOutcome.PROVIDER_LINK_REFUSED,
                    there ? person : new Who(null, null, person.address()),
                    ProviderDoor.about(provider).with("reason", reason));
            return true;
        });
        return why;
    }

    /** Takes a link away, unless nothing else would sign its account in. */
    public Outcome<Boolean> remove(Session session, UUID id, Client client) {
        return change.by(session, (jdbc, account) -> {
            List<Link> all = links.of(jdbc, account.id());
            Optional<Link> link = all.stream().filter(l -> l.id().equals(id)).findFirst();
            if (link.isEmpty()) {
                return Outcome.refused(new Refusal.NotFound());
            }
            var person = new Who(account.id(), session.id(), client.address());
            Optional<Provider> provider = providers.byIssuer(link.get().issuer());
            var about = dev.averment.evidence.json.JsonObject.of(
                    "issuer", link.get().issuer());
            // A passkey alone is no way in for everybody: one that asks for no finger and no PIN needs a password
            // beside it.
            boolean left = accounts.password(jdbc, account.id()).isPresent()
                    || all.stream()
                            .anyMatch(l -> !l.id().equals(id)
                                    && providers.byIssuer(l.issuer()).isPresent());
            if (!left) {
                events.record(jdbc, AuthOutcome.PROVIDER_UNLINK_REFUSED, person, about);
                return Outcome.refused(new Refusal.Conflict(
                        "last-way-in",
                        "This is the only way into your account. Choose a password first (ask for a new one), or link"
                                + " another provider; then remove this link."));
            }
            // What was begun by it must not outlive it either: ways to the provider, and tickets for a second factor.
            flows.forget(jdbc, link.get());
            tickets.forget(jdbc, account.id());
            links.remove(jdbc, account.id(), id);
            // Sessions that the link has opened must not outlive it.
            sessions.endOthers(jdbc, account.id(), session.id(), "provider-unlinked");
            events.record(jdbc, AuthOutcome.PROVIDER_UNLINKED, person, about);
            notices.changed(
                    account.email(),
                    "The link of your account with one of "
                            + provider.map(Provider::name).orElse(link.get().issuer())
                            + " was removed. Your other sessions were ended.");
            return Outcome.done(true);
        });
    }
}
