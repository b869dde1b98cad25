package dev.averment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AverTest {

    @ParameterizedTest
    @ValueSource(strings = {"up", "prove", "verify", "init", "test", "version"})
    void every_command_has_help_without_colour(String command) {
        Ran help = Ran.aver(null, "help", command);
        assertThat(help.exit()).isZero();
        assertThat(help.out()).startsWith("Usage: aver " + command).doesNotContain("\u001b");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void the_general_help_names_every_command_and_the_exit_codes() {
        assertThat(Ran.aver(null, "--help").out())
                .contains("up ", "prove ", "verify ", "init ", "test ", "version ", "  3  could not tell");
    }

    @Test
    void a_mistyped_command_is_wrong_use_and_gets_a_suggestion() {
        Ran ran = Ran.aver(null, "proove", "page.yaml");
        assertThat(ran.exit()).isEqualTo(Exit.WRONG_USE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("proove").contains("prove");
    }

    @Test
    void no_command_is_wrong_use() {
        Ran ran = Ran.aver(null);
        assertThat(ran.exit()).isEqualTo(Exit.WRONG_USE);
        assertThat(ran.err()).contains("a command is missing");
    }

    @Test
    void an_unknown_option_is_wrong_use() {
        assertThat(Ran.aver(null, "prove", "page.yaml", "--colour").exit()).isEqualTo(Exit.WRONG_USE);
    }

    @Test
    void an_unknown_format_is_wrong_use_and_lists_the_known_ones() {
        Ran ran = Ran.aver(null, "prove", "page.yaml", "--format", "html");
        assertThat(ran.exit()).isEqualTo(Exit.WRONG_USE);
        assertThat(ran.err()).containsIgnoringCase("sarif");
    }

    @Test
    void the_launcher_s_own_commands_say_that_they_are() {
        assertThat(Ran.aver(null, "up").err()).contains("./aver up");
        assertThat(Ran.aver(null, "test", "-pl", "claims").exit()).isEqualTo(Exit.WRONG_USE);
    }

    @Test
    void version_names_the_build_and_its_java() {
        assertThat(Ran.aver(null, "--version").out()).matches("aver \\S+ \\(Java 25.*\\)\\R");
        assertThat(Ran.aver(null, "version").out()).matches("aver \\S+ \\(Java 25.*\\)\\R");
    }

    @Test
    void colour_needs_a_terminal_and_nobody_against_it() {
        assertThat(Terminal.standard(Map.of(), 80).colour()).isTrue();
        assertThat(Terminal.standard(Map.of(), 0).colour()).isFalse();
        assertThat(Terminal.standard(Map.of("NO_COLOR", "1"), 80).colour()).isFalse();
        assertThat(Terminal.standard(Map.of("NO_COLOR", ""), 80).colour()).isTrue();
        assertThat(Terminal.standard(Map.of("TERM", "dumb"), 80).colour()).isFalse();
    }

    @Test
    void somebody_else_s_text_cannot_move_the_cursor_or_turn_the_line() {
        assertThat(Terminal.oneLine("a\u001b[31m\nb\u202ec")).isEqualTo("a [31m b c");
    }
}
