package dev.averment.evidence.json;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A JSON object. Members are held in canonical order: {@link String#compareTo} is the UTF-16 order RFC 8785 asks for. */
public record JsonObject(SortedMap<String, JsonValue> members) implements JsonValue {

    public JsonObject {
        TreeMap<String, JsonValue> copy = new TreeMap<>();
        members.forEach((name, value) -> copy.put(JsonString.requireWellFormed(name), value));
        members = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * {@code JsonObject.of("a", 1, "b", List.of("x"))}: alternating names and values as {@link JsonValue#of(Object)}
     * takes them. A null value is left out, so that optional members need no branch at the caller; write
     * {@link JsonNull#NULL} for a JSON null.
     */
    public static JsonObject of(@Nullable Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("names and values must come in pairs");
        }
        TreeMap<String, JsonValue> members = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!(namesAndValues[i] instanceof String name)) {
                throw new IllegalArgumentException("a member name must be a String");
            }
            Object value = namesAndValues[i + 1];
            if (value != null && members.put(name, JsonValue.of(value)) != null) {
                throw new IllegalArgumentException("member given twice: " + name);
            }
        }
        return new JsonObject(members);
    }

    /** A copy with one member added or replaced. */
    public JsonObject with(String name, Object value) {
        TreeMap<String, JsonValue> copy = new TreeMap<>(members);
        copy.put(name, JsonValue.of(value));
        return new JsonObject(copy);
    }

    /** A copy without the named member. */
    public JsonObject without(String name) {
        TreeMap<String, JsonValue> copy = new TreeMap<>(members);
        copy.remove(name);
        return new JsonObject(copy);
    }

    public Optional<JsonValue> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public String string(String name) throws JsonException {
        return require(name, JsonString.class, "a string").value();
    }

    public Optional<String> optionalString(String name) throws JsonException {
        return has(name) ? Optional.of(string(name)) : Optional.empty();
    }

    /** A whole number; refuses fractions rather than rounding them. */
    public long integer(String name) throws JsonException {
        double value = require(name, JsonNumber.class, "a number").value();
        if (value != Math.rint(value) || Math.abs(value) > JsonNumber.MAX_SAFE_INTEGER) {
            throw new JsonException("member \"" + name + "\" must be a whole number");
        }
        return (long) value;
    }

    public boolean bool(String name) throws JsonException {
        return require(name, JsonBoolean.class, "true or false").value();
    }

    public JsonObject object(String name) throws JsonException {
        return require(name, JsonObject.class, "an object");
    }

    public JsonArray array(String name) throws JsonException {
        return require(name, JsonArray.class, "an array");
    }

    /** Refuses members beyond {@code allowed}: an unknown member is something that one reader obeys and another skips. */
    public void requireOnly(Set<String> allowed) throws JsonException {
        for (String name : members.keySet()) {
            if (!allowed.contains(name)) {
                throw new JsonException("unknown member \"" + name + "\"; known are " + new TreeSet<>(allowed));
            }
        }
    }

    private <T extends JsonValue> T require(String name, Class<T> type, String what) throws JsonException {
        JsonValue value = members.get(name);
        if (value == null) {
            throw new JsonException("member \"" + name + "\" is missing; it must be " + what);
        }
        if (!type.isInstance(value)) {
            throw new JsonException("member \"" + name + "\" must be " + what);
        }
        return type.cast(value);
    }

    @Override
    public String toString() {
        return toJson();
    }
}
