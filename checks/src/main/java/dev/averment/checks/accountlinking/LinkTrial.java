package dev.averment.checks.accountlinking;

import dev.averment.checks.CollectException;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Browser;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Lie;
import dev.averment.checks.signin.OthersDoor;
import dev.averment.checks.signin.OthersDoor.Begun;
import dev.averment.checks.signin.SetCookie;
import dev.averment.checks.signin.StandIn.Person;
import dev.averment.checks.target.ProviderService;
import dev.averment.checks.target.ProviderService.Named;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts and people of one provider, and whether a link comes of them. */
final class LinkTrial {
    static final String LINKED = "a link that its person makes";
    static final String STALE_BEGIN = "a link begun by a session without a fresh proof";
    static final String STALE_END = "a link that ends after the proof has gone stale";
    static final String OVER = "a link of a session that is over";
    static final String TWICE = "a link of somebody who is linked to another account";
    static final String SAME_ADDRESS = "a sign-in with the address of an account";
    static final String UNVERIFIED_ADDRESS = "a sign-in with the address of an account, not verified by the provider";
    static final String UNCONFIRMED_ACCOUNT = "a sign-in with the address of an account that never confirmed it";
    static final String UNVERIFIED_NEW = "a sign-in with an address that the provider has not verified";
    static final String STALE_REMOVAL = "removing a link without a fresh proof";
    static final String REMOVED = "removing a link";
    static final String LAST = "removing the last way in";

    /** Everything that must be refused. */
    static final List<String> REFUSED = List.of(
            STALE_BEGIN,
            STALE_END,
            OVER,
            TWICE,
            SAME_ADDRESS,
            UNVERIFIED_ADDRESS,
            UNCONFIRMED_ACCOUNT,
            UNVERIFIED_NEW,
            STALE_REMOVAL,
            LAST);

    /** Everything that must work: what is refused to everybody shows nothing. */
    static final List<String> WORKS = List.of(LINKED, REMOVED);

    private final SignInService service;
    private final ProviderService providers;
    private final OthersDoor door;
    private final Named provider;

    LinkTrial(SignInService service, ProviderService providers, OthersDoor door, Named provider) {
        this.service = service;
        this.providers = providers;
        this.door = door;
        this.provider = provider;
    }

    private static Subject subject(String name, String part, boolean done, long status) {
        return new Subject(name, Map.of("part", part, "made", true, "done", done, "status", status));
    }

    /** All of it, with accounts of one canary and of two others beside it. */
    List<Subject> all() throws CollectException {
        List<Subject> subjects = new ArrayList<>();
        try (Canary canary = Canary.confirmed(service);
                Canary other = Canary.beside(canary);
                Canary unconfirmed = Canary.unconfirmed(canary)) {
            Credentials credentials = canary.signedIn();
            subjects.addAll(links(canary, credentials, other));
            subjects.addAll(addresses(canary, credentials, unconfirmed));
            subjects.addAll(sessions(canary, credentials));
            subjects.add(last(canary));
        }
        return subjects;
    }

    /** A right link, one person of the provider for two accounts, and removing. */
    private List<Subject> links(Canary canary, Credentials credentials, Canary other) throws CollectException {
        List<Subject> subjects = new ArrayList<>();
        String id = canary.id(credentials);
        Person person = Person.of(service.newAddress());
        long status = link(canary, credentials, person, () -> {});
        Browser browser = new Browser(canary.visitor().web());
        door.through(provider, browser, person);
        boolean linked =
                links(canary, credentials).size() == 1 && account(browser).equals(id);
        subjects.add(subject(LINKED, "link", linked, status));

        Credentials others = other.signedIn();
        long twice = link(other, others, person, () -> {});
        subjects.add(subject(TWICE, "session", !links(other, others).isEmpty(), twice));

        String link = links(canary, credentials).stream().findFirst().orElse("");
        providers.ageProofs(canary.address());
        Answer stale = remove(canary, credentials, link);
        subjects.add(
                subject(STALE_REMOVAL, "session", links(canary, credentials).isEmpty(), stale.status()));
        canary.expect(
                204,
                canary.send(credentials, "POST", service.paths().proof(), "password", canary.password()),
                "Proving again to be the person of a canary account");
        Answer removed = remove(canary, credentials, link);
        Browser again = new Browser(canary.visitor().web());
        door.through(provider, again, person);
        boolean gone = links(canary, credentials).isEmpty() && !account(again).equals(id);
        // Nobody's link any more, so an account of its own has come of it.
        OthersDoor.forget(service, person.email());
        subjects.add(subject(REMOVED, "removal", gone && removed.status() == 204, removed.status()));
        return subjects;
    }

    /** Sessions that must link nothing. */
    private List<Subject> sessions(Canary canary, Credentials credentials) throws CollectException {
        List<Subject> subjects = new ArrayList<>();
        String address = canary.address();
        subjects.add(session(STALE_END, canary, credentials, () -> providers.ageProofs(address)));
        providers.ageProofs(address);
        subjects.add(session(STALE_BEGIN, canary, credentials, () -> {}));
        Credentials fresh = canary.signedIn();
        subjects.add(session(
                OVER,
                canary,
                fresh,
                () -> canary.expect(
                        204, canary.send(fresh, "POST", service.paths().signOut()), "Signing a canary out")));
        return subjects;
    }

