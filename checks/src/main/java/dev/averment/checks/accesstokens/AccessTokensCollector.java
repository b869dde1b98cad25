package dev.averment.checks.accesstokens;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Jwt;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.SignInService.TokenKeys;
import dev.averment.evidence.json.JsonException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs in, and shows the service its own token and others that are almost like it. */
final class AccessTokensCollector implements Collector {
    static final String ISSUED = "an issued token";
    static final String CONTROL = "a copy signed with the true key";
    static final String EXPIRED = "an expired token";
    static final String UNSIGNED = "an unsigned token";
    static final String OTHER_KEY = "a token signed with another key";
    static final String ALTERED = "a token with an altered payload";

    private static final long LONG_AGO = 2 * 86_400L;

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        List<Subject> subjects = new ArrayList<>();
        try (Canary canary = Canary.confirmed(service)) {
            Credentials credentials = canary.signedIn();
            Jwt issued = Jwt.parse(credentials.accessToken());
            Map<String, Jwt> attempts = new LinkedHashMap<>();
            long expires = issued.payload().integer("exp");
            attempts.put(UNSIGNED, issued.header("alg", "none").unsigned());
            attempts.put(OTHER_KEY, issued.signed(underAnotherKey(issued.input())));
            attempts.put(ALTERED, issued.payload("exp", expires + 86_400));
            Optional<TokenKeys> keys = service.tokenKeys();
            if (keys.isPresent()) {
                Jwt past = issued.payload("iat", issued.payload().integer("iat") - LONG_AGO)
                        .payload("exp", expires - LONG_AGO);
                attempts.put(CONTROL, trulySigned(keys.get(), issued.payload("jti", "canary")));
                attempts.put(EXPIRED, trulySigned(keys.get(), past));
                attempts.put(
                        "a token for another audience",
                        trulySigned(keys.get(), issued.payload("aud", "somebody-else")));
                attempts.put("a token of another type", trulySigned(keys.get(), issued.header("typ", "JWT")));
                attempts.put(
                        "a token of another issuer",
                        trulySigned(keys.get(), issued.payload("iss", "https://issuer.invalid")));
            }
            subjects.add(new Subject(
                    ISSUED,
                    Map.of(
                            "algorithm", issued.header().optionalString("alg").orElse(""),
                            "type", issued.header().optionalString("typ").orElse(""),
                            "lifetimeSeconds", expires - issued.payload().integer("iat"),
                            "accepted", canary.opens(credentials))));
            for (Map.Entry<String, Jwt> attempt : attempts.entrySet()) {
                boolean accepted =
                        canary.opens(credentials.with(attempt.getValue().compact()));
                subjects.add(new Subject(attempt.getKey(), Map.of("accepted", accepted)));
            }
        } catch (JsonException e) {
            throw new CollectException(
                    "An issued token lacks a claim that this check reads (" + e.getMessage() + ").", e);
        }
        return new Facts(look.clock().instant(), subjects, Map.of());
    }

    private static Jwt trulySigned(TokenKeys keys, Jwt token) throws CollectException, JsonException {
        String id = token.header().optionalString("kid").orElse("");
        return token.signed(keys.mac(id, token.input())
                .orElseThrow(
                        () -> new CollectException("The key that signed a new token is not among those that the target"
                                + " shows; see that they are those of the service.")));
    }

    private static byte[] underAnotherKey(byte[] input) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }
}
