package dev.averment.checks.escalationchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EscalationChainCheckTest {
    private final EscalationChainCheck type = new EscalationChainCheck();
    private final Altered altered = Altered.of(type, Map.of("links", Map.of("min", 2L), "unacknowledged", "climbs"));

    @Test
    void an_empty_or_short_chain_of_the_operator_is_failing() {
        String operators = EscalationChainCollector.OPERATORS;
        assertThat(altered.subject(operators, "steps", List.of()).reason()).contains("0 links", "2 are promised");
        assertThat(altered.subject(operators, "steps", List.of("15m")).verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(operators, "steps", "15m").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_step_that_is_not_taken_is_failing_and_named() {
        assertThat(altered.subject("step 2", "alerts", 0L).reason()).contains("step 2");
        assertThat(altered.subject("step 1", "line", false).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject("step 1", "delivered", false).reason()).contains("did not arrive");
    }

    @Test
    void a_link_that_is_asked_before_its_turn_or_at_every_step_is_failing() {
        assertThat(altered.subject("step 2", "announced", "2026-11-22T12:00:01Z")
                        .reason())
                .contains("before its turn");
        assertThat(altered.subject("step 2", "alerts", 2L).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_chain_that_is_climbed_after_somebody_took_it_up_is_failing() {
        assertThat(altered.subject(EscalationChainCollector.ACKNOWLEDGED, "stopped", false)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(EscalationChainCollector.ACKNOWLEDGED, "outcome", "missed")
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void what_is_not_among_the_facts_proves_nothing() {
        assertThat(altered.subject("step 1", "alerts", "").verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject("step 1", "opened", "").verdict()).isEqualTo(Verdict.UNPROVEN);
        var facts = type.passingExample(Map.of(), Altered.NOW);
        assertThat(type.judge()
                        .judge(facts, Map.of("unacknowledged", "waits"), Altered.NOW)
                        .reason())
                .contains("climbs");
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
