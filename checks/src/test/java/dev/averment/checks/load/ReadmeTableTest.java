package dev.averment.checks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.CheckType;
import dev.averment.claims.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The readme says of each page how many of its claims have every check built, and which rows of the ledger these are. */
class ReadmeTableTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String HEAD = "| page | claims | every check built | rows |\n| --- | --- | --- | --- |\n";
    private static final List<String> PAGES = List.of("self", "racing", "measures", "workflow", "media", "tutoring");

    private static String line(String name) throws IOException {
        Path file = Path.of("..", "pages", name + ".yaml");
        if (!(PageLoader.installed().load(file, Instant.parse("2026-12-01T00:00:00Z"))
                instanceof LoadResult.Loaded loaded)) {
            throw new AssertionError(file + " is refused");
        }
        CheckTypes types = CheckTypes.installed();
        Map<String, List<Boolean>> rows = new TreeMap<>(Comparator.comparing((String row) -> row.charAt(0))
                .thenComparingInt(row -> Integer.parseInt(row.substring(1))));
        int built = 0;
        for (Claim claim : loaded.page().claims()) {
            boolean whole = claim.checks().stream().allMatch(c -> types.find(c.type()) instanceof CheckTypes.Built);
            built += whole ? 1 : 0;
            if (claim.ledger() != null) {
                rows.computeIfAbsent(claim.ledger(), _ -> new ArrayList<>()).add(whole);
            }
        }
        List<String> cells = new ArrayList<>();
        rows.forEach((row, claims) -> {
            long whole = claims.stream().filter(each -> each).count();
            if (whole > 0) {
                cells.add(whole == claims.size() ? row : row + " (" + whole + " of " + claims.size() + ")");
            }
        });
        return "| `" + name + ".yaml` | " + loaded.page().claims().size() + " | " + built + " | "
                + String.join(" ", cells) + " |\n";
    }

    /** Written anew by {@code mvn … -Dtest=ReadmeTableTest -Daverment.write=true test}. */
    @Test
    void the_readme_counts_what_is_built() throws IOException {
        var table = new StringBuilder(HEAD);
        for (String page : PAGES) {
            table.append(line(page));
        }
        String readme = Files.readString(README);
        int from = readme.indexOf(HEAD);
        int to = readme.indexOf("\n\n", from) + 1;
        if (Boolean.getBoolean("averment.write")) {
            Files.writeString(README, readme.substring(0, from) + table + readme.substring(to));
        }
        assertThat(Files.readString(README))
                .as("the readme's table is not what is built; write it anew with -Daverment.write=true")
                .contains(table);
    }

    @Test
    void the_readme_and_the_changelog_count_the_check_types() throws IOException {
        String count = "| " + ServiceLoader.load(CheckType.class).stream().count() + " check types";
        assertThat(Files.readString(README)).contains(count);
        assertThat(Files.readString(README.resolveSibling("CHANGELOG.md"))).contains(count.replace("|", "-"));
    }
}
