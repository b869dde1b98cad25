package dev.averment.server.identity.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refresh token: {@code v1.SESSION.GENERATION.KEY.MAC}. Nothing of it is stored: the MAC is HMAC-SHA256 over session,
 * generation and a salt that lies in the session's row, so that neither the key alone nor the database alone can make
 * one, and the same token can be handed out twice when its answer was lost.
 */
record RefreshToken(UUID session, int generation, String key, byte[] mac) {
    private static final Pattern FORM = Pattern.compile(
            "v1\\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.(\\d{1,9})\\.([0-9a-f]{12})\\.([A-Za-z0-9_-]{43})");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    static RefreshToken make(UUID session, int generation, byte[] salt, KeyRing.Key key) {
        return new RefreshToken(session, generation, key.id(), mac(session, generation, salt, key));
    }

    /** Empty for what can't be one; whether it is genuine is another question. */
    static Optional<RefreshToken> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new RefreshToken(
                        UUID.fromString(form.group(1)),
                        Integer.parseInt(form.group(2)),
                        form.group(3),
                        Base64.getUrlDecoder().decode(form.group(4))))
                : Optional.empty();
    }

    boolean genuine(byte[] salt, KeyRing.Key signer) {
        return MessageDigest.isEqual(mac, mac(session, generation, salt, signer));
    }

    private static byte[] mac(UUID session, int generation, byte[] salt, KeyRing.Key key) {
        byte[] text = ("refresh|" + session + '|' + generation + '|').getBytes(StandardCharsets.UTF_8);
        byte[] message = java.util.Arrays.copyOf(text, text.length + salt.length);
        System.arraycopy(salt, 0, message, text.length, salt.length);
        return key.mac(message);
    }

    /** As it travels. */
    String encoded() {
        return "v1." + session + '.' + generation + '.' + key + '.' + ENCODER.encodeToString(mac);
    }

    /** A token's text signs somebody in: it must not get into a log by accident. */
    @Override
    public String toString() {
        return "refresh token of session " + session + ", generation " + generation;
    }
}
