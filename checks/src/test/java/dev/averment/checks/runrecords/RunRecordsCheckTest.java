package dev.averment.checks.runrecords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunRecordsCheckTest {
    private static final String FAILS = "a run that fails";
    private final RunRecordsCheck type = new RunRecordsCheck();
    private final Altered altered = Altered.of(
            type,
            Map.of(
                    "fields", List.of("job", "transitions", "trace"),
                    "transitions", List.of("time", "actor")));

    @Test
    void a_change_that_left_no_record_is_failing_and_the_run_is_named() {
        var judgement = altered.subject(FAILS, "to", List.of("running"));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("A run that fails", "running, failed");
        assertThat(altered.subject(FAILS, "from", List.of("", "")).reason()).contains("gap");
        assertThat(altered.subject(FAILS, "to", List.of()).reason()).contains("nothing");
    }

    @Test
    void a_change_without_time_or_actor_is_failing() {
        assertThat(altered.subject(FAILS, "untimed", 1L).reason()).contains("no time");
        assertThat(altered.subject(FAILS, "byNobody", 1L).reason()).contains("who made it");
    }

    @Test
    void a_run_that_is_not_found_or_shown_otherwise_is_failing() {
        assertThat(altered.subject(FAILS, "job", false).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject("a run that takes too long", "status", "running")
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_workflow_whose_changes_leave_no_entry_in_the_log_is_failing() {
        assertThat(altered.subject(RunRecordsCollector.MONITOR, "withoutEntry", 1L)
                        .reason())
                .contains("entry in the log");
        assertThat(altered.subject(RunRecordsCollector.MONITOR, "to", List.of("up", "up"))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_trace_without_output_or_note_is_failing_where_it_is_promised() {
        for (String fact : List.of("noted", "noteTimed", "noteActor", "output")) {
            assertThat(altered.subject("a run that succeeds", fact, false).verdict())
                    .as(fact)
                    .isEqualTo(Verdict.FAILING);
        }
        assertThat(Altered.of(type, Map.of("fields", List.of("job", "transitions")))
                        .subject("a run that succeeds", "noted", false)
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void what_is_not_among_the_facts_proves_nothing() {
        assertThat(altered.subject(FAILS, "job", "").verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(FAILS, "status", "unknown").reason()).contains("was not there");
        assertThat(altered.subject(FAILS, "to", "").verdict()).isEqualTo(Verdict.UNPROVEN);
        var facts = type.passingExample(Map.of(), Altered.NOW);
        assertThat(type.judge()
                        .judge(facts, Map.of("fields", List.of("colour")), Altered.NOW)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
