package dev.averment.checks.signin;

import dev.averment.checks.CollectException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app (RFC 6238): HMAC-SHA-1, six digits, steps of thirty seconds. */
public final class OneTimeCodes {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int STEP_SECONDS = 30;

    private final String text;
    private final byte[] seed;
    private final InstantSource clock;

    private OneTimeCodes(String text, byte[] seed, InstantSource clock) {
        this.text = text;
        this.seed = seed;
        this.clock = clock;
    }

    /** @param secret as people type it: Base32 (RFC 4648 §6), without padding */
    public static OneTimeCodes of(String secret, InstantSource clock) throws CollectException {
        var bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int bits = 0;
        for (char c : secret.toCharArray()) {
            int value = ALPHABET.indexOf(c);
            if (value < 0) {
                throw new CollectException(
                        "The seed of an authenticator app came in another form than Base32; see that the service answers"
                                + " enrolments with secret.");
            }
            buffer = buffer << 5 & 0xfff | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(buffer >> bits & 0xff);
            }
        }
        if (bytes.size() == 0) {
            throw new CollectException(
                    "No seed of an authenticator app came; see that the service answers enrolments with secret.");
        }
        return new OneTimeCodes(secret, bytes.toByteArray(), clock);
    }

    /** The seed as people type it. */
    public String text() {
        return text;
    }

    public byte[] seed() {
        return seed.clone();
    }

    /** The code that an app shows whose clock is {@code ahead} steps ahead; behind, when that is negative. */
    public String code(int ahead) {
        long step = Math.floorDiv(clock.instant().getEpochSecond(), STEP_SECONDS) + ahead;
        byte[] mac = mac(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = mac[mac.length - 1] & 0xf;
        int number = ByteBuffer.wrap(mac, offset, Integer.BYTES).getInt() & 0x7fffffff;
        return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    }

    /** A code that is shown at none of the steps between four before and four after now. */
    public String wrong() {
        for (int candidate = 0; ; candidate++) {
            String code = String.format(Locale.ROOT, "%06d", candidate);
            boolean shown = false;
            for (int ahead = -4; ahead <= 4; ahead++) {
                shown |= code(ahead).equals(code);
            }
            if (!shown) {
                return code;
            }
        }
    }

    private byte[] mac(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed, "HmacSHA1"));
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
