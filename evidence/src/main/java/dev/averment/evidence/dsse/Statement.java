package dev.averment.evidence.dsse;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonArray;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonValue;
import dev.averment.evidence.merkle.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An in-toto Statement v1: these files, by SHA-256, are what the predicate speaks of.
 *
 * @param subjects file name to SHA-256
 * @param predicateType URI that says how to read the predicate
 * @param predicate the content
 */
public record Statement(SortedMap<String, Hash> subjects, String predicateType, JsonObject predicate) {

    private static final String TYPE = "https://in-toto.io/Statement/v1";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public Statement {
        subjects = Collections.unmodifiableSortedMap(new TreeMap<>(subjects));
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("a statement about nothing states nothing");
        }
    }

    public JsonObject json() {
        List<JsonValue> list = new ArrayList<>();
        for (Map.Entry<String, Hash> subject : subjects.entrySet()) {
            list.add(JsonObject.of(
                    "name",
                    subject.getKey(),
                    "digest",
                    Map.of("sha256", subject.getValue().hex())));
        }
        return JsonObject.of(
                "_type", TYPE, "subject", new JsonArray(list), "predicateType", predicateType, "predicate", predicate);
    }

    /** Strict: known members only, no name twice, SHA-256 in lower-case hex. */
    public static Statement parse(byte[] payload) throws DsseException {
        try {
            JsonObject json = Json.parseObject(payload);
            json.requireOnly(Set.of("_type", "subject", "predicateType", "predicate"));
            if (!json.string("_type").equals(TYPE)) {
                throw new DsseException("the statement is of type " + json.string("_type") + ", not " + TYPE);
            }
            TreeMap<String, Hash> subjects = new TreeMap<>();
            for (JsonObject subject : json.array("subject").objects()) {
                subject.requireOnly(Set.of("name", "digest"));
                subject.object("digest").requireOnly(Set.of("sha256"));
                String sha256 = subject.object("digest").string("sha256");
                if (!HEX.matcher(sha256).matches()) {
                    throw new DsseException("a subject's sha256 is not 64 lower-case hex digits");
                }
                if (subjects.put(subject.string("name"), Hash.of(HexFormat.of().parseHex(sha256))) != null) {
                    throw new DsseException("the statement names " + subject.string("name") + " twice");
                }
            }
            if (subjects.isEmpty()) {
                throw new DsseException("the statement has no subjects");
            }
            return new Statement(subjects, json.string("predicateType"), json.object("predicate"));
        } catch (JsonException e) {
            throw new DsseException("not an in-toto statement: " + e.getMessage());
        }
    }
}
