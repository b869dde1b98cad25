package dev.averment.server.monitoring.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens for one monitor each, signed under a key of this server, so that one which it did not make is refused before the
 * database is asked. A token is {@code avt_in_} and two parts in base64url: its claims (32 bytes of monitor and token, 8 of
 * its end) and its secret, which is HMAC-SHA256 of the claims. It is shown as a bearer token, or its secret signs requests and
 * does not travel.
 */
public final class IngestTokens {
    static final String PREFIX = "avt_in_";

    /** How far the clock of who signs may be from ours. */
    static final Duration SKEW = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int CLAIMS = 40;
    private static final int LONGEST = 200;
    private static final Base64.Encoder TO = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder FROM = Base64.getUrlDecoder();

    private final SecretKeySpec key;
    private final InstantSource clock;

    /** @param hexKey 64 hex digits, as the data folder keeps them */
    public IngestTokens(String hexKey, InstantSource clock) {
        this.key = new SecretKeySpec(HexFormat.of().parseHex(hexKey), ALGORITHM);
        this.clock = clock;
    }

    /** What a token says, once its signature is good. Whether it still counts is for the database to say. */
    public record Good(UUID monitor, UUID token, Instant expires) {}

    /** The text that its holder gets, once. */
    public String text(Good token) {
        byte[] claims = claims(token);
        return PREFIX + TO.encodeToString(claims) + "." + TO.encodeToString(mac(key, claims));
    }

    private static byte[] claims(Good token) {
        return ByteBuffer.allocate(CLAIMS)
                .putLong(token.monitor().getMostSignificantBits())
                .putLong(token.monitor().getLeastSignificantBits())
                .putLong(token.token().getMostSignificantBits())
                .putLong(token.token().getLeastSignificantBits())
                .putLong(token.expires().getEpochSecond())
                .array();
    }

    /** Empty for everything that this server did not sign, and for what has ended. */
    public Optional<Good> verify(String text) {
        if (text.length() > LONGEST || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        int dot = text.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        Optional<byte[]> claims = bytes(text.substring(PREFIX.length(), dot)).filter(c -> c.length == CLAIMS);
        Optional<byte[]> shown = bytes(text.substring(dot + 1));
        return claims.isPresent() && shown.isPresent() && genuine(mac(key, claims.get()), shown.get())
                ? living(claims.get())
                : Optional.empty();
    }

    /**
     * Checks the signature of a request: HMAC-SHA256 under the token's secret over timestamp, method, path and the SHA-256 of
     * the body, with a line end after each but the last.
     *
     * @param named     {@code avt_in_} and the claims, without the secret
     * @param timestamp seconds since 1970
     * @param signature {@code v1=} and 64 hex digits
     */
    Optional<Good> verify(
            String named, String timestamp, String signature, String method, String path, byte[] bodyDigest) {
        if (named.length() > LONGEST
                || !named.startsWith(PREFIX)
                || !timestamp.matches("[0-9]{1,12}")
                || !signature.matches("v1=[0-9a-f]{64}")) {
            return Optional.empty();
        }
        Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant());
        Optional<byte[]> claims = bytes(named.substring(PREFIX.length())).filter(c -> c.length == CLAIMS);
        if (claims.isEmpty() || off.abs().compareTo(SKEW) > 0) {
            return Optional.empty();
        }
        byte[] secret = mac(key, claims.get());
        byte[] right = mac(
                new SecretKeySpec(secret, ALGORITHM),
                signed(timestamp, method, path, HexFormat.of().formatHex(bodyDigest)));
        return genuine(right, HexFormat.of().parseHex(signature.substring("v1=".length())))
                ? living(claims.get())
                : Optional.empty();
    }

    private static byte[] signed(String timestamp, String method, String path, String digest) {
        return String.join("\n", timestamp, method, path, digest).getBytes(StandardCharsets.UTF_8);
    }

    /** In constant time: how much of a signature fits must not show in how long it takes. */
    private static boolean genuine(byte[] right, byte[] shown) {
        return MessageDigest.isEqual(right, shown);
    }

    private Optional<Good> living(byte[] claims) {
        ByteBuffer in = ByteBuffer.wrap(claims);
        var token = new Good(
                new UUID(in.getLong(), in.getLong()),
                new UUID(in.getLong(), in.getLong()),
                Instant.ofEpochSecond(in.getLong()));
        return token.expires().isAfter(clock.instant()) ? Optional.of(token) : Optional.empty();
    }

    private static Optional<byte[]> bytes(String base64) {
        try {
            return Optional.of(FROM.decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] mac(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
