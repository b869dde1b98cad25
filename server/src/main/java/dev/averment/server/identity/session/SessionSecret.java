package dev.averment.server.identity.session;

import dev.averment.evidence.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the session cookie holds: {@code v1.SESSION.SECRET.KEY.MAC}. The secret's 256 random bits are what counts, and only
 * their hash is stored; the MAC under a key that rotates refuses made-up cookies without a look at the database.
 */
record SessionSecret(UUID session, byte[] secret, String key, byte[] mac) {
    private static final Pattern FORM = Pattern.compile(
            "v1\\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.([A-Za-z0-9_-]{43})\\.([0-9a-f]{12})\\.([A-Za-z0-9_-]{43})");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final SecureRandom RANDOM = new SecureRandom();

    static byte[] random() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return secret;
    }

    static SessionSecret sign(UUID session, byte[] secret, KeyRing.Key key) {
        return new SessionSecret(session, secret, key.id(), mac(session, secret, key));
    }

    /** Empty for what can't be one, bears an unknown or retired key, or a wrong MAC. */
    static Optional<SessionSecret> verified(String text, KeyRing keys) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        var candidate = new SessionSecret(
                UUID.fromString(form.group(1)),
                Base64.getUrlDecoder().decode(form.group(2)),
                form.group(3),
                Base64.getUrlDecoder().decode(form.group(4)));
        return keys.find(candidate.key)
                .filter(key -> MessageDigest.isEqual(candidate.mac, mac(candidate.session, candidate.secret, key)))
                .map(_ -> candidate);
    }

    static byte[] hash(byte[] secret) {
        return Hash.sha256(secret).bytes();
    }

    private static byte[] mac(UUID session, byte[] secret, KeyRing.Key key) {
        return key.mac(("session|" + session + '|' + ENCODER.encodeToString(secret)).getBytes(StandardCharsets.UTF_8));
    }

    String encoded() {
        return "v1." + session + '.' + ENCODER.encodeToString(secret) + '.' + key + '.' + ENCODER.encodeToString(mac);
    }

    @Override
    public String toString() {
        return "secret of session " + session;
    }
}
