package dev.averment.evidence.json;

/** The JSON {@code null}. */
public enum JsonNull implements JsonValue {
    NULL;

    @Override
    public String toString() {
        return toJson();
    }
}
