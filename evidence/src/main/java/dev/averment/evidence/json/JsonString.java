package dev.averment.evidence.json;

/** A JSON string: any well-formed Unicode text, never normalised. */
public record JsonString(String value) implements JsonValue {

    public JsonString {
        requireWellFormed(value);
    }

    /** A lone surrogate has no UTF-8 form, so encoders replace it silently and two texts would share one hash. */
    static String requireWellFormed(String text) {
        int bad = firstLoneSurrogate(text);
        if (bad >= 0) {
            throw new IllegalArgumentException("lone surrogate at character " + bad + ": no UTF-8 form exists for it");
        }
        return text;
    }

    static int firstLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return toJson();
    }
}
