package dev.averment.checks.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.CollectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterFileTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Test
    void a_misspelt_key_is_named_beside_what_is_missing_for_it() {
        assertThatThrownBy(
                        () -> RegisterFile.parse("shop.yaml", "registers:\n  tests:\n    - {id: a, titel: A}\n", TODAY))
                .isInstanceOf(CollectException.class)
                .hasMessageStartingWith("The register file shop.yaml has mistakes, line 3: ")
                .hasMessageContaining("titel is not known here");
        assertThatThrownBy(() -> RegisterFile.parse("shop.yaml", "register:\n  tests: []\n", TODAY))
                .hasMessageContaining("register is not known here");
    }

    @Test
    void of_many_mistakes_the_first_are_told_and_the_others_counted() {
        assertThatThrownBy(() -> RegisterFile.parse(
                        "shop.yaml",
                        "registers:\n  tests:\n    - {id: a, title: A, b: 1, c: 2, d: 3, e: 4, f: 5}\n",
                        TODAY))
                .hasMessageEndingWith(" And 2 more.");
    }

    @Test
    void a_sound_file_is_read() throws Exception {
        assertThat(RegisterFile.parse("shop.yaml", "registers:\n  tests:\n    - {id: a, title: A, dated: -1d}\n", TODAY)
                        .get("tests"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.dated()).isEqualTo(TODAY.minusDays(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void a_file_that_nests_without_end_is_refused_with_its_line(String opening, @TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), "registers:\n  deep: " + opening.repeat(100_000));
        List<YamlMap.Problem> problems = new ArrayList<>();

        new RegisterFile(file, () -> TODAY).read(problems);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isPositive();
            assertThat(problem.message()).containsAnyOf("nested deeper than 32", "no YAML");
        });
    }

    @Test
    void an_enormous_value_is_refused_with_its_line(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("r.yaml"),
                "registers:\n  certificates:\n    - {id: a, title: \"" + "x".repeat(500_000) + "\"}\n");

        assertThatThrownBy(() -> new RegisterFile(file, () -> TODAY).entries("certificates"))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("line 3: A single value is longer than");
    }

    @Test
    void a_file_larger_than_any_register_is_not_read_to_its_end(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("r.yaml");
        try (var channel = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            channel.setLength(8L << 30);
        }

        assertThatThrownBy(() -> new RegisterFile(file, () -> TODAY).entries("certificates"))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("longer than");
    }
}
