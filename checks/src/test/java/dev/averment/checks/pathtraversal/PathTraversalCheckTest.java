package dev.averment.checks.pathtraversal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTraversalCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("refused", "all");

    private final PathTraversalCheck type = new PathTraversalCheck();

    @Test
    void one_spelling_that_gets_through_is_failing() {
        long all = HostilePaths.names().size();
        assertThat(Altered.of(type, EXPECT)
                        .subject("/pages", "refused", all - 1)
                        .reason())
                .startsWith("1 of " + all + " hostile spellings of /pages/self were not refused");
    }

    @Test
    void refusals_of_what_nobody_can_read_anyway_prove_nothing() {
        assertThat(Altered.of(type, EXPECT).subjects("plainly", 404L).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_corpus_that_shrank_proves_nothing() {
        assertThat(Altered.of(type, EXPECT).subjects("tried", 12L).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void spellings_are_many_and_all_of_them_differ_from_the_path() {
        Map<String, String> spellings = HostilePaths.of("/pages/self");
        assertThat(spellings).hasSizeGreaterThan(120);
        assertThat(spellings.values()).doesNotHaveDuplicates().doesNotContain("/pages/self");
        assertThat(spellings.values()).allSatisfy(s -> assertThat(s).doesNotContain("\r", "\n", " "));
    }

    @Test
    void a_family_without_a_route_is_said() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of("families", List.of("/files"))))
                .isInstanceOf(CollectException.class);
    }
}
