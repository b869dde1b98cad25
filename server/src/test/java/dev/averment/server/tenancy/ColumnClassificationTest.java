package dev.averment.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.fixture.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * ASVS 14.1.1, 14.2.1: every column of the migrated database is classified in {@code columns.tsv}. A migration that adds a
 * column has to say what the column holds, and one that removes a column has to take its line along.
 */
class ColumnClassificationTest {
    private static final Set<String> CLASSES = Set.of("personal", "secret", "tenant", "operational");

    private record Line(String column, String kind, String note) {}

    private static List<Line> lines() throws IOException {
        try (var in = WorkspaceContext.class.getResourceAsStream("columns.tsv")) {
            assertThat(in).as("columns.tsv is beside the class").isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> {
                        String[] parts = line.split("\t", -1);
                        assertThat(parts).as(line).hasSize(3);
                        return new Line(parts[0], parts[1], parts[2]);
                    })
                    .toList();
        }
    }

    private static List<String> columns() throws Exception {
        try (var database = TestDatabase.open()) {
            return database.rows("""
                            select n.nspname || '.' || c.relname || '.' || a.attname as name
                              from pg_attribute a join pg_class c on c.oid = a.attrelid
                              join pg_namespace n on n.oid = c.relnamespace
                             where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f')
                               and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'""").stream()
                    .map(row -> row.get("name").toString())
                    .toList();
        }
    }

    @Test
    void every_column_is_classified_and_every_classified_column_exists() throws Exception {
        var classified = new TreeSet<>(lines().stream().map(Line::column).toList());
        var existing = new TreeSet<>(columns());
        var unclassified = new TreeSet<>(existing);
        unclassified.removeAll(classified);
        var vanished = new TreeSet<>(classified);
        vanished.removeAll(existing);
        assertThat(unclassified)
                .as("columns without a line in columns.tsv: say what they hold")
                .isEmpty();
        assertThat(vanished).as("lines of columns.tsv without a column").isEmpty();
        assertThat(existing).hasSizeGreaterThan(80);
    }

    @Test
    void every_line_has_one_of_the_four_classes_a_note_and_its_place_in_order() throws IOException {
        assertThat(lines()).allSatisfy(line -> {
            assertThat(CLASSES).as(line.column()).contains(line.kind());
            assertThat(line.note()).as(line.column()).isNotBlank();
        });
        assertThat(lines()).extracting(Line::column).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void what_is_called_like_a_secret_or_a_person_is_not_passed_off_as_operational() throws IOException {
        assertThat(lines())
                .filteredOn(line ->
                        line.column().matches(".*\\.(.*_)?(email|phone|ip|address|account_id|user_agent|actor)$"))
                .extracting(Line::kind)
                .containsOnly("personal");
        assertThat(lines())
                .filteredOn(line ->
                        line.column().matches(".*\\.(.*_)?(password|secret|token|pad|salt|wrapped)(_(?!id$).*)?$"))
                .isNotEmpty()
                .extracting(Line::kind)
                .containsOnly("secret");
    }
}
