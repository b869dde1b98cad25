package dev.averment.server.registers;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonString;
import dev.averment.evidence.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The further fields of an entry, as {@code registers.entry.details} keeps them: a JSON object of texts. */
public final class EntryDetails {
    private EntryDetails() {}

    /** @throws JsonException when the column holds no JSON object */
    public static Map<String, String> parse(String json) throws JsonException {
        var details = new LinkedHashMap<String, String>();
        Json.parseObject(json.getBytes(StandardCharsets.UTF_8))
                .members()
                .forEach((name, value) ->
                        details.put(name, value instanceof JsonString text ? text.value() : value.toJson()));
        return details;
    }

    static String toJson(Map<String, String> details) {
        return JsonValue.of(details).toJson();
    }
}
