package dev.averment.checks.signin;

import dev.averment.evidence.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes ID tokens, good ones and others (RFC 7515, OpenID Connect Core §2). */
final class IdToken {
    /** Name of the key that a provider publishes. */
    static final String KEY = "check";

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final KeyPair STRANGERS = strangers();

    private IdToken() {}

    private static KeyPair strangers() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(3072);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no RSA", e);
        }
    }

    /** The key as a set of keys lists it (RFC 7517). */
    static JsonObject published(KeyPair key) {
        var open = (RSAPublicKey) key.getPublic();
        return JsonObject.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                KEY,
                "n",
                unsigned(open.getModulus()),
                "e",
                unsigned(open.getPublicExponent()));
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return ENCODER.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    static String of(JsonObject claims, Lie.Signing signing, KeyPair own, String clientSecret) {
        try {
            return switch (signing) {
                case OWN -> rsa(JsonObject.of("alg", "RS256", "kid", KEY), claims, own.getPrivate());
                case NONE -> input(JsonObject.of("alg", "none"), claims) + ".";
                case STRANGERS -> rsa(JsonObject.of("alg", "RS256", "kid", KEY), claims, STRANGERS.getPrivate());
                case STRANGERS_SHOWN ->
                    rsa(
                            JsonObject.of("alg", "RS256", "kid", KEY, "jwk", published(STRANGERS)),
                            claims,
                            STRANGERS.getPrivate());
                case PUBLIC_AS_SECRET -> hmac(claims, own.getPublic().getEncoded());
                case CLIENT_SECRET -> hmac(claims, clientSecret.getBytes(StandardCharsets.UTF_8));
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't sign an ID token", e);
        }
    }

    private static String input(JsonObject header, JsonObject claims) {
        return ENCODER.encodeToString(header.canonical()) + "." + ENCODER.encodeToString(claims.canonical());
    }

    private static String rsa(JsonObject header, JsonObject claims, PrivateKey key) throws GeneralSecurityException {
        String input = input(header, claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + ENCODER.encodeToString(signature.sign());
    }

    private static String hmac(JsonObject claims, byte[] secret) throws GeneralSecurityException {
        String input = input(JsonObject.of("alg", "HS256", "kid", KEY), claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return input + "." + ENCODER.encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** SHA-256, as RFC 7636 §4.2 writes it. */
    static String digest(String text) {
        return ENCODER.encodeToString(sha256(text));
    }

    /** The left half of SHA-256: how an ID token speaks of the access token beside it. */
    static String half(String text) {
        return ENCODER.encodeToString(Arrays.copyOf(sha256(text), 16));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
