package dev.averment.checks.isolationbehaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.postgres.SampleDatabase;
import dev.averment.claims.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IsolationBehaviourTest {
    private final IsolationBehaviourCheck check = new IsolationBehaviourCheck();

    @Test
    void no_foreign_row_can_be_reached_in_a_well_isolated_schema() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        var facts = database.collect(check, Map.of());
        var judgement = check.judge().judge(facts, Map.of(), SampleDatabase.NOW);
        assertThat(judgement.verdict()).as(judgement.reason() + facts).isEqualTo(Verdict.PROVEN);
    }
}
