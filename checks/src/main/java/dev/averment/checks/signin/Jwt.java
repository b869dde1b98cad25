package dev.averment.checks.signin;

import dev.averment.checks.CollectException;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A JSON Web Token in its compact form (RFC 7515 §3.1), taken apart and not verified.
 *
 * @param signature as it travels
 */
public record Jwt(JsonObject header, JsonObject payload, String signature) {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** @throws CollectException when it is none in compact form */
    public static Jwt parse(String token) throws CollectException {
        String[] parts = token.split("\\.", -1);
        try {
            if (parts.length == 3) {
                return new Jwt(object(parts[0]), object(parts[1]), parts[2]);
            }
        } catch (JsonException | IllegalArgumentException e) {
            throw none(e);
        }
        throw none(null);
    }

    private static CollectException none(@org.jspecify.annotations.Nullable Exception cause) {
        String reason =
                "What the service issued is no JSON Web Token in compact form, so this check has nothing to say of"
                        + " it.";
        return cause == null ? new CollectException(reason) : new CollectException(reason, cause);
    }

    private static JsonObject object(String part) throws JsonException {
        return Json.parseObject(Base64.getUrlDecoder().decode(part));
    }

    /** What a signature is made over. */
    public byte[] input() {
        return (encoded(header) + "." + encoded(payload)).getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(JsonObject part) {
        return ENCODER.encodeToString(part.canonical());
    }

    /** With another member of its header, and the old signature. */
    public Jwt header(String name, Object value) {
        return new Jwt(header.with(name, value), payload, signature);
    }

    /** With another claim, and the old signature. */
    public Jwt payload(String name, Object value) {
        return new Jwt(header, payload.with(name, value), signature);
    }

    /** With this signature. */
    public Jwt signed(byte[] mac) {
        return new Jwt(header, payload, ENCODER.encodeToString(mac));
    }

    /** With an empty signature. */
    public Jwt unsigned() {
        return new Jwt(header, payload, "");
    }

    /** As it travels. */
    public String compact() {
        return new String(input(), StandardCharsets.US_ASCII) + "." + signature;
    }

    @Override
    public String toString() {
        return "a token";
    }
}
