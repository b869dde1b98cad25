package dev.averment.server.identity.token;

import dev.averment.evidence.merkle.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A token as its owner keeps it: {@code avt_ID_SECRET_CHECKSUM}. The prefix lets scanners of published code find it, the
 * checksum tells a mistyped one from a wrong one without a look at the database. Only SHA-256 of the secret's 256 random
 * bits is stored.
 */
record TokenText(UUID id, String secret) {
    private static final Pattern FORM = Pattern.compile("avt_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{43})_([0-9a-f]{8})");
    private static final SecureRandom RANDOM = new SecureRandom();

    static TokenText make() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return new TokenText(UUID.randomUUID(), letters(secret));
    }

    /** Empty for what can't be one: another form, or a wrong checksum. */
    static Optional<TokenText> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !checksum(text.substring(0, text.length() - 9)).equals(form.group(3))) {
            return Optional.empty();
        }
        try {
            ByteBuffer id = ByteBuffer.wrap(Base64.getUrlDecoder().decode(form.group(1)));
            return Optional.of(new TokenText(new UUID(id.getLong(), id.getLong()), form.group(2)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String encoded() {
        byte[] id = ByteBuffer.allocate(16)
                .putLong(this.id.getMostSignificantBits())
                .putLong(this.id.getLeastSignificantBits())
                .array();
        String text = "avt_" + letters(id) + "_" + secret;
        return text + "_" + checksum(text);
    }

    byte[] hash() {
        return Hash.sha256(secret.getBytes(StandardCharsets.US_ASCII)).bytes();
    }

    @Override
    public String toString() {
        return "token " + id;
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    private static String letters(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
