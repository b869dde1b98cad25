package dev.averment.checks.reviewrequired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReviewRequiredCheckTest {
    private final ReviewRequiredCheck type = new ReviewRequiredCheck();
    private final Altered closing = Altered.of(type, Map.of("severities", List.of("P1", "P2"), "before", "closing"));
    private final Altered within = Altered.of(type, Map.of("within", "48h"));

    @Test
    void an_incident_that_is_closed_without_a_review_is_failing_by_whatever_way() {
        assertThat(closing.subject("P2", "closing", 204L).reason()).contains("service closed", "P2");
        assertThat(closing.subject("P1", "letThrough", List.of("closing the row"))
                        .reason())
                .contains("database", "closing the row");
        for (String which : List.of(ReviewRequiredCollector.DEMOTED, ReviewRequiredCollector.REOPENED)) {
            assertThat(closing.subject(which, "closing", 204L).verdict()).isEqualTo(Verdict.FAILING);
        }
    }

    @Test
    void a_severity_that_nothing_is_promised_of_may_be_closed() {
        assertThat(closing.subject("P3", "closing", 204L).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_refusal_says_nothing_when_a_review_opens_nothing_or_the_answer_is_another() {
        assertThat(closing.subject("P1", "afterwards", 409L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(closing.subject("P1", "closing", 500L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(closing.subject("P1", "tried", List.of()).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_review_without_a_deadline_or_with_another_one_is_failing() {
        assertThat(within.subject("P3", "running", false).reason()).contains("Nobody waits", "P3");
        assertThat(within.subject("P1", "due", "2026-11-25T12:00:00Z").reason()).contains("48 h end");
        assertThat(within.subject("P1", "resolved", "").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_late_review_that_is_shown_as_in_time_is_failing() {
        String late = ReviewRequiredCollector.LATE;
        assertThat(within.subject(late, "outcome", "met").reason()).contains("49 hours");
        assertThat(within.subject(late, "line", false).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(within.subject(late, "moved", false).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_promise_that_can_not_be_judged_is_unproven() {
        var facts = type.passingExample(Map.of(), Altered.NOW);
        for (Map<String, Object> expect : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("before", "dinner"),
                Map.of("within", "soon"),
                Map.of("before", "closing", "severities", List.of("P9")))) {
            assertThat(type.judge().judge(facts, expect, Altered.NOW).verdict())
                    .as(expect.toString())
                    .isEqualTo(Verdict.UNPROVEN);
        }
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
