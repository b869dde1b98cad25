package dev.averment.server.identity.actor;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON Web Token in compact form (RFC 7515 §3.1) of which exactly one kind is read: HS256, a type, a key id that names the
 * pair of services and one of its keys, and no further header parameter. What the token says of algorithms and keys is
 * compared and never obeyed (RFC 8725 §3.1).
 */
record CompactToken(String input, String signature, String type, ServicePair pair, String key, JsonObject claims) {
    private static final int LONGEST = 1_536;
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]{43})");
    private static final Pattern KEY =
            Pattern.compile("([a-z][a-z0-9-]{0,31})\\.([a-z][a-z0-9-]{0,31})\\.([0-9a-f]{12})");
    private static final Base64.Encoder LETTERS = Base64.getUrlEncoder().withoutPadding();

    static String signed(ServiceKeys.Use use, String type, ServicePair pair, ServiceKeys.Key key, JsonObject claims) {
        JsonObject header =
                JsonObject.of("alg", "HS256", "kid", pair.caller() + "." + pair.callee() + "." + key.id(), "typ", type);
        String input = LETTERS.encodeToString(header.canonical()) + "." + LETTERS.encodeToString(claims.canonical());
        return input + "." + mac(use, key, input);
    }

    /** Nothing of it may be believed before {@link #genuine}. */
    static Optional<CompactToken> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            return Optional.empty();
        }
        try {
            JsonObject header = Json.parseObject(Base64.getUrlDecoder().decode(form.group(1)));
            header.requireOnly(Set.of("alg", "kid", "typ"));
            Matcher key = KEY.matcher(header.string("kid"));
            if (!header.string("alg").equals("HS256") || !key.matches()) {
                return Optional.empty();
            }
            return Optional.of(new CompactToken(
                    form.group(1) + "." + form.group(2),
                    form.group(3),
                    header.string("typ"),
                    new ServicePair(key.group(1), key.group(2)),
                    key.group(3),
                    Json.parseObject(Base64.getUrlDecoder().decode(form.group(2)))));
        } catch (JsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether {@code key} signed it; letters are compared, of which one text alone is right, in constant time. */
    boolean genuine(ServiceKeys.Use use, ServiceKeys.Key key) {
        return MessageDigest.isEqual(
                mac(use, key, input).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.US_ASCII));
    }

    private static String mac(ServiceKeys.Use use, ServiceKeys.Key key, String input) {
        return LETTERS.encodeToString(key.mac(use, input.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public String toString() {
        return "a token of " + pair;
    }
}
