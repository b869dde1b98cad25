package dev.averment.server.claims;

import dev.averment.checks.Facts;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.merkle.Hash;
import java.util.Map;

/** Facts as JSON: whole for the database, and within a leaf's bounds for the log. */
final class FactsJson {
    /** A leaf holds 65,535 bytes with its envelope; larger facts are named by their digest and kept beside the log. */
    private static final int LEAF_LIMIT = 48_000;

    private FactsJson() {}

    static JsonObject of(Facts facts) {
        return JsonObject.of(
                "observedAt",
                facts.observedAt().toString(),
                "subjects",
                facts.subjects().stream()
                        .map(s -> Map.of("name", s.name(), "facts", s.facts()))
                        .toList(),
                "values",
                facts.values());
    }

    /** The facts themselves, or their digest and size when they are too large for a leaf. */
    static JsonObject forLeaf(JsonObject facts) {
        byte[] bytes = facts.canonical();
        return bytes.length <= LEAF_LIMIT
                ? facts
                : JsonObject.of("sha256", Hash.sha256(bytes).hex(), "bytes", bytes.length);
    }

    /** True when a leaf holds only the digest. */
    static boolean beside(JsonObject facts) {
        return facts.canonical().length > LEAF_LIMIT;
    }

    /** The facts in an observation's leaf. */
    static String of(byte[] leaf) {
        try {
            return Json.parseObject(leaf).object("detail").object("facts").toPrettyJson();
        } catch (JsonException e) {
            throw new IllegalStateException("an observation's leaf has no facts", e);
        }
    }

    static String bounded(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit - 1) + "…";
    }
}
