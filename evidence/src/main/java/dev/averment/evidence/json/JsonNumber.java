package dev.averment.evidence.json;

/**
 * A JSON number, which RFC 8785 defines as an IEEE 754 double.
 *
 * <p>Whole numbers beyond 2^53 - 1 that would be written in full are refused: readers with big integers and readers
 * with doubles would see different values behind the same hash. Send such numbers, and all decimals, as strings.
 */
public record JsonNumber(double value) implements JsonValue {

    /** 2^53 - 1, the largest whole number that I-JSON (RFC 7493) promises to carry. */
    public static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    public JsonNumber {
        if (!isCarried(value)) {
            throw new IllegalArgumentException("not a number that canonical JSON carries safely: " + value
                    + "; write whole numbers beyond 2^53 as strings");
        }
        if (value == 0) {
            value = 0; // -0 is written "0", so it must also be equal to 0
        }
    }

    public static JsonNumber of(long value) {
        if (Math.abs(value) > MAX_SAFE_INTEGER || value == Long.MIN_VALUE) {
            throw new IllegalArgumentException("whole number beyond 2^53: " + value + "; write it as a string");
        }
        return new JsonNumber((double) value);
    }

    /** From 1e21 on ECMAScript writes an exponent, which no reader takes for an exact integer. */
    static boolean isCarried(double value) {
        return Double.isFinite(value) && !(Math.abs(value) > MAX_SAFE_INTEGER && Math.abs(value) < 1e21);
    }

    @Override
    public String toString() {
        return toJson();
    }
}
