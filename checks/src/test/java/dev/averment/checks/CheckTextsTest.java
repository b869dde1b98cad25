package dev.averment.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.load.CheckTypes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckTextsTest {

    static Stream<CheckType> built() {
        return CheckTypes.installed().built().stream();
    }

    @ParameterizedTest
    @MethodSource("built")
    void every_type_says_in_german_what_it_looks_at_and_what_it_does_not_see(CheckType type) {
        assertThat(CheckTexts.in(type, "de"))
                .as(
                        "texts_de.txt beside %s: the description, then %d blind spots",
                        type.name(), type.blindSpots().size())
                .hasValueSatisfying(texts -> {
                    assertThat(texts.description()).endsWith(".").isNotEqualTo(type.description());
                    assertThat(texts.blindSpots())
                            .allSatisfy(spot -> assertThat(spot).endsWith("."))
                            .doesNotContainAnyElementsOf(type.blindSpots());
                });
    }

    @Test
    void a_language_that_nobody_wrote_reads_as_english() {
        CheckType type = built().findFirst().orElseThrow();

        assertThat(CheckTexts.of(type, "fr")).isEqualTo(CheckTexts.of(type, "en"));
        assertThat(CheckTexts.of(type, "../de").language()).isEqualTo("en");
    }
}
