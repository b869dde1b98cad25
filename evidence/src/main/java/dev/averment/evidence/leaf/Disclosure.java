package dev.averment.evidence.leaf;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonArray;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonString;
import dev.averment.evidence.json.JsonValue;
import dev.averment.evidence.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * A value that a leaf commits to without holding it.
 *
 * <p>Digest: base64url(SHA-256(ASCII(base64url(JSON [salt, path, value])))), no padding, where the JSON is canonical. The
 * salt has 128 bits, so that nobody can guess an e-mail address from its digest.
 *
 * @param salt 16 bytes as base64url without padding
 * @param path where the value belongs, as a JSON pointer into the leaf, such as {@code /actor/email}
 * @param value the value
 */
public record Disclosure(String salt, String path, JsonValue value) {

    static final int SALT_BYTES = 16;

    /** Longest encoded disclosure accepted, in characters. */
    static final int MAX_ENCODED = 256 * 1024;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    public Disclosure {
        if (!isSalt(salt)) {
            throw new IllegalArgumentException("a salt is 16 bytes in base64url");
        }
        if (!path.startsWith("/") || path.length() > 512) {
            throw new IllegalArgumentException(
                    "a disclosure's path is a JSON pointer of at most 512 characters: " + path);
        }
    }

    /** A disclosure with a new salt. */
    public static Disclosure make(String path, JsonValue value, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new Disclosure(ENCODER.encodeToString(salt), path, value);
    }

    /** The form in which it is handed over: base64url of the JSON array. */
    public String encoded() {
        return ENCODER.encodeToString(
                new JsonArray(List.of(new JsonString(salt), new JsonString(path), value)).canonical());
    }

    /** What stands in the leaf's {@code _sd}. */
    public String digest() {
        return ENCODER.encodeToString(
                Hash.sha256(encoded().getBytes(StandardCharsets.US_ASCII)).bytes());
    }

    /** Reads {@link #encoded()} back. */
    public static Disclosure parse(String encoded) throws LeafException {
        if (encoded.length() > MAX_ENCODED) {
            throw new LeafException(
                    "a disclosure of " + encoded.length() + " characters is over the limit of " + MAX_ENCODED);
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(encoded);
            if (Json.parse(json) instanceof JsonArray array
                    && array.items().size() == 3
                    && array.items().get(0) instanceof JsonString salt
                    && array.items().get(1) instanceof JsonString path) {
                Disclosure disclosure =
                        new Disclosure(salt.value(), path.value(), array.items().get(2));
                if (disclosure.encoded().equals(encoded)) {
                    return disclosure;
                }
            }
        } catch (JsonException | IllegalArgumentException e) {
            throw new LeafException("not a disclosure: " + e.getMessage());
        }
        throw new LeafException("not a disclosure: it must be base64url of canonical JSON [salt, path, value]");
    }

    /** Whether this is one of the values that the leaf commits to. */
    public boolean belongsTo(Leaf leaf) {
        return leaf.disclosureDigests().contains(digest());
    }

    private static boolean isSalt(String salt) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(salt);
            return bytes.length == SALT_BYTES && ENCODER.encodeToString(bytes).equals(salt);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
