package dev.averment.checks.actortoken;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Jwt;
import dev.averment.checks.target.ServiceCalls;
import dev.averment.checks.target.ServiceCalls.Actor;
import dev.averment.checks.target.ServiceCalls.Signed;
import dev.averment.checks.target.ServiceCalls.Use;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Signs in, has a service ask another who that is, and then asks with tokens that are almost right. */
final class ActorTokenCollector implements Collector {
    static final String CONTROL = "a request that is right in all";
    static final String TRULY_SIGNED = "a request made by hand with the true key";
    static final String UNSIGNED = "unsigned";
    static final String EXPIRED = "expired";
    static final String REPLAYED = "replayed";
    static final String ALTERED = "altered";
    static final String ALONE = "an actor without a service";
    static final String FROM_OUTSIDE = "an actor on a public route";

    /** All that must be refused. */
    static final List<String> ATTEMPTS = List.of(
            REPLAYED,
            UNSIGNED,
            "with the algorithm none",
            EXPIRED,
            "from the future",
            ALTERED,
            "signed with another key",
            "for another service",
            "for another path",
            "for another method",
            "of two different requests",
            ALONE,
            FROM_OUTSIDE);

    /** Lives that a caller may grant itself, in seconds. */
    private static final List<Long> LIVES = List.of(61L, 90L, 120L, 300L, 600L, 3_600L, 86_400L);

    @Override
    public Facts collect(Look look) throws CollectException {
        ServiceCalls calls = look.target()
                .facility(ServiceCalls.class)
                .orElseThrow(
                        () -> new CollectException("The target " + look.target().name()
                                + " shows nothing of how its services call each other; this check looks at a running Averment"
                                + " server, and a target file has no place for it."));
        ServiceCalls.KeyFile file = calls.keyFile();
        if (file.others()) {
            // The services themselves refuse such a key, so there is nothing more to try.
            return new Facts(
                    look.clock().instant(),
                    List.of(new Subject(CONTROL, Map.of("accepted", false))),
                    Map.of("keyPermissions", file.permissions(), "keyOpenToOthers", true, "keys", (long) file.keys()));
        }
        SignInService people = look.target().require(SignInService.class);
        Web web = look.target().require(Web.class);
        try (Canary canary = Canary.confirmed(people);
                ServiceCalls.Caller caller = calls.caller(look.page())) {
            Credentials person = canary.signedIn();
            Actor actor = new Actor(
                    UUID.randomUUID(),
                    id(Canary.text(canary.send(person, "GET", people.paths().account()), "id")),
                    id(person.session()));
            return new Trial(look, calls, file, web, caller, actor).facts();
        } catch (JsonException e) {
            throw new CollectException("A token lacks a claim that this check reads (" + e.getMessage() + ").", e);
        }
    }

