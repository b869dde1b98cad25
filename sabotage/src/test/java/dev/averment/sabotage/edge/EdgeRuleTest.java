package dev.averment.sabotage.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.averment.sabotage.edge.EdgeRule.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeRuleTest {
    @TempDir
    Path folder;

    @Test
    void what_is_written_is_read() throws Exception {
        Path file = folder.resolve("edge");
        List<EdgeRule> rules = List.of(
                new EdgeRule(Kind.HEADER, "/health", "Strict-Transport-Security", ""),
                new EdgeRule(Kind.REPLACE, ".*", "(?m)^Expires: .*$", "Expires: never"));

        EdgeRule.write(file, rules);
        assertThat(EdgeRule.read(file)).isEqualTo(rules);

        EdgeRule.write(file, List.of());
        assertThat(EdgeRule.read(file)).isEmpty();
    }

    @Test
    void no_file_is_no_rule() throws Exception {
        assertThat(EdgeRule.read(folder.resolve("none"))).isEmpty();
    }

    @Test
    void a_rule_concerns_whole_paths() {
        var rule = new EdgeRule(Kind.STATUS, "/pages/[^/]+", "404", "");

        assertThat(rule.concerns("/pages/self")).isTrue();
        assertThat(rule.concerns("/pages/self/controls")).isFalse();
    }

    @Test
    void a_rule_is_one_line() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EdgeRule(Kind.STATUS, "/\n", "404", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new EdgeRule(Kind.STATUS, "/\t", "404", ""));
    }
}
