package dev.averment.checks.signinflow;

import dev.averment.checks.CollectException;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Browser;
import dev.averment.checks.signin.Browser.From;
import dev.averment.checks.signin.Browser.Seen;
import dev.averment.checks.signin.Lie;
import dev.averment.checks.signin.OthersDoor;
import dev.averment.checks.signin.OthersDoor.Begun;
import dev.averment.checks.signin.SetCookie;
import dev.averment.checks.signin.StandIn.Answer;
import dev.averment.checks.signin.StandIn.Exchange;
import dev.averment.checks.signin.StandIn.Person;
import dev.averment.checks.target.ProviderService;
import dev.averment.checks.target.ProviderService.Named;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.SignInService.Visitor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What becomes of people who sign in with one provider: by an honest answer, and by every other one. */
final class ProviderTrial {
    static final String FLOW = "signing in";
    static final String REPEATED = "an answer a second time";
    static final String OTHER_BROWSER = "an answer in a browser that asked for nothing";
    static final String OTHER_FLOW = "an answer in a browser that asked for another one";
    static final String OTHER_CODE = "an answer with the code of another sign-in";
    static final String BEGUN_ELSEWHERE = "a sign-in that another site begins";
    static final String LED_ELSEWHERE = "a sign-in that is to end at another site";
    static final String MIXED_UP = "an answer at the address of another provider";

    /** A random text of 128 bits has 22 characters in base64url. */
    private static final int LEAST_RANDOM = 22;

    private final SignInService service;
    private final ProviderService providers;
    private final OthersDoor door;
    private final Named provider;
    private final List<String> addresses = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();

    ProviderTrial(SignInService service, ProviderService providers, OthersDoor door, Named provider) {
        this.service = service;
        this.providers = providers;
        this.door = door;
        this.provider = provider;
    }

    /** Names of the attempts that are made with every provider. */
    static List<String> attempts() {
        List<String> names = new ArrayList<>(
                List.of(REPEATED, OTHER_BROWSER, OTHER_FLOW, OTHER_CODE, BEGUN_ELSEWHERE, LED_ELSEWHERE));
        Lie.ALL.forEach(lie -> names.add(lie.name()));
        return names;
    }

    /** As a subject is called. */
    static String name(String provider, String what) {
        return provider + ": " + what;
    }

