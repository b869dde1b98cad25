package dev.averment.checks.cacherules;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A Cache-Control value's directives, in lower case and without their arguments save for the ages (RFC 9111 §5.2).
 *
 * @param directives names, such as {@code no-store}
 * @param maxAge     the larger of max-age and s-maxage in seconds; -1 without either
 */
record CacheControl(Set<String> directives, long maxAge) {

    static CacheControl parse(String value) {
        Set<String> names = new LinkedHashSet<>();
        long age = -1;
        for (String directive : value.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = directive.strip().split("=", 2);
            String name = parts[0].strip();
            if (name.isEmpty()) {
                continue;
            }
            names.add(name);
            if ((name.equals("max-age") || name.equals("s-maxage")) && parts.length == 2) {
                String seconds = parts[1].strip().replace("\"", "");
                if (seconds.matches("[0-9]{1,15}")) {
                    age = Math.max(age, Long.parseLong(seconds));
                }
            }
        }
        return new CacheControl(names, age);
    }

    /** True when nothing may keep the answer. */
    boolean forbidsStoring() {
        return directives.contains("no-store");
    }

    /** True when a cache shared by several visitors may keep the answer and hand it to the next one. */
    boolean shareable() {
        if (forbidsStoring() || directives.contains("private") || directives.contains("no-cache")) {
            return false;
        }
        return directives.contains("public") || maxAge > 0 || directives.contains("immutable");
    }

    /** True when the answer leaves it to the cache to guess (RFC 9111 §4.2.2). */
    boolean silent() {
        return directives.isEmpty();
    }
}
