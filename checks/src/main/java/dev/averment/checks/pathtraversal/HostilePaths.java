package dev.averment.checks.pathtraversal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A corpus of hostile spellings of a path. Each would lead to the path for somebody who decodes too often, tidies up, cuts
 * off or folds letters; no honest client writes any of them.
 */
public final class HostilePaths {
    /** What some reader takes for two dots. */
    private static final List<String> DOTS = List.of(
            "..",
            "%2e%2e",
            "%2E%2E",
            ".%2e",
            "%2e.",
            "%252e%252e",
            "%25252e%25252e",
            "..;",
            "..;x=y",
            "..%00",
            "..%20",
            "..%09",
            "..%3b",
            "%c0%ae%c0%ae",
            "%C0%AE%C0%AE",
            "%e0%80%ae%e0%80%ae",
            "%f0%80%80%ae%f0%80%80%ae",
            "%c0%2e%c0%2e",
            "%u002e%u002e",
            "%uff0e%uff0e",
            "%ef%bc%8e%ef%bc%8e",
            "%e2%80%a4%e2%80%a4",
            "%e2%80%a5",
            "\u00c0\u00ae\u00c0\u00ae",
            "\u00ef\u00bc\u008e\u00ef\u00bc\u008e",
            "....");

    /** What some reader takes for a slash. */
    private static final List<String> SLASHES = List.of(
            "%2f",
            "%2F",
            "%252f",
            "%252F",
            "%25252f",
            "\\",
            "%5c",
            "%5C",
            "%255c",
            "%c0%af",
            "%C0%AF",
            "%e0%80%af",
            "%c1%9c",
            "%u2215",
            "%u002f",
            "%ef%bc%8f",
            "%e2%88%95",
            "%e2%81%84",
            "\u00c0\u00af",
            "\u00ef\u00bc\u008f",
            "//",
            "///",
            "/./",
            "/%2e/",
            "/;/",
            "/;x=y/",
            ";/",
            ";x=y/",
            "/.%00/",
            "%0a/",
            "%00/");

    /** What some reader cuts off at the end, or takes for the end. */
    private static final List<String> ENDS = List.of(
            "%00",
            "%00.html",
            "%2500",
            "\u0000",
            ";",
            ";x=y",
            ";.css",
            "%3b",
            "%20",
            "%09",
            "%0a",
            "%0d%0aX-Injected:%20y",
            "%23",
            "%3f",
            "/.",
            "/..%2f",
            "/%2e",
            "\\",
            "%5c",
            "::$DATA",
            "%7f",
            "%ff",
            "%",
            "%2",
            "%zz",
            "|",
            "<x>",
            "\u00ff",
            "\u0085");

    /** What some reader takes for the beginning, or for nothing. */
    private static final List<String> BEGINNINGS = List.of(
            "/",
            "//",
            "/%2f",
            "/%5c",
            "/\\",
            "/\\\\host\\share",
            "/..",
            "/../..",
            "/%2e%2e",
            "/..%2f..",
            "/.",
            "/%2e",
            "/%00",
            "/;",
            "/C:",
            "/C:%5c",
            "/C%3a",
            "/file:",
            "/file%3a//",
            "/~root/..",
            "/.git/..",
            "/%20",
            "/%ef%bb%bf",
            "/static/..",
            "/x/../../..");

    private HostilePaths() {}

    /**
     * Every spelling of {@code path} by its name, as the target of a request line: one char is one byte.
     *
     * @param path plain, begins with a slash, and has at least one segment
     */
    public static Map<String, String> of(String path) {
        String[] segments = path.substring(1).split("/", -1);
        int last = path.lastIndexOf('/');
        Map<String, String> all = new LinkedHashMap<>();
        for (String dots : DOTS) {
            all.put("dots " + named(dots), path.substring(0, last) + "/x/" + dots + path.substring(last));
        }
        for (String dots : List.of("..", "%2e%2e", "%252e%252e")) {
            all.put("up and down " + named(dots), "/" + segments[0] + "/" + dots + path);
        }
        for (String slash : SLASHES) {
            all.put("slash " + named(slash), path.substring(0, last) + slash + path.substring(last + 1));
        }
        for (String slash : List.of("%2f", "%5c", "\\", "%252f", "%c0%af")) {
            all.put(
                    "dots and slash " + named(slash),
                    path.substring(0, last) + "/x" + slash + ".." + slash + path.substring(last + 1));
        }
        for (String end : ENDS) {
            all.put("end " + named(end), path + end);
        }
        for (String beginning : BEGINNINGS) {
            all.put("beginning " + named(beginning), beginning + path);
        }
        char first = path.charAt(1);
        all.put("an encoded letter", "/%" + Integer.toHexString(first) + path.substring(2));
        all.put("a letter encoded twice", "/%25" + Integer.toHexString(first) + path.substring(2));
        all.put("an overlong letter", "/%c1%" + Integer.toHexString(0x80 | (first & 0x3f)) + path.substring(2));
        all.put("a full-width letter", "/" + fullWidth(first) + path.substring(2));
        all.put("a soft hyphen", path.substring(0, last + 1) + "%c2%ad" + path.substring(last + 1));
        all.put("a mark of direction", path.substring(0, last + 1) + "%e2%80%ae" + path.substring(last + 1));
        all.put("a zero-width space", path.substring(0, last + 1) + "%e2%80%8b" + path.substring(last + 1));
        return all;
    }

    /** In UTF-8, percent-encoded; compatibility folding makes it the plain letter again. */
    private static String fullWidth(char letter) {
        int point = letter - 0x21 + 0xff01;
        return String.format(
                java.util.Locale.ROOT,
                "%%%02x%%%02x%%%02x",
                0xe0 | (point >> 12),
                0x80 | ((point >> 6) & 0x3f),
                0x80 | (point & 0x3f));
    }

    /** With what can't be printed spelt out. */
    private static String named(String part) {
        var name = new StringBuilder();
        for (char c : part.toCharArray()) {
            name.append(
                    c > 0x20 && c < 0x7f
                            ? String.valueOf(c)
                            : String.format(java.util.Locale.ROOT, "\\x%02x", (int) c));
        }
        return name.toString();
    }

    /** All names, for whoever wants to know how many there are. */
    public static List<String> names() {
        return new ArrayList<>(of("/a/b").keySet());
    }
}
