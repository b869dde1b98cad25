package dev.averment.evidence.json;

/** The text is not JSON that we accept, or a value does not have the asked-for shape. The message says where and why. */
public final class JsonException extends Exception {
    public JsonException(String message) {
        super(message);
    }
}
