package dev.averment.checks.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.CollectException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

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
}