    List<Subject> all(List<Named> others) throws CollectException {
        try (Visitor visitor = service.visitor()) {
            honest(visitor);
            for (Lie lie : Lie.ALL) {
                Begun begun = door.begin(provider, browser(visitor));
                Answer answer = door.authorize(begun, person(), lie);
                Seen seen = door.comeBack(provider, begun.browser(), answer);
                attempt(lie.name(), lie.part(), begun.browser(), seen, answer, !lie.inToken() || delivered(answer));
            }
            inOtherBrowsers(visitor);
            elsewhere(visitor);
            for (Named other : others) {
                if (!other.equals(provider)) {
                    Begun begun = door.begin(provider, browser(visitor));
                    Answer answer = door.authorize(begun, person(), Lie.HONEST);
                    attempt(
                            MIXED_UP + ", " + other.id(),
                            "issuer",
                            begun.browser(),
                            door.comeBack(other, begun.browser(), answer),
                            answer,
                            true);
                }
            }
            return subjects;
        } finally {
            boolean interrupted = Thread.interrupted();
            for (String address : addresses) {
                OthersDoor.forget(service, address);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Browser browser(Visitor visitor) {
        return new Browser(visitor.web());
    }

    private Person person() {
        String address = service.newAddress();
        addresses.add(address);
        return Person.of(address);
    }

    private boolean delivered(Answer answer) {
        return door.standIn().exchanges(answer.code()).stream().anyMatch(Exchange::answered);
    }

    private void attempt(String name, String part, Browser browser, Seen seen, Answer answer, boolean made)
            throws CollectException {
        subjects.add(new Subject(
                name(provider.id(), name),
                Map.of(
                        "kind",
                        "attempt",
                        "provider",
                        provider.id(),
                        "part",
                        part,
                        "made",
                        made,
                        "refused",
                        !door.signedIn(browser),
                        "status",
                        (long) seen.answer().status(),
                        "codeUsed",
                        delivered(answer))));
    }

    private void honest(Visitor visitor) throws CollectException {
        Begun other = door.begin(provider, browser(visitor));
        Begun begun = door.begin(provider, browser(visitor));
        Map<String, SetCookie> flow = begun.browser().cookies();
        Answer answer = door.authorize(begun, person(), Lie.HONEST);
        Seen seen = door.comeBack(provider, begun.browser(), answer);
        if (seen.answer().status() >= 500) {
            throw new CollectException("The service can't ask " + provider.id() + " whom it has signed in (status "
                    + seen.answer().status()
                    + "), though the check stands in for it on this machine; when the machine is"
                    + " less busy, run the check again.");
        }
        boolean signedIn = door.signedIn(begun.browser());
        Map<String, SetCookie> cookies = begun.browser().cookies();

        Browser again = browser(visitor);
        flow.values().forEach(again::take);
        Seen repeated = door.comeBack(provider, again, answer);
        List<Exchange> exchanges = door.standIn().exchanges(answer.code());

        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", "flow");
        facts.put("provider", provider.id());
        facts.put("signedIn", signedIn);
        facts.put("arrived", seen.answer().status() == 200 && seen.path().equals(OthersDoor.TARGET));
        facts.put("challenge", begun.asked().getOrDefault("code_challenge_method", "none"));
        facts.put(
                "verified",
                exchanges.stream().findFirst().map(Exchange::verified).orElse(false));
        facts.put("state", random("state", begun, other));
        facts.put("nonce", random("nonce", begun, other));
        String back = visitor.web().base() + providers.back(provider.id());
        facts.put(
                "redirect",
                back.equals(begun.asked().get("redirect_uri"))
                        && exchanges.stream().allMatch(e -> e.redirect().equals(back)));
        facts.put("client", exchanges.stream().findFirst().map(Exchange::proof).orElse("none"));
        facts.put("answer", answer.byForm() ? "form-post" : "query");
        facts.put("uses", (long) exchanges.size());
        Optional<SetCookie> session = cookies.values().stream()
                .filter(c -> !flow.containsKey(c.name()))
                .findFirst();
        facts.put("sameSite", session.map(c -> c.attribute("samesite")).orElse(""));
        facts.put("httpOnly", session.map(c -> c.has("httponly")).orElse(false));
        facts.put("secure", session.map(c -> c.has("secure")).orElse(false));
        subjects.add(new Subject(name(provider.id(), FLOW), facts));
        attempt(REPEATED, "state", again, repeated, answer, true);
    }

    private static boolean random(String parameter, Begun one, Begun other) {
        String first = one.asked().getOrDefault(parameter, "");
        return first.length() >= LEAST_RANDOM && !first.equals(other.asked().getOrDefault(parameter, ""));
    }

    private void inOtherBrowsers(Visitor visitor) throws CollectException {
        Begun attackers = door.begin(provider, browser(visitor));
        Answer answer = door.authorize(attackers, person(), Lie.CARELESS);
        Browser victims = browser(visitor);
        Seen without = door.comeBack(provider, victims, answer);
        attempt(OTHER_BROWSER, "browser", victims, without, answer, true);
        Begun asking = door.begin(provider, browser(visitor));
        Seen with = door.comeBack(provider, asking.browser(), answer);
        attempt(OTHER_FLOW, "browser", asking.browser(), with, answer, true);

        Begun thiefs = door.begin(provider, browser(visitor));
        Answer own = door.authorize(thiefs, person(), Lie.CARELESS);
        Begun stolen = door.begin(provider, browser(visitor));
        String code = door.authorize(stolen, person(), Lie.CARELESS).code();
        Map<String, String> injected = new TreeMap<>(own.parameters());
        injected.put("code", code);
        var answered = new Answer(code, injected, own.byForm());
        Seen seen = door.comeBack(provider, thiefs.browser(), answered);
        attempt(OTHER_CODE, "code", thiefs.browser(), seen, answered, delivered(answered));
    }

    private void elsewhere(Visitor visitor) throws CollectException {
        begun(BEGUN_ELSEWHERE, "browser", visitor, OthersDoor.TARGET, From.ELSEWHERE);
        begun(LED_ELSEWHERE, "redirect", visitor, "https%3A%2F%2Felsewhere.invalid%2F", From.HERE);
    }

    /** A sign-in that must not begin; if it does, it is gone through with. */
    private void begun(String name, String part, Visitor visitor, String next, From from) throws CollectException {
        Browser browser = browser(visitor);
        Seen seen = browser.open(providers.start(provider.id()) + "?next=" + next, from);
        boolean refused = seen.away().isEmpty();
        if (!refused) {
            Begun begun = door.begun(provider, browser, seen.away().get());
            Seen end = door.comeBack(provider, browser, door.authorize(begun, person(), Lie.HONEST));
            // A service may forget where to, and sign in nevertheless: then the person is still at this site.
            refused = part.equals("redirect") && end.away().isEmpty();
            seen = end;
        }
        subjects.add(new Subject(
                name(provider.id(), name),
                Map.of(
                        "kind",
                        "attempt",
                        "provider",
                        provider.id(),
                        "part",
                        part,
                        "made",
                        true,
                        "refused",
                        refused,
                        "status",
                        (long) seen.answer().status(),
                        "codeUsed",
                        false)));
    }
}
