package dev.averment.server.identity.provider;

import dev.averment.evidence.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What binds one sign-in to one browser. The state goes through the provider and back; the key stays in the browser's cookie.
 * Nonce and PKCE verifier are made of both, so that neither the database nor whoever sees the way to the provider holds what
 * finishes the sign-in, and a code that was meant for another browser fits none of them (RFC 9700 §4.5).
 */
public record FlowSecrets(String state, String browser) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    public static FlowSecrets make() {
        return new FlowSecrets(random(), random());
    }

    /** Empty for what was never handed out. */
    public static Optional<FlowSecrets> of(String state, String browser) {
        return wellFormed(state) && wellFormed(browser)
                ? Optional.of(new FlowSecrets(state, browser))
                : Optional.empty();
    }

    static boolean wellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    private static String random() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return ENCODER.encodeToString(random);
    }

    String nonce() {
        return made("nonce");
    }

    /** 43 characters of those that RFC 7636 §4.1 allows. */
    String verifier() {
        return made("verifier");
    }

    private String made(String use) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(browser.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return ENCODER.encodeToString(mac.doFinal((use + "|" + state).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC-SHA256", e);
        }
    }

    byte[] stateHash() {
        return hash(state);
    }

    byte[] browserHash() {
        return hash(browser);
    }

    static byte[] hash(String text) {
        return Hash.sha256(text.getBytes(StandardCharsets.US_ASCII)).bytes();
    }

    @Override
    public String toString() {
        return "what binds a sign-in to its browser";
    }
}
