package dev.averment.sabotage.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the edge misbehaves. The harness writes rules into a file, a line each with tabs between; the instance reads them at
 * every request, so that planting and removing need no restart.
 *
 * @param kind  what goes wrong
 * @param path  regular expression over the whole request path
 * @param first header name, status, table or regular expression, as the kind wants it
 * @param then  header value or replacement
 */
public record EdgeRule(Kind kind, String path, String first, String then) {

    /** What can go wrong. */
    public enum Kind {
        /** The header {@code first} is {@code then}, or absent when that is empty, unless the route sets it itself. */
        HEADER,
        /** The header {@code first} is {@code then} whatever the route sets. */
        OVERRIDE,
        /** What matches {@code first} in a cookie that is set becomes {@code then}. */
        COOKIE,
        /** Status {@code first} and an empty answer. */
        STATUS,
        /** What matches {@code first} in the body becomes {@code then}. */
        REPLACE,
        /** The body is kept as it is in the table {@code first}. */
        JOURNAL,
        /** One bit in the middle of the body is turned over. */
        FLIP,
        /** The plain listener passes for a secure one. */
        PLAIN_AS_SECURE,
        /** The path is decoded and tidied up before anything of the product sees it, as some proxies do. */
        TIDY_PATH
    }

    public EdgeRule {
        if ((path + first + then).matches("(?s).*[\\t\\n].*")) {
            throw new IllegalArgumentException("a rule has no tabs or line breaks");
        }
    }

    boolean concerns(String requestPath) {
        return Pattern.matches(path, requestPath);
    }

    /** Writes the rules; an empty list is an edge without fault. */
    public static void write(Path file, List<EdgeRule> rules) throws IOException {
        Files.write(
                file,
                rules.stream()
                        .map(r -> String.join("\t", r.kind.name(), r.path, r.first, r.then))
                        .toList());
    }

    static List<EdgeRule> read(Path file) throws IOException {
        var rules = new ArrayList<EdgeRule>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split("\t", -1);
                rules.add(new EdgeRule(Kind.valueOf(parts[0]), parts[1], parts[2], parts[3]));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return rules;
    }
}
