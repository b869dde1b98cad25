package dev.averment.checks.signin;

import dev.averment.evidence.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a provider gets wrong in one answer.
 *
 * @param name    in a few words
 * @param part    of the protocol that it is about, in one word
 * @param answer  the parameters that go back by the browser, altered
 * @param claims  of the ID token, altered
 * @param signing how the ID token is signed
 * @param careful false for a provider that looks at no PKCE verifier
 */
public record Lie(
        String name,
        String part,
        UnaryOperator<Map<String, String>> answer,
        Telling claims,
        Signing signing,
        boolean careful) {

    /** How an ID token is signed. */
    public enum Signing {
        /** With the key that the provider publishes, by RS256. */
        OWN,
        /** Not at all: {@code none}. */
        NONE,
        /** With a key of nobody, under the name of the published one. */
        STRANGERS,
        /** With a key of nobody, which comes along in the header. */
        STRANGERS_SHOWN,
        /** HS256 with the published key as the secret. */
        PUBLIC_AS_SECRET,
        /** HS256 with the client's secret. */
        CLIENT_SECRET
    }

    /** What an ID token says. */
    @FunctionalInterface
    public interface Telling {
        /**
         * @param claims that would be honest
         * @param issuer who says it
         * @param now    in seconds since 1970
         */
        JsonObject of(JsonObject claims, String issuer, long now);
    }

    private static final Telling HONESTLY = (claims, _, _) -> claims;

    private static final long TWO_HOURS = 7200;

    /** None. */
    public static final Lie HONEST = new Lie("honest", "", UnaryOperator.identity(), HONESTLY, Signing.OWN, true);

    /** None; but whoever brings a code gets a token for it, whatever the verifier. */
    public static final Lie CARELESS = new Lie("careless", "", UnaryOperator.identity(), HONESTLY, Signing.OWN, false);

    private static Lie answered(String name, String part, UnaryOperator<Map<String, String>> answer) {
        return new Lie(name, part, answer, HONESTLY, Signing.OWN, true);
    }

    private static Lie said(String name, String part, Telling claims) {
        return new Lie(name, part, UnaryOperator.identity(), claims, Signing.OWN, true);
    }

    private static Lie signed(String name, Signing signing) {
        return new Lie(name, "signature", UnaryOperator.identity(), HONESTLY, signing, true);
    }

    private static UnaryOperator<Map<String, String>> with(String parameter, String value) {
        return honest -> {
            Map<String, String> altered = new TreeMap<>(honest);
            altered.put(parameter, value);
            return altered;
        };
    }

    private static UnaryOperator<Map<String, String>> without(String parameter) {
        return honest -> {
            Map<String, String> altered = new TreeMap<>(honest);
            altered.remove(parameter);
            return altered;
        };
    }

    private static Telling issued(long ago) {
        return (claims, _, now) -> claims.with("iat", now - ago).with("exp", now - ago + StandIn.LIFE_SECONDS);
    }

    /** Every lie that one answer can hold (OpenID Connect Core §3.1.3.7, RFC 9207, RFC 9700 §4). */
    public static final List<Lie> ALL = List.of(
            answered("an answer without a state", "state", without("state")),
            answered("an answer with another state", "state", with("state", "A".repeat(43))),
            answered("an answer in the name of another issuer", "issuer", with("iss", "https://issuer.invalid")),
            answered("an answer that names no issuer", "issuer", without("iss")),
            said("a token of another issuer", "issuer", (claims, _, _) -> claims.with("iss", "https://issuer.invalid")),
            said(
                    "a token of an issuer that differs by a slash",
                    "issuer",
                    (claims, issuer, _) -> claims.with("iss", issuer + "/")),
            said(
                    "a token for another client",
                    "audience",
                    (claims, _, _) -> claims.with("aud", "client-of-somebody-else")),
            said(
                    "a token that was handed to another client",
                    "audience",
                    (claims, _, _) -> claims.with("azp", "client-of-somebody-else")),
            said("a token without a nonce", "nonce", (claims, _, _) -> claims.without("nonce")),
            said("a token with another nonce", "nonce", (claims, _, _) -> claims.with("nonce", "A".repeat(43))),
            said("a token that has expired", "time", issued(TWO_HOURS)),
            said("a token without an end", "time", (claims, _, _) -> claims.without("exp")),
            said("a token of the future", "time", issued(-TWO_HOURS)),
            said("a token about nobody", "subject", (claims, _, _) -> claims.without("sub")),
            said(
                    "a token that came with another access token",
                    "token",
                    (claims, _, _) -> claims.with("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")),
            signed("a token without a signature", Signing.NONE),
            signed("a token that another key has signed", Signing.STRANGERS),
            signed("a token that brings its key along", Signing.STRANGERS_SHOWN),
            signed("a token signed with the public key as a secret", Signing.PUBLIC_AS_SECRET),
            signed("a token signed with the client's secret", Signing.CLIENT_SECRET));

    /** True when it lies in the ID token, which the service sees only after it has used the code. */
    public boolean inToken() {
        return claims != HONESTLY || signing != Signing.OWN;
    }

    @Override
    public String toString() {
        return name;
    }
}
