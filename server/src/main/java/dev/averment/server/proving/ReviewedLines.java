package dev.averment.server.proving;

import dev.averment.server.tenancy.WorkspaceContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What the catalog of our own database says word for word, from {@code catalog.tsv}, which stands beside {@code grants.tsv}. */
final class ReviewedLines {
    static final String FILE = "catalog.tsv";

    private ReviewedLines() {}

    /** Each line's name, such as {@code trigger evidence.leaf/queue_leaves}, to its definition. */
    static Map<String, String> read() {
        try (InputStream in = WorkspaceContext.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in the jar; build it again.");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException with its number for a line that is not name and definition, or is there twice */
    static Map<String, String> parse(String text) {
        Map<String, String> lines = new TreeMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\t", -1);
            if (parts.length != 2
                    || parts[0].isBlank()
                    || parts[1].isBlank()
                    || lines.put(parts[0], parts[1]) != null) {
                throw new IllegalStateException(
                        FILE + ", line " + number + ": write name and definition, separated by a tab, each name once");
            }
        }
        return lines;
    }
}
