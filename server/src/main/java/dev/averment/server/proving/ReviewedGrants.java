package dev.averment.server.proving;

import dev.averment.server.tenancy.WorkspaceContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** What every role of our own database holds, from {@code grants.tsv}, which stands beside {@code allowances.tsv}. */
final class ReviewedGrants {
    private static final String FILE = "grants.tsv";

    private ReviewedGrants() {}

    /** Each grant as {@code role: object: privilege}. */
    static Set<String> read() {
        try (InputStream in = WorkspaceContext.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in the jar; build it again.");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException with its number for a line that is not role, object and privileges */
    static Set<String> parse(String text) {
        Set<String> grants = new TreeSet<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\t", -1);
            if (parts.length != 3 || parts[0].isBlank() || parts[1].isBlank() || parts[2].isBlank()) {
                throw new IllegalStateException(
                        FILE + ", line " + number + ": write role, object and privileges, separated by tabs");
            }
            for (String privilege : parts[2].split(", ")) {
                grants.add(parts[0] + ": " + parts[1] + ": " + privilege);
            }
        }
        return grants;
    }
}