    private static UUID id(String text) throws CollectException {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new CollectException("The sign-in names its accounts or sessions by something that is no UUID.", e);
        }
    }

    /** One look. */
    private record Trial(
            Look look,
            ServiceCalls calls,
            ServiceCalls.KeyFile file,
            Web web,
            ServiceCalls.Caller caller,
            Actor actor) {

        Facts facts() throws CollectException, JsonException {
            List<Subject> subjects = new ArrayList<>();
            Signed good = sign();
            Jwt token = Jwt.parse(good.actor());
            long now = look.clock().instant().getEpochSecond();
            long life = token.payload().integer("exp") - token.payload().integer("iat");

            subjects.add(subject(CONTROL, accepted(good)));
            subjects.add(subject(REPLAYED, accepted(good)));
            subjects.add(subject(TRULY_SIGNED, accepted(around(fresh(token)))));
            subjects.add(subject(UNSIGNED, accepted(around(fresh(token).unsigned()))));
            subjects.add(subject(
                    "with the algorithm none",
                    accepted(around(fresh(token).header("alg", "none").unsigned()))));
            subjects.add(subject(EXPIRED, accepted(resigned(timed(token, now - 120, now - 60)))));
            subjects.add(subject("from the future", accepted(resigned(timed(token, now + 600, now + 600 + life)))));
            subjects.add(subject(
                    ALTERED,
                    accepted(
                            around(fresh(token).payload("sub", UUID.randomUUID().toString())))));
            subjects.add(subject(
                    "signed with another key", accepted(around(fresh(token).signed(new byte[32])))));
            subjects.add(subject(
                    "for another service", accepted(resigned(fresh(token).payload("aud", "somebody-else")))));
            subjects.add(subject(
                    "for another path", accepted(resigned(fresh(token).payload("htu", calls.elsewhere())))));
            subjects.add(
                    subject("for another method", accepted(resigned(fresh(token).payload("htm", "POST")))));
            subjects.add(
                    subject("of two different requests", accepted(new Signed(sign().authorization(), sign().actor()))));
            subjects.add(subject(ALONE, accepted(Map.of(calls.actorHeader(), sign().actor()), calls.whoami())));
            subjects.add(subject(FROM_OUTSIDE, status(Map.of(calls.actorHeader(), sign().actor()), "/") < 400));

            long longest = life;
            for (long granted : LIVES) {
                if (granted > life && accepted(resigned(timed(token, now, now + granted)))) {
                    longest = granted;
                }
            }
            return new Facts(
                    look.clock().instant(),
                    subjects,
                    Map.of(
                            "algorithm",
                            token.header().optionalString("alg").orElse(""),
                            "identifierFrom",
                            identifierFrom(),
                            "lifetimeSeconds",
                            life,
                            "longestAcceptedSeconds",
                            longest,
                            "processes",
                            caller.process() == calls.callee() ? 1L : 2L,
                            "keyPermissions",
                            file.permissions(),
                            "keyOpenToOthers",
                            file.others(),
                            "keys",
                            (long) file.keys()));
        }

        private Signed sign() throws CollectException {
            return caller.sign(actor, "GET", calls.whoami());
        }

        private static Subject subject(String name, boolean accepted) {
            return new Subject(name, Map.of("accepted", accepted));
        }

        /** The token under an id that was never used; its signature is true again. */
        private Jwt fresh(Jwt token) throws CollectException, JsonException {
            return signed(token.payload("jti", UUID.randomUUID().toString()));
        }

        private Jwt timed(Jwt token, long issued, long expires) throws CollectException, JsonException {
            return fresh(token).payload("iat", issued).payload("exp", expires);
        }

        private Jwt signed(Jwt token) throws CollectException, JsonException {
            return token.signed(calls.mac(Use.ACTOR, key(token), token.input()));
        }

        private static String key(Jwt token) throws JsonException {
            String id = token.header().string("kid");
            return id.substring(id.lastIndexOf('.') + 1);
        }

        private Signed resigned(Jwt token) throws CollectException, JsonException {
            return around(signed(token));
        }

        /** The service's own token, truly signed, for this actor's token. */
        private Signed around(Jwt token) throws CollectException, JsonException {
            Jwt service =
                    Jwt.parse(sign().authorization().substring(calls.scheme().length()));
            byte[] digest = Hash.sha256(token.compact().getBytes(StandardCharsets.US_ASCII))
                    .bytes();
            Jwt fitting = service.payload(
                    "ath", Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
            return new Signed(
                    calls.scheme()
                            + fitting.signed(calls.mac(Use.SERVICE, key(fitting), fitting.input()))
                                    .compact(),
                    token.compact());
        }

        private boolean accepted(Signed signed) throws CollectException {
            return accepted(headers(signed), calls.whoami());
        }

        private Map<String, String> headers(Signed signed) {
            return Map.of("Authorization", signed.authorization(), calls.actorHeader(), signed.actor());
        }

        private boolean accepted(Map<String, String> headers, String path) throws CollectException {
            return status(headers, path) < 300;
        }

        private int status(Map<String, String> headers, String path) throws CollectException {
            Answer answer = WebFetch.send(web, web.base(), "GET", path, headers);
            if (answer.status() >= 500) {
                throw new CollectException("A call between services was answered with status " + answer.status()
                        + "; see the log of the service that was called.");
            }
            return answer.status();
        }

        /** Whose id the callee goes by when a request names another person beside its token. */
        private String identifierFrom() throws CollectException {
            String other = UUID.randomUUID().toString();
            Map<String, String> headers = new HashMap<>(headers(sign()));
            for (String name : List.of("X-User-Id", "X-User", "X-Account", "X-Workspace")) {
                headers.put(name, other);
            }
            String query = "?account=" + other + "&user=" + other + "&user_id=" + other + "&sub=" + other + "&session="
                    + other + "&workspace=" + other;
            Answer answer = WebFetch.send(web, web.base(), "GET", calls.whoami() + query, headers);
            if (answer.status() >= 300 || answer.text().contains(other)) {
                return answer.status() >= 300 ? "refused" : "parameter";
            }
            return Canary.text(answer, "account").equals(actor.account().toString()) ? "token" : "elsewhere";
        }
    }
}
