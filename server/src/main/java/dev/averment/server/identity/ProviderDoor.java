package dev.averment.server.identity;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.account.MailAddress;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
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
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Signs people in on the word of a provider, in three steps: away to it, back from it with a code, and on within this site.
 * The last is where the session is opened: a browser that comes from another site brings no cookie that is SameSite=Strict,
 * and one that is set then would not come along with what it is sent to next.
 */
public final class ProviderDoor {
    /** What a session has shown; whatever the provider says of its own second factors is not counted (ASVS 6.8.4). */
    static final String SHOWN = "provider";

    private static final int LONGEST_CODE = 4096;
    private static final Logger LOG = LoggerFactory.getLogger(ProviderDoor.class);

    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final Providers providers;
    private final Flows flows;
    private final Links links;
    private final ProviderLinks linking;
    private final ProviderProof proof;
    private final Doorway doorway;
    private final IdentityLimits limits;
    private final AuthEvents events;
    private final Notices notices;

    public ProviderDoor(
            IdentityTransactions transactions,
            AccountRegister accounts,
            Providers providers,
            Flows flows,
            Links links,
            ProviderLinks linking,
            ProviderProof proof,
            Doorway doorway,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.providers = providers;
        this.flows = flows;
        this.links = links;
        this.linking = linking;
        this.proof = proof;
        this.doorway = doorway;
        this.limits = limits;
        this.events = events;
        this.notices = notices;
    }

    /**
     * What a provider sent back by way of the browser; every word of it may be anybody's.
     *
     * @param state  empty when there was none, as are the others
     * @param issuer that the answer says it comes from
     */
    public record Answer(String state, String code, String error, String issuer) {
        @Override
        public String toString() {
            return "an answer of a provider";
        }
    }

    /** How it ends: somebody arrived, or an account has been linked. */
    public sealed interface End {
        /** Own path where the browser goes. */
        String target();

        record Entered(Arrival arrival, String target) implements End {}

        record Linked(String target) implements End {}

        /** An open session counts as fresh again. */
        record Proven(UUID session, String target) implements End {}

        /** What is still to be shown before it does. */
        record FactorNeeded(Arrival.FactorNeeded needed, String target) implements End {}
    }

    /** Begins a sign-in. */
    public Outcome<Begun> begin(String id, String target, Client client) {
        Optional<Provider> provider = providers.find(id);
        Optional<String> own = ReturnTargets.own(target);
        if (provider.isEmpty() || own.isEmpty()) {
            return Outcome.refused(new Refusal.NotFound());
        }
        Optional<Refusal> limited = limited(provider.get(), client);
        if (limited.isPresent()) {
            return Outcome.refused(limited.get());
        }
        FlowSecrets secrets = FlowSecrets.make();
        try {
            var location = providers.authorization(provider.get(), Purpose.SIGN_IN, secrets);
            return transactions.in(jdbc -> {
                flows.keep(jdbc, secrets, id, Purpose.SIGN_IN, null, null, own.get());
                return Outcome.done(
                        new Begun(location, secrets.browser(), provider.get().flowSameSite()));
            });
        } catch (ProviderException e) {
            return Outcome.refused(refuse(provider.get(), e, client));
        }
    }

    private Optional<Refusal> limited(Provider provider, Client client) {
        Optional<IdentityLimits.Wait> wait = limits.provider(client);
        wait.filter(IdentityLimits.Wait::first)
                .ifPresent(_ -> transactions.in(jdbc -> {
                    events.record(jdbc, AuthOutcome.PROVIDER_LIMITED, stranger(client), about(provider));
                    return true;
                }));
        return wait.map(w -> new Refusal.Limited(w.time()));
    }

