package dev.averment.checks.ingesttoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestTokenCheckTest {
    private static final Map<String, Object> EXPECT =
            Map.of("otherMonitor", "refused", "overlap", "bounded", "forged", "refused-without-query");

    private final IngestTokenCheck type = new IngestTokenCheck();

    @Test
    void a_token_that_counts_where_it_must_not_is_failing_and_the_place_is_named() {
        for (var names : List.of(IngestTokenCollector.REFUSED, IngestTokenCollector.FORGED)) {
            for (String name : names) {
                var said = Altered.of(type, EXPECT).subject(name, "accepted", true);
                assertThat(said.verdict()).as(name).isEqualTo(Verdict.FAILING);
                assertThat(said.reason()).contains(name);
            }
        }
    }

    @Test
    void a_token_that_does_not_count_where_it_should_is_failing() {
        for (String name : IngestTokenCollector.ACCEPTED) {
            assertThat(Altered.of(type, EXPECT).subject(name, "accepted", false).verdict())
                    .as(name)
                    .isEqualTo(Verdict.FAILING);
        }
    }

    @Test
    void a_question_to_the_database_is_failing_and_doubt_about_one_is_unproven() {
        for (String name : IngestTokenCollector.FORGED) {
            assertThat(Altered.of(type, EXPECT).subject(name, "asked", "yes").verdict())
                    .as(name)
                    .isEqualTo(Verdict.FAILING);
            assertThat(Altered.of(type, EXPECT)
                            .subject(name, "asked", "unclear")
                            .verdict())
                    .as(name)
                    .isEqualTo(Verdict.UNPROVEN);
        }
    }

    @Test
    void what_was_not_tried_proves_nothing() {
        assertThat(Altered.of(type, EXPECT).subjects("accepted", "?").verdict()).isEqualTo(Verdict.UNPROVEN);
        var facts = type.passingExample(EXPECT, Altered.NOW);
        for (int left = 0; left < facts.subjects().size(); left++) {
            var fewer = new java.util.ArrayList<>(facts.subjects());
            fewer.remove(left);
            var said = type.judge()
                    .judge(
                            new dev.averment.checks.Facts(facts.observedAt(), fewer, facts.values()),
                            EXPECT,
                            Altered.NOW);
            assertThat(said.verdict()).isEqualTo(Verdict.UNPROVEN);
        }
    }

    @Test
    void a_promise_of_something_else_is_not_judged() {
        Map<String, Object> other = Map.of("overlap", "other");
        var said = type.judge().judge(type.passingExample(other, Altered.NOW), other, Altered.NOW);
        assertThat(said.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(said.reason()).contains("overlap");
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