    private Subject session(String name, Canary canary, Credentials credentials, Meanwhile meanwhile)
            throws CollectException {
        long status = link(canary, credentials, Person.of(service.newAddress()), meanwhile);
        Credentials looking = canary.opens(credentials) ? credentials : canary.signedIn();
        boolean linked = !links(canary, looking).isEmpty();
        unlink(canary, looking);
        return subject(name, "session", linked, status);
    }

    /** Makes room for the next attempt, which a link that is there already would refuse. */
    private void unlink(Canary canary, Credentials credentials) throws CollectException {
        for (String link : links(canary, credentials)) {
            remove(canary, credentials, link);
        }
    }

    /** What only an address connects with an account. */
    private List<Subject> addresses(Canary canary, Credentials credentials, Canary unconfirmed)
            throws CollectException {
        List<Subject> subjects = new ArrayList<>();
        for (boolean verified : new boolean[] {true, false}) {
            Browser browser = new Browser(canary.visitor().web());
            var person = new Person(Person.of(canary.address()).subject(), canary.address(), verified);
            long status = door.through(provider, browser, person).answer().status();
            boolean in = door.signedIn(browser) || !links(canary, credentials).isEmpty();
            unlink(canary, credentials);
            subjects.add(subject(verified ? SAME_ADDRESS : UNVERIFIED_ADDRESS, "address", in, status));
        }
        Browser browser = new Browser(canary.visitor().web());
        Person person = Person.of(unconfirmed.address());
        long status = door.through(provider, browser, person).answer().status();
        subjects.add(subject(UNCONFIRMED_ACCOUNT, "address", door.signedIn(browser), status));

        Browser nobodys = new Browser(canary.visitor().web());
        String unknown = service.newAddress();
        var stranger = new Person(Person.of(unknown).subject(), unknown, false);
        long answered = door.through(provider, nobodys, stranger).answer().status();
        subjects.add(subject(UNVERIFIED_NEW, "address", door.signedIn(nobodys), answered));
        OthersDoor.forget(service, unknown);
        return subjects;
    }

    /** An account whose only way in is its link. */
    private Subject last(Canary canary) throws CollectException {
        Credentials credentials = canary.signedIn();
        long status = link(canary, credentials, Person.of(service.newAddress()), () -> {});
        List<String> before = links(canary, credentials);
        if (before.size() != 1) {
            throw new CollectException("An account that its person links has " + before.size()
                    + " links afterwards (the service answers with status " + status
                    + "), so that nothing can be said of the last way in.");
        }
        providers.removePassword(canary.address());
        Answer removed = remove(canary, credentials, before.getFirst());
        return subject(LAST, "removal", links(canary, credentials).isEmpty(), removed.status());
    }

    /** What happens between the beginning of a link and its end. */
    @FunctionalInterface
    private interface Meanwhile {
        void happens() throws CollectException;
    }

    /** Tries to link, and says with what status that ended. */
    private long link(Canary canary, Credentials credentials, Person person, Meanwhile meanwhile)
            throws CollectException {
        Answer begun = canary.send(
                credentials,
                "POST",
                providers.links(),
                JsonObject.of("provider", provider.id(), "to", OthersDoor.TARGET));
        if (begun.status() != 200) {
            return begun.status();
        }
        Browser browser = new Browser(canary.visitor().web());
        SetCookie.of(begun.headers().allValues("set-cookie")).forEach(browser::take);
        Begun on = door.begun(provider, browser, location(begun));
        meanwhile.happens();
        return door.comeBack(provider, browser, door.authorize(on, person, Lie.HONEST))
                .answer()
                .status();
    }

    private static URI location(Answer begun) throws CollectException {
        try {
            return URI.create(Canary.text(begun, "location"));
        } catch (IllegalArgumentException e) {
            throw new CollectException("The service names no address at which a link is begun.", e);
        }
    }

    private Answer remove(Canary canary, Credentials credentials, String link) throws CollectException {
        return canary.send(credentials, "DELETE", providers.links() + "/" + link);
    }

    /** Ids of the account's links. */
    private List<String> links(Canary canary, Credentials credentials) throws CollectException {
        Answer answer = canary.send(credentials, "GET", providers.links());
        canary.expect(200, answer, "Reading the links of a canary account");
        try {
            List<String> ids = new ArrayList<>();
            for (JsonObject link :
                    Json.parseObject(answer.body()).array("links").objects()) {
                ids.add(link.string("id"));
            }
            return ids;
        } catch (JsonException e) {
            throw new CollectException("The links of an account came in another form: " + e.getMessage(), e);
        }
    }

    /** Id of the account that the browser is signed in to; empty when it is to none. */
    private String account(Browser browser) throws CollectException {
        Answer answer =
                browser.open(service.paths().account(), Browser.From.HERE).answer();
        return Optional.of(answer)
                .filter(a -> a.status() == 200)
                .map(a -> Canary.text(a, "id"))
                .orElse("");
    }
}
