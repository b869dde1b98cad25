package dev.averment.checks.ingesttoken;

import dev.averment.checks.CollectException;
import dev.averment.checks.signin.CanaryMonitor;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tokens that the service did not sign, made out of one that it did. A token is a prefix and two parts in base64url with a dot
 * between: what it claims, and the signature over that.
 */
final class Forgery {
    static final String OTHER_SIGNATURE = "the claims of a good token under another signature";
    static final String OTHER_CLAIMS = "other claims under the signature of a good token";
    static final String OWN_CLAIMS = "claims and signature that somebody made up";
    static final String NO_SIGNATURE = "the claims of a good token without a signature";
    static final String OTHER_FORM = "what has not the form of a token";
    static final String SIGNED_REQUEST = "a request signed with a secret that somebody made up";

    private static final String PREFIX = "avt_in_";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder TO = Base64.getUrlEncoder().withoutPadding();
    private static final int SIGNATURE = 32;

    private Forgery() {}

    /** The headers of a request with each forged token, by what it is. */
    static Map<String, Map<String, String>> of(CanaryMonitor.Token good, InstantSource clock) throws CollectException {
        int dot = good.text().indexOf('.');
        if (!good.text().startsWith(PREFIX) || dot < PREFIX.length()) {
            throw new CollectException(
                    "The tokens of a monitor have another form than two parts with a dot between, so none can be forged;"
                            + " this check does not know the service's tokens.");
        }
        String named = good.text().substring(0, dot);
        String signature = good.text().substring(dot + 1);
        byte[] claims = Base64.getUrlDecoder().decode(named.substring(PREFIX.length()));
        byte[] later = claims.clone();
        later[later.length - 1] ^= 1;
        Map<String, Map<String, String>> forged = new LinkedHashMap<>();
        forged.put(OTHER_SIGNATURE, CanaryMonitor.bearer(named + "." + TO.encodeToString(random(SIGNATURE))));
        forged.put(OTHER_CLAIMS, CanaryMonitor.bearer(PREFIX + TO.encodeToString(later) + "." + signature));
        byte[] own = random(claims.length);
        // Long from now, so that nothing but the signature speaks against it.
        System.arraycopy(claims, claims.length - Long.BYTES, own, claims.length - Long.BYTES, Long.BYTES);
        forged.put(
                OWN_CLAIMS,
                CanaryMonitor.bearer(PREFIX + TO.encodeToString(own) + "." + TO.encodeToString(random(SIGNATURE))));
        forged.put(NO_SIGNATURE, CanaryMonitor.bearer(named + "."));
        forged.put(OTHER_FORM, CanaryMonitor.bearer("avt_" + TO.encodeToString(random(SIGNATURE))));
        forged.put(
                SIGNED_REQUEST,
                Map.of(
                        "Averment-Token",
                        named,
                        "Averment-Timestamp",
                        Long.toString(clock.instant().getEpochSecond()),
                        "Averment-Signature",
                        "v1=" + HexFormat.of().formatHex(random(SIGNATURE))));
        return forged;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
