package dev.averment.evidence.json;

import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;

/** RFC 8785 serialisation. */
final class CanonicalWriter {

    private static final HexFormat HEX = HexFormat.of();

    private CanonicalWriter() {}

    static void write(JsonValue value, StringBuilder out) {
        switch (value) {
            case JsonNull ignored -> out.append("null");
            case JsonBoolean bool -> out.append(bool.value());
            case JsonNumber number -> EcmaNumber.append(number.value(), out);
            case JsonString text -> quote(text.value(), out);
            case JsonArray array -> {
                out.append('[');
                for (int i = 0; i < array.items().size(); i++) {
                    if (i > 0) {
                        out.append(',');
                    }
                    write(array.items().get(i), out);
                }
                out.append(']');
            }
            case JsonObject object -> {
                out.append('{');
                boolean first = true;
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    if (!first) {
                        out.append(',');
                    }
                    first = false;
                    quote(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                }
                out.append('}');
            }
        }
    }

    static void writePretty(JsonValue value, StringBuilder out, int indent) {
        switch (value) {
            case JsonArray array
            when !array.items().isEmpty() -> {
                out.append('[');
                Iterator<JsonValue> items = array.items().iterator();
                while (items.hasNext()) {
                    newLine(out, indent + 1);
                    writePretty(items.next(), out, indent + 1);
                    if (items.hasNext()) {
                        out.append(',');
                    }
                }
                newLine(out, indent);
                out.append(']');
            }
            case JsonObject object
            when !object.members().isEmpty() -> {
                out.append('{');
                Iterator<Map.Entry<String, JsonValue>> members =
                        object.members().entrySet().iterator();
                while (members.hasNext()) {
                    Map.Entry<String, JsonValue> member = members.next();
                    newLine(out, indent + 1);
                    quote(member.getKey(), out);
                    out.append(": ");
                    writePretty(member.getValue(), out, indent + 1);
                    if (members.hasNext()) {
                        out.append(',');
                    }
                }
                newLine(out, indent);
                out.append('}');
            }
            default -> write(value, out);
        }
    }

    private static void newLine(StringBuilder out, int indent) {
        out.append('\n').repeat("  ", indent);
    }

    /** Section 3.2.2.2: short escapes where they exist, lower-case hex for other controls, everything else as it is. */
    private static void quote(String text, StringBuilder out) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\') {
                continue;
            }
            out.append(text, from, i);
            from = i + 1;
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> out.append("\\u").append(HEX.toHexDigits(c));
            }
        }
        out.append(text, from, text.length()).append('"');
    }
}
