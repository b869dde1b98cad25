package dev.averment.checks.signin;

import dev.averment.checks.CollectException;
import dev.averment.checks.signin.Browser.From;
import dev.averment.checks.signin.Browser.Seen;
import dev.averment.checks.signin.StandIn.Answer;
import dev.averment.checks.signin.StandIn.Person;
import dev.averment.checks.target.ProviderService;
import dev.averment.checks.target.ProviderService.Named;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Ways to a provider that a check stands in for, and back. */
public final class OthersDoor {
    /** Where browsers want to go in the end. */
    public static final String TARGET = "/workspaces";

    private static final int LIMITED = 429;

    private final SignInService service;
    private final ProviderService providers;
    private final StandIn standIn;

    public OthersDoor(SignInService service, ProviderService providers, StandIn standIn) {
        this.service = service;
        this.providers = providers;
        this.standIn = standIn;
    }

    /** What the service shows of its providers. */
    public static ProviderService providers(SignInService service) throws CollectException {
        return service.providers()
                .orElseThrow(() -> new CollectException("The target shows no providers that its people sign in with,"
                        + " which this check takes the place of; it holds on this server only."));
    }

    /** The provider of this id. */
    public static Named named(List<Named> all, String id) throws CollectException {
        return all.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CollectException("The service has no provider " + id
                        + ", so nobody signs in with it; name it in a file of the data folder, as docs/operating.md says, or"
                        + " prove the page on a server made for it: aver prove PAGE, without --target."));
    }

    public StandIn standIn() {
        return standIn;
    }

    /**
     * A browser on its way.
     *
     * @param asked what the service asks the provider for
     */
    public record Begun(Named provider, Browser browser, Map<String, String> asked) {}

    /** From the button to the provider. */
    public Begun begin(Named provider, Browser browser) throws CollectException {
        Seen seen = browser.open(providers.start(provider.id()) + "?next=" + TARGET, From.HERE);
        return begun(provider, browser, seen.away().orElseThrow(() -> nowhere(provider, seen.answer())));
    }

    /** A browser that the service has sent to {@code location}. */
    public Begun begun(Named provider, Browser browser, URI location) throws CollectException {
        if (!location.toString().startsWith(provider.issuer() + "/authorize?")) {
            throw new CollectException("The service sends those who sign in with " + provider.id() + " to "
                    + location.getScheme() + "://" + location.getRawAuthority()
                    + location.getRawPath() + ", which is not where that provider says.");
        }
        return new Begun(provider, browser, StandIn.asked(location));
    }

    private static CollectException nowhere(Named provider, WebFetch.Answer answer) {
        return new CollectException("The service answers with status " + answer.status() + " to those who sign in with "
                + provider.id() + " instead of sending them there; "
                + (answer.status() == LIMITED
                        ? "it limits them, so run the check again later."
                        : "it may have asked the provider in vain a moment ago, so run the check again in a minute."));
    }

    /** Lets the provider sign {@code person} in. */
    public Answer authorize(Begun begun, Person person, Lie lie) {
        return standIn.authorize(begun.provider(), begun.asked(), person, lie);
    }

    /** The browser comes back with an answer, as the provider sends it, and goes on to wherever that leads. */
    public Seen comeBack(Named provider, Browser browser, Answer answer) throws CollectException {
        String back = providers.back(provider.id());
        return notLimited(
                answer.byForm()
                        ? browser.form(back, answer.parameters(), From.ELSEWHERE)
                        : browser.open(back + "?" + Browser.encoded(answer.parameters()), From.ELSEWHERE));
    }

    private static Seen notLimited(Seen seen) throws CollectException {
        if (seen.answer().status() == LIMITED) {
            throw new CollectException(
                    "The service limits sign-ins with providers, so that nothing can be said of them; run the check again"
                            + " later.");
        }
        return seen;
    }

    /** The whole way, with an honest provider. */
    public Seen through(Named provider, Browser browser, Person person) throws CollectException {
        Begun begun = begin(provider, browser);
        return comeBack(provider, browser, authorize(begun, person, Lie.HONEST));
    }

    /** True when the browser is signed in. */
    public boolean signedIn(Browser browser) throws CollectException {
        return browser.open(service.paths().account(), From.HERE).answer().status() == 200;
    }

    /** Removes whatever account has come of an address that the provider has named. */
    public static void forget(SignInService service, String address) throws CollectException {
        if (service.records().isPresent()) {
            service.records().get().delete(address);
        }
        service.mailbox().discard(address);
    }
}
