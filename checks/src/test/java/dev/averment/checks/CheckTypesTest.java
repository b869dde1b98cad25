package dev.averment.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class CheckTypesTest {
    private final List<CheckType> types = ServiceLoader.load(CheckType.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    @Test
    void every_type_is_found_under_a_name_of_its_own() {
        assertThat(types)
                .extracting(CheckType::name)
                .doesNotHaveDuplicates()
                .contains(
                        "tls-versions",
                        "http-headers",
                        "cache-rules",
                        "security-txt",
                        "link-check",
                        "records",
                        "sub-processors",
                        "control-matrix",
                        "certification-words",
                        "log-integrity",
                        "packet-round-trip");
    }

    @Test
    void every_type_says_what_it_looks_at_and_what_it_does_not_show() {
        for (CheckType type : types) {
            assertThat(type.description()).as(type.name()).endsWith(".");
            assertThat(type.blindSpots()).as(type.name()).isNotEmpty().allMatch(spot -> spot.endsWith("."));
        }
    }

    @Test
    void the_list_of_types_is_sorted_so_that_two_additions_do_not_collide() throws Exception {
        List<String> lines =
                Files.readAllLines(Path.of("src/main/resources/META-INF/services/dev.averment.checks.CheckType"));

        assertThat(lines).isSorted().doesNotHaveDuplicates();
    }
}
