package dev.averment.server.identity.factor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238): HMAC-SHA-1, six digits, steps of thirty seconds, which is what every
 * authenticator app can do. SHA-1's collisions are of no use against an HMAC.
 */
public final class Totp {
    /** RFC 4226 §4 recommends 160 bits, the block of SHA-1. */
    static final int SEED_BYTES = 20;

    public static final int DIGITS = 6;
    public static final int STEP_SECONDS = 30;

    /** Steps before and after the present one of which a code is taken too, for clocks that are a little off. */
    static final int DRIFT = 1;

    private static final Pattern FORM = Pattern.compile("\\d{6}");

    private Totp() {}

    public static long step(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    }

    /** RFC 4226 §5.3, for the counter that RFC 6238 makes of the time. */
    static String code(byte[] seed, long step, int digits) {
        byte[] mac = mac(seed, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = mac[mac.length - 1] & 0xf;
        int number = ByteBuffer.wrap(mac, offset, Integer.BYTES).getInt() & 0x7fffffff;
        long modulus = 1;
        for (int i = 0; i < digits; i++) {
            modulus *= 10;
        }
        return String.format(Locale.ROOT, "%0" + digits + "d", number % modulus);
    }

    public static String code(byte[] seed, long step) {
        return code(seed, step, DIGITS);
    }

    /** The newest step within the drift whose code was typed; empty for a wrong one. Every step is compared, in constant time. */
    static OptionalLong matching(byte[] seed, String typed, long now) {
        String code = typed.replace(" ", "");
        if (!FORM.matcher(code).matches()) {
            return OptionalLong.empty();
        }
        byte[] wanted = code.getBytes(StandardCharsets.US_ASCII);
        OptionalLong found = OptionalLong.empty();
        for (long step = now - DRIFT; step <= now + DRIFT; step++) {
            if (MessageDigest.isEqual(wanted, code(seed, step).getBytes(StandardCharsets.US_ASCII))) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    private static byte[] mac(byte[] seed, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed, "HmacSHA1"));
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
