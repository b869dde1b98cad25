package dev.averment.server.claims;

import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.prove.Observation;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.merkle.Hash;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts as JSON: whole for the database, and within a leaf's bounds for the log. */
final class FactsJson {
    /** A leaf holds 65,535 bytes with its envelope; larger facts are named by their digest and kept beside the log. */
    private static final int LEAF_LIMIT = 48_000;

    private static final int ROW_LIMIT = 1 << 20;
    private static final int REASON_LIMIT = 2000;

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

    /** The facts in an observation's leaf. @throws JsonException when it has none, which no leaf has of its own accord */
    static String of(byte[] leaf) throws JsonException {
        return Json.parseObject(leaf).object("detail").object("facts").toPrettyJson();
    }

    /** What a row holds beside its leaf: nothing when the leaf has the facts, and no more than the row's bound. */
    static @Nullable String forRow(JsonObject facts) {
        if (facts.canonical().length <= LEAF_LIMIT) {
            return null;
        }
        String json = facts.toJson();
        return json.length() <= ROW_LIMIT ? json : forLeaf(facts).toJson();
    }

    /**
     * The observation with a reason, facts and times that can be stored, whatever a target put into them. Times are cut to
     * microseconds: a leaf cuts them and the database would round them, and the two must say the same.
     */
    static Observation storable(Observation seen) {
        Facts facts = seen.facts();
        return new Observation(
                seen.claim(),
                seen.check(),
                seen.type(),
                new Facts(
                        facts.observedAt().truncatedTo(ChronoUnit.MICROS),
                        facts.subjects().stream()
                                .map(s -> new Subject(bounded(s.name(), ROW_LIMIT), storable(s.facts())))
                                .toList(),
                        storable(facts.values())),
                new Judgement(
                        seen.judgement().verdict(), bounded(seen.judgement().reason(), REASON_LIMIT)),
                seen.receivedAt().truncatedTo(ChronoUnit.MICROS));
    }

    private static Map<String, Object> storable(Map<?, ?> facts) {
        var all = new LinkedHashMap<String, Object>();
        facts.forEach((name, value) -> all.put(bounded(String.valueOf(name), ROW_LIMIT), storable(value)));
        return all;
    }

    private static Object storable(Object value) {
        return switch (value) {
            case String text -> bounded(text, ROW_LIMIT);
            case Map<?, ?> map -> storable(map);
            case List<?> list -> list.stream().map(FactsJson::storable).toList();
            default -> value;
        };
    }

    /**
     * At most {@code limit} characters, none of which the database or the log refuses. A reason quotes what a target said;
     * if a NUL or half a surrogate pair in it could stop the record, a target could keep its own failure out of the log.
     */
    static String bounded(String text, int limit) {
        int[] characters = text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xfffd : c)
                .limit(limit + 1L)
                .toArray();
        return characters.length <= limit
                ? new String(characters, 0, characters.length)
                : new String(characters, 0, limit - 1) + "…";
    }
}
