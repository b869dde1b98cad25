package dev.averment.evidence.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One JSON value: immutable, compared by content, and always writable in canonical form. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /** The RFC 8785 form: keys by UTF-16 unit, ECMAScript numbers, no white space, UTF-8. */
    default byte[] canonical() {
        return toJson().getBytes(StandardCharsets.UTF_8);
    }

    /** The canonical form as text. */
    default String toJson() {
        StringBuilder out = new StringBuilder(256);
        CanonicalWriter.write(this, out);
        return out.toString();
    }

    /** Two-space indented, keys in canonical order, ending in a newline: for files that people open. */
    default String toPrettyJson() {
        StringBuilder out = new StringBuilder(1024);
        CanonicalWriter.writePretty(this, out, 0);
        return out.append('\n').toString();
    }

    /**
     * Turns plain Java values into JSON: {@code null}, String, Boolean, Integer, Long, Double, Map with String keys,
     * Collection, or a JsonValue.
     *
     * @throws IllegalArgumentException for any other type, and for values that canonical JSON cannot hold
     */
    static JsonValue of(@Nullable Object value) {
        return switch (value) {
            case null -> JsonNull.NULL;
            case JsonValue json -> json;
            case String text -> new JsonString(text);
            case Boolean bool -> JsonBoolean.of(bool);
            case Integer number -> new JsonNumber(number);
            case Long number -> JsonNumber.of(number);
            case Double number -> new JsonNumber(number);
            case Collection<?> items -> {
                ArrayList<JsonValue> list = new ArrayList<>(items.size());
                for (Object item : items) {
                    list.add(of(item));
                }
                yield new JsonArray(list);
            }
            case Map<?, ?> map -> {
                TreeMap<String, JsonValue> members = new TreeMap<>();
                map.forEach((key, item) -> members.put((String) key, of(item)));
                yield new JsonObject(members);
            }
            default ->
                throw new IllegalArgumentException(
                        "no JSON form for " + value.getClass().getName() + "; write times and decimals as strings");
        };
    }
}