    /** Takes a provider's answer in, and finds out whom it is about. Nobody is signed in by that yet. */
    public Outcome<Boolean> returned(String id, Answer answer, String cookie, Client client) {
        Optional<Provider> found = providers.find(id);
        if (found.isEmpty()) {
            return Outcome.refused(new Refusal.NotFound());
        }
        Provider provider = found.get();
        Optional<Refusal> limited = limited(provider, client);
        if (limited.isPresent()) {
            return Outcome.refused(limited.get());
        }
        Optional<FlowSecrets> secrets = FlowSecrets.of(answer.state(), cookie);
        Flows.Checked checked = secrets.isEmpty()
                ? new Flows.Checked.Bad(cookie.isEmpty() ? "browser" : "state")
                : transactions.in(jdbc -> flows.returned(jdbc, secrets.get(), id));
        if (checked instanceof Flows.Checked.Bad bad) {
            return Outcome.refused(refuse(provider, bad.reason(), client));
        }
        if (!answer.error().isEmpty()) {
            return Outcome.refused(declined(provider, answer.error(), client));
        }
        if (answer.code().isEmpty() || answer.code().length() > LONGEST_CODE) {
            return Outcome.refused(refuse(provider, "code", client));
        }
        try {
            ProviderIdentity who = providers.identity(provider, answer.code(), answer.issuer(), secrets.orElseThrow());
            return transactions.in(jdbc -> {
                flows.identified(jdbc, secrets.orElseThrow(), who);
                return Outcome.done(true);
            });
        } catch (ProviderException e) {
            return Outcome.refused(refuse(provider, e, client));
        }
    }

    /**
     * Goes on with a browser that came back.
     *
     * @param present the session that the browser has, if any
     */
    public Outcome<End> goOn(String id, String cookie, Optional<Session> present, Client client) {
        Optional<Provider> found = providers.find(id);
        if (found.isEmpty()) {
            return Outcome.refused(new Refusal.NotFound());
        }
        Provider provider = found.get();
        Optional<Refusal> limited = limited(provider, client);
        if (limited.isPresent()) {
            return Outcome.refused(limited.get());
        }
        Optional<Flow> flow = transactions.in(jdbc -> flows.take(jdbc, cookie, id));
        if (flow.isEmpty()) {
            return Outcome.refused(refuse(provider, "browser", client));
        }
        if (flow.get().purpose() == Purpose.LINK) {
            return linking.link(provider, flow.get(), present, client);
        }
        if (flow.get().purpose() == Purpose.PROVE) {
            return proof.prove(provider, flow.get(), present, client);
        }
        ProviderIdentity who = flow.get().identity().orElseThrow();
        try {
            Outcome<Arrival> arrival = transactions.in(jdbc -> enter(jdbc, provider, who, client));
            return switch (arrival) {
                case Outcome.Done<Arrival> done ->
                    Outcome.done(new End.Entered(done.value(), flow.get().target()));
                case Outcome.Refused<Arrival> refused -> Outcome.refused(refused.why());
            };
        } catch (DuplicateKeyException e) {
            // The same person came in twice at the same moment, for the first time: the other one has made the account.
            return Outcome.refused(refuse(provider, "raced", client));
        }
    }

    private Outcome<Arrival> enter(JdbcClient jdbc, Provider provider, ProviderIdentity who, Client client) {
        // The account first, as everybody does who takes a link away; then the link once more, under lock: one that was
        // removed a moment ago opens nothing, and one that is removed now ends the session that is opened here.
        Optional<Account> account = links.find(jdbc, who).flatMap(l -> accounts.locked(jdbc, l.account()));
        Optional<Link> link = account.flatMap(
                a -> links.locked(jdbc, who).filter(l -> l.account().equals(a.id())));
        if (account.isPresent() && link.isEmpty()) {
            return unmatched(
                    jdbc,
                    provider,
                    "unlinked",
                    "The link with this one of " + provider.name() + " was removed a moment ago. Sign in another way.",
                    client);
        }
        if (account.isEmpty()) {
            return signUp(jdbc, provider, who, client);
        }
        Optional<Refusal> barred = doorway.barred(jdbc, account.get(), client);
        if (barred.isPresent()) {
            return Outcome.refused(barred.get());
        }
        links.used(jdbc, link.orElseThrow());
        events.record(
                jdbc,
                AuthOutcome.PROVIDER_ACCEPTED,
                new Who(account.get().id(), null, client.address()),
                about(provider));
        return Outcome.done(doorway.enter(jdbc, account.get(), who.asked().orElse(Session.NEVER), client));
    }

