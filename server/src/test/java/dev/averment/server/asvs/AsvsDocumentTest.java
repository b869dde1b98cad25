package dev.averment.server.asvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsvsDocumentTest {
    /** Written here by {@code mvn … -Dtest=AsvsDocumentTest -Daverment.write=true test}. */
    private static final Path DOCUMENT = Path.of("..", "docs", "asvs.md");

    private static AsvsDocument document() throws Exception {
        return new AsvsDocument(classes());
    }

    private static Path classes() throws URISyntaxException {
        return Path.of(AsvsDocumentTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    @Test
    void the_document_says_what_the_tests_say() throws Exception {
        String text = document().text();
        if (Boolean.getBoolean("averment.write")) {
            Files.writeString(DOCUMENT, text);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/asvs.md is not what the tests' annotations make; write it anew with -Daverment.write=true")
                .isEqualTo(text);
    }

    @Test
    void no_test_names_a_requirement_that_there_is_not() throws Exception {
        assertThat(document().unknown()).isEmpty();
    }

    /** A deviation is of something in scope, says why and what would be needed, and goes when a test shows the opposite. */
    @Test
    void each_deviation_has_its_reasons_and_no_test() throws Exception {
        List<String> known =
                AsvsDocument.scope().stream().map(AsvsDocument.Requirement::id).toList();
        assertThat(AsvsDocument.deviations()).isNotEmpty().allSatisfy(deviation -> {
            assertThat(known).contains(deviation.id());
            assertThat(deviation.reason())
                    .as(deviation.id())
                    .hasSizeGreaterThan(20)
                    .doesNotContain("|");
            assertThat(deviation.needed())
                    .as(deviation.id())
                    .hasSizeGreaterThan(20)
                    .doesNotContain("|");
        });
        assertThat(AsvsDocument.deviations())
                .extracting(AsvsDocument.Deviation::id)
                .doesNotHaveDuplicates();
        assertThat(document().needless()).isEmpty();
    }

    @Test
    void each_requirement_is_listed_once_in_order() throws Exception {
        List<AsvsDocument.Requirement> scope = AsvsDocument.scope();
        assertThat(scope).hasSize(195);
        assertThat(scope)
                .isSortedAccordingTo(Comparator.comparing(
                        AsvsDocument.Requirement::id,
                        Comparator.comparing((String id) -> number(id, 0))
                                .thenComparing(id -> number(id, 1))
                                .thenComparing(id -> number(id, 2))));
        assertThat(scope).extracting(AsvsDocument.Requirement::id).doesNotHaveDuplicates();
        assertThat(scope).extracting(AsvsDocument.Requirement::level).allMatch(level -> level >= 1 && level <= 3);
        assertThat(scope).extracting(AsvsDocument.Requirement::words).noneMatch(words -> words.contains("|"));
    }

    private static int number(String id, int part) {
        return Integer.parseInt(id.split("\\.")[part]);
    }
}
