package dev.averment.evidence.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * Strict JSON reader: RFC 8259 grammar with the I-JSON limits of RFC 7493.
 *
 * <p>Refused beyond the grammar: invalid UTF-8, a byte order mark, duplicate member names, lone surrogates, nesting
 * deeper than {@link #MAX_DEPTH}, anything after the value, numbers that a double cannot carry.
 */
public final class Json {

    /** Deeper documents would let a few kilobytes of brackets exhaust the reader's stack. */
    public static final int MAX_DEPTH = 64;

    /** Default bound on input, in bytes. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Parses at most {@link #MAX_BYTES}. */
    public static JsonValue parse(byte[] utf8) throws JsonException {
        return parse(utf8, MAX_BYTES);
    }

    public static JsonValue parse(byte[] utf8, int maxBytes) throws JsonException {
        if (utf8.length > maxBytes) {
            throw new JsonException("document of " + utf8.length + " bytes is over the limit of " + maxBytes);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return new Json(text).document();
        } catch (CharacterCodingException e) {
            throw new JsonException("document is not valid UTF-8");
        }
    }

    public static JsonObject parseObject(byte[] utf8) throws JsonException {
        if (parse(utf8) instanceof JsonObject object) {
            return object;
        }
        throw new JsonException("document must be an object");
    }

    /** Parses, and refuses bytes that are not already in canonical form: for content whose exact bytes are hashed. */
    public static JsonObject parseCanonicalObject(byte[] utf8, int maxBytes) throws JsonException {
        if (!(parse(utf8, maxBytes) instanceof JsonObject object)) {
            throw new JsonException("document must be an object");
        }
        if (!Arrays.equals(object.canonical(), utf8)) {
            throw new JsonException("document is not in canonical form (RFC 8785)");
        }
        return object;
    }

    private JsonValue document() throws JsonException {
        skipSpace();
        JsonValue value = value(0);
        skipSpace();
        if (at < text.length()) {
            throw broken("something follows the end of the value");
        }
        return value;
    }

    private JsonValue value(int depth) throws JsonException {
        if (depth > MAX_DEPTH) {
            throw broken("nested deeper than " + MAX_DEPTH);
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new JsonString(string());
            case 't' -> literal("true", JsonBoolean.TRUE);
            case 'f' -> literal("false", JsonBoolean.FALSE);
            case 'n' -> literal("null", JsonNull.NULL);
            default -> number();
        };
    }

    private JsonObject object(int depth) throws JsonException {
        at++;
        TreeMap<String, JsonValue> members = new TreeMap<>();
        skipSpace();
        if (peek() == '}') {
            at++;
            return new JsonObject(members);
        }
        while (true) {
            skipSpace();
            if (peek() != '"') {
                throw broken("expected a member name");
            }
            String name = string();
            skipSpace();
            if (peek() != ':') {
                throw broken("expected ':' after a member name");
            }
            at++;
            skipSpace();
            if (members.put(name, value(depth + 1)) != null) {
                throw broken("member name given twice");
            }
            skipSpace();
            char next = peek();
            at++;
            if (next == '}') {
                return new JsonObject(members);
            }
            if (next != ',') {
                at--;
                throw broken("expected ',' or '}'");
            }
        }
    }

    private JsonArray array(int depth) throws JsonException {
        at++;
        ArrayList<JsonValue> items = new ArrayList<>();
        skipSpace();
        if (peek() == ']') {
            at++;
            return new JsonArray(items);
        }
        while (true) {
            skipSpace();
            items.add(value(depth + 1));
            skipSpace();
            char next = peek();
            at++;
            if (next == ']') {
                return new JsonArray(items);
            }
            if (next != ',') {
                at--;
                throw broken("expected ',' or ']'");
            }
        }
    }

    private JsonValue literal(String word, JsonValue value) throws JsonException {
        if (!text.startsWith(word, at)) {
            throw broken("expected a value");
        }
        at += word.length();
        return value;
    }

    private String string() throws JsonException {
        at++;
        int from = at;
        StringBuilder unescaped = null;
        while (true) {
            char c = peek();
            if (c == '"') {
                String tail = text.substring(from, at);
                String whole = unescaped == null ? tail : unescaped.append(tail).toString();
                if (JsonString.firstLoneSurrogate(whole) >= 0) {
                    throw broken("string holds a lone surrogate");
                }
                at++;
                return whole;
            }
            if (c < 0x20) {
                throw broken("control character inside a string");
            }
            if (c != '\\') {
                at++;
                continue;
            }
            unescaped = (unescaped == null ? new StringBuilder() : unescaped).append(text, from, at);
            at++;
            unescaped.append(escaped());
            from = at;
        }
    }

    private char escaped() throws JsonException {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int unit = 0;
                for (int i = 0; i < 4; i++) {
                    char h = peek();
                    int digit = h < 128 ? Character.digit(h, 16) : -1;
                    if (digit < 0) {
                        throw broken("expected four hex digits");
                    }
                    unit = unit << 4 | digit;
                    at++;
                }
                yield (char) unit;
            }
            default -> {
                at--;
                throw broken("unknown escape");
            }
        };
    }

    private JsonNumber number() throws JsonException {
        int from = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits("expected a value");
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits("expected a digit after the point");
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits("expected a digit in the exponent");
        }
        if (at - from > 1024) {
            throw broken("number of more than 1024 characters");
        }
        double value = Double.parseDouble(text.substring(from, at));
        if (!JsonNumber.isCarried(value)) {
            throw broken("number does not fit a double exactly; write it as a string");
        }
        return new JsonNumber(value);
    }

    private void digits(String otherwise) throws JsonException {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == from) {
            throw broken(otherwise);
        }
    }

    private char peek() throws JsonException {
        if (at >= text.length()) {
            throw broken("document ends too early");
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            at++;
        }
    }

    private JsonException broken(String why) {
        return new JsonException(why + " (at character " + at + ")");
    }
}
