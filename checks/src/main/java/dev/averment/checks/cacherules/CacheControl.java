package dev.averment.checks.cacherules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A Cache-Control value's directives, in lower case (RFC 9111 §5.2). One that names fields, such as
 * {@code private="set-cookie"}, does not hold for the whole answer and is left out.
 *
 * @param directives names, such as {@code no-store}
 * @param ages       every max-age and s-maxage with its name, in seconds
 */
record CacheControl(Set<String> directives, List<Age> ages) {

    record Age(String name, long seconds) {}

    static CacheControl parse(String value) {
        Set<String> names = new LinkedHashSet<>();
        List<Age> ages = new ArrayList<>();
        for (String directive : split(value.toLowerCase(Locale.ROOT))) {
            String[] parts = directive.strip().split("=", 2);
            String name = parts[0].strip();
            if (name.isEmpty() || (name.equals("private") || name.equals("no-cache")) && parts.length == 2) {
                continue;
            }
            names.add(name);
            if ((name.equals("max-age") || name.equals("s-maxage")) && parts.length == 2) {
                String seconds = parts[1].strip().replace("\"", "");
                if (seconds.matches("[0-9]{1,15}")) {
                    ages.add(new Age(name, Long.parseLong(seconds)));
                }
            }
        }
        return new CacheControl(names, ages);
    }

    /** At commas and semicolons outside of quotes; the latter stand between the directives of Surrogate-Control. */
    private static List<String> split(String value) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            quoted ^= c == '"';
            if ((c == ',' || c == ';') && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
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
        return keeps();
    }

    /** True when one directive forbids what another allows, or an age is given twice: caches differ in which they obey. */
    boolean contradicts() {
        boolean forbids = forbidsStoring() || directives.contains("private");
        boolean shared = directives.contains("public")
                || ages.stream().anyMatch(a -> a.name().equals("s-maxage") && a.seconds() > 0);
        return forbids && shared
                || forbidsStoring() && keeps()
                || ages.stream().distinct().count()
                        > ages.stream().map(Age::name).distinct().count();
    }

    private boolean keeps() {
        return directives.contains("public")
                || directives.contains("immutable")
                || ages.stream().anyMatch(age -> age.seconds() > 0);
    }

    /** True when the answer leaves it to the cache to guess (RFC 9111 §4.2.2). */
    boolean silent() {
        return directives.isEmpty();
    }
}