    /** Makes an account for somebody whose address the provider answers for, unless somebody has that address. */
    private Outcome<Arrival> signUp(JdbcClient jdbc, Provider provider, ProviderIdentity who, Client client) {
        Optional<MailAddress> address = who.email().flatMap(MailAddress::parse);
        if (address.isEmpty() || !who.confirmed()) {
            return unmatched(
                    jdbc,
                    provider,
                    "address-unconfirmed",
                    "No account here is linked to this one of " + provider.name() + ", and none was made: "
                            + provider.name() + " does not say that your mail address is confirmed. Sign up with a"
                            + " password, then link " + provider.name() + " in the settings of your account.",
                    client);
        }
        Optional<IdentityLimits.Wait> wait = limits.signUp(address.get().text(), client);
        if (wait.isPresent()) {
            if (wait.get().first()) {
                events.record(jdbc, AuthOutcome.PROVIDER_LIMITED, stranger(client), about(provider));
            }
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        String name = who.name()
                .flatMap(Inputs::name)
                .orElseGet(() -> address.get().text().replaceAll("@.*", ""));
        UUID id = UUID.randomUUID();
        if (!accounts.create(jdbc, id, address.get(), name)) {
            return unmatched(
                    jdbc,
                    provider,
                    "address-taken",
                    "There is an account with your mail address, and it is not linked to this one of " + provider.name()
                            + ". Sign in to it as before, then link " + provider.name()
                            + " in its settings: an address alone opens no account.",
                    client);
        }
        links.make(jdbc, id, who);
        events.record(jdbc, AuthOutcome.PROVIDER_SIGNED_UP, new Who(id, null, client.address()), about(provider));
        notices.signedUpWith(address.get().text(), provider.name());
        return Outcome.done(doorway.enter(
                jdbc, accounts.byId(jdbc, id).orElseThrow(), who.asked().orElse(Session.NEVER), client));
    }

    private Outcome<Arrival> unmatched(
            JdbcClient jdbc, Provider provider, String reason, String message, Client client) {
        events.record(
                jdbc,
                AuthOutcome.PROVIDER_UNMATCHED,
                stranger(client),
                about(provider).with("reason", reason));
        return Outcome.refused(new Refusal.Conflict(reason, message));
    }

    private Refusal declined(Provider provider, String error, Client client) {
        boolean person = error.equals("access_denied") || error.equals("user_cancelled_authorize");
        transactions.in(jdbc -> {
            events.record(
                    jdbc,
                    AuthOutcome.PROVIDER_DECLINED,
                    stranger(client),
                    about(provider).with("reason", person ? "person" : "provider"));
            return true;
        });
        return new Refusal.Invalid(
                "provider-declined",
                person
                        ? "You have not let " + provider.name() + " say who you are. Nothing was changed."
                        : provider.name() + " would not say who you are. Nothing was changed; try again later.");
    }

    private Refusal refuse(Provider provider, ProviderException e, Client client) {
        if (!e.isBroken()) {
            return refuse(provider, e.reason(), client);
        }
        transactions.in(jdbc -> {
            events.record(
                    jdbc,
                    AuthOutcome.PROVIDER_BROKEN,
                    stranger(client),
                    about(provider).with("reason", e.reason()));
            return true;
        });
        return unreachable(provider, e);
    }

    private Refusal refuse(Provider provider, String reason, Client client) {
        transactions.in(jdbc -> {
            events.record(
                    jdbc,
                    AuthOutcome.PROVIDER_REFUSED,
                    stranger(client),
                    about(provider).with("reason", reason));
            return true;
        });
        return new Refusal.Invalid(
                "provider-refused",
                "This answer of " + provider.name()
                        + " is not one that was asked for in this browser, comes too late or"
                        + " twice, or is not good. Nothing was changed. Begin again.");
    }

    /** To the person a general reason; what exactly was wrong is the operator's business, and names his network. */
    static Refusal unreachable(Provider provider, ProviderException e) {
        LOG.warn("The provider {} can't be used: {}", provider.id(), e.getMessage());
        return new Refusal.Unreachable(
                "provider-unreachable",
                provider.name()
                        + " gives no answer that can be used. Nothing was changed. Try again in a minute, or sign"
                        + " in another way; the operator finds the reason in the server's log.");
    }

    static JsonObject about(Provider provider) {
        return JsonObject.of("issuer", provider.issuer().toString(), "provider", provider.id());
    }

    private static Who stranger(Client client) {
        return new Who(null, null, client.address());
    }
}
