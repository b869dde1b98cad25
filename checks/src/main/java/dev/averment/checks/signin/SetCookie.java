package dev.averment.checks.signin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A cookie as an answer sets it (RFC 6265 §5.2).
 *
 * @param attributes names in small letters; one without a value has the empty text
 */
public record SetCookie(String name, String value, Map<String, String> attributes) {
    public SetCookie {
        attributes = Map.copyOf(attributes);
    }

    /** Reads the lines of {@code Set-Cookie}; one without a name is none. */
    public static List<SetCookie> of(List<String> lines) {
        List<SetCookie> cookies = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split(";", -1);
            int equals = parts[0].indexOf('=');
            if (equals < 1) {
                continue;
            }
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int i = 1; i < parts.length; i++) {
                String[] pair = parts[i].split("=", 2);
                attributes.put(pair[0].strip().toLowerCase(Locale.ROOT), pair.length > 1 ? pair[1].strip() : "");
            }
            cookies.add(new SetCookie(
                    parts[0].substring(0, equals).strip(),
                    parts[0].substring(equals + 1).strip(),
                    attributes));
        }
        return cookies;
    }

    public boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    /** The attribute's value; empty when it is absent. */
    public String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /** True when the browser shall forget the cookie. */
    public boolean clears() {
        return value.isEmpty() || attribute("max-age").equals("0");
    }

    /** The same cookie with another value. */
    public SetCookie valued(String other) {
        return new SetCookie(name, other, attributes);
    }

    /** Without its value, which signs somebody in. */
    @Override
    public String toString() {
        return "cookie " + name;
    }
}
