package dev.averment.server.proving;

import dev.averment.checks.target.Database.Allowances;
import dev.averment.checks.target.Database.Reviewed;
import dev.averment.server.tenancy.WorkspaceContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What our own database may have on purpose, from {@code allowances.tsv}, which stands beside {@code columns.tsv}. */
final class ReviewedAllowances {
    private static final String FILE = "allowances.tsv";
    private static final String DIGEST = " sha256:";

    /** What a line allows. */
    enum Kind {
        APPEND_ONLY_TABLE,
        EXTENSION,
        GLOBAL_TABLE,
        MODIFICATION_TRIGGER,
        OTHER_ROLE_POLICY,
        REFERENCE,
        REVIEWED_FUNCTION,
        SECURITY_DEFINER,
        UNAUDITED_SCHEMA,
        UNAUDITED_TABLE;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * @param name of a table, function, policy or schema
     * @param why  it is so
     */
    record Line(Kind kind, String name, String why) {}

    private ReviewedAllowances() {}

    static Allowances read() {
        List<Line> lines = lines();
        List<String> triggers = names(lines, Kind.MODIFICATION_TRIGGER);
        if (triggers.size() != 1) {
            throw new IllegalStateException(FILE + " must name one modification-trigger, not " + triggers.size());
        }
        return new Allowances(
                Set.copyOf(names(lines, Kind.GLOBAL_TABLE)),
                Set.copyOf(names(lines, Kind.SECURITY_DEFINER)),
                Set.copyOf(names(lines, Kind.OTHER_ROLE_POLICY)),
                Set.copyOf(names(lines, Kind.APPEND_ONLY_TABLE)),
                Set.copyOf(names(lines, Kind.UNAUDITED_SCHEMA)),
                triggers.getFirst(),
                Set.copyOf(names(lines, Kind.UNAUDITED_TABLE)),
                Set.of(),
                new Reviewed(
                        functions(lines),
                        Set.copyOf(names(lines, Kind.REFERENCE)),
                        ReviewedGrants.read(),
                        Set.copyOf(names(lines, Kind.EXTENSION)),
                        ReviewedLines.read()));
    }

    private static Map<String, String> functions(List<Line> lines) {
        Map<String, String> functions = new TreeMap<>();
        for (String line : names(lines, Kind.REVIEWED_FUNCTION)) {
            int digest = line.indexOf(DIGEST);
            if (digest < 0) {
                throw new IllegalStateException(FILE + " gives no digest for the function " + line);
            }
            functions.put(line.substring(0, digest), line.substring(digest + DIGEST.length()));
        }
        return functions;
    }

    private static List<String> names(List<Line> lines, Kind kind) {
        return lines.stream()
                .filter(line -> line.kind() == kind)
                .map(Line::name)
                .toList();
    }

    static List<Line> lines() {
        try (InputStream in = WorkspaceContext.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in the jar; build it again.");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException with its number for a line that allows nothing known, or gives no reason */
    static List<Line> parse(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(line(number, line.split("\t", -1)));
            }
        }
        return lines;
    }

    private static Line line(int number, String[] parts) {
        for (Kind kind : Kind.values()) {
            if (parts.length == 3 && parts[0].equals(kind.word()) && !parts[1].isBlank() && !parts[2].isBlank()) {
                return new Line(kind, parts[1], parts[2]);
            }
        }
        throw new IllegalStateException(FILE + ", line " + number + ": write kind, name and why, separated by tabs");
    }
}
