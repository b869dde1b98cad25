package dev.averment.evidence.json;

import java.util.ArrayList;
import java.util.List;

/** A JSON array. */
public record JsonArray(List<JsonValue> items) implements JsonValue {

    public JsonArray {
        items = List.copyOf(items);
    }

    /** Every item as an object, or a refusal that names the first which is not. */
    public List<JsonObject> objects() throws JsonException {
        return typed(JsonObject.class, "an object");
    }

    /** Every item as text, or a refusal that names the first which is not. */
    public List<String> strings() throws JsonException {
        List<String> out = new ArrayList<>(items.size());
        for (JsonString item : typed(JsonString.class, "a string")) {
            out.add(item.value());
        }
        return out;
    }

    private <T extends JsonValue> List<T> typed(Class<T> type, String what) throws JsonException {
        List<T> out = new ArrayList<>(items.size());
        for (JsonValue item : items) {
            if (!type.isInstance(item)) {
                throw new JsonException("item " + out.size() + " must be " + what);
            }
            out.add(type.cast(item));
        }
        return out;
    }

    @Override
    public String toString() {
        return toJson();
    }
}
