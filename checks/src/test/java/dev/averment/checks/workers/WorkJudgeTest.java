package dev.averment.checks.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CheckType;
import dev.averment.checks.CollectException;
import dev.averment.checks.jobfaults.JobFaultsCheck;
import dev.averment.checks.target.TestSite;
import dev.averment.checks.workerrestart.WorkerRestartCheck;
import dev.averment.claims.Verdict;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WorkJudgeTest {
    private static final CheckType RESTART = new WorkerRestartCheck();
    private static final CheckType FAULTS = new JobFaultsCheck();

    static Stream<Arguments> both() {
        return Stream.of(
                Arguments.of(Altered.of(RESTART, Map.of("effect", "exactly-once"))),
                Arguments.of(Altered.of(FAULTS, Map.of("lost", "none", "effect", "exactly-once"))));
    }

    @ParameterizedTest
    @MethodSource("both")
    void what_a_killed_worker_had_and_nobody_else_did_is_failing(Altered altered) {
        String abandoned = KilledWorkers.ABANDONED;
        assertThat(altered.subject(abandoned, "doneByOthers", 1L).reason()).contains("were not done by another");
        assertThat(altered.subject(abandoned, "noted", 0L).reason()).contains("not noted");
    }

    @ParameterizedTest
    @MethodSource("both")
    void a_job_that_is_given_up_gone_or_still_open_is_failing(Altered altered) {
        String jobs = KilledWorkers.JOBS;
        assertThat(altered.subject(jobs, "dead", 1L).reason()).contains("1 were given up");
        assertThat(altered.subject(jobs, "missing", 2L).reason()).contains("2 vanished");
        assertThat(altered.subject(jobs, "open", 3L).reason()).contains("3 were still open");
        assertThat(altered.subject(jobs, "done", 0L).verdict()).isEqualTo(Verdict.FAILING);
    }

    @ParameterizedTest
    @MethodSource("both")
    void a_job_without_effect_or_with_two_is_failing(Altered altered) {
        String effects = KilledWorkers.EFFECTS;
        assertThat(altered.subject(effects, "none", 1L).reason()).contains("1 jobs took no effect");
        assertThat(altered.subject(effects, "several", 1L).reason()).contains("1 took effect more than once");
    }

    @ParameterizedTest
    @MethodSource("both")
    void a_job_that_is_taken_from_a_worker_that_lives_is_failing(Altered altered) {
        assertThat(altered.subject(KilledWorkers.LIVING, "taken", 1L).reason()).contains("a worker that lives");
    }

    @ParameterizedTest
    @MethodSource("both")
    void without_a_worker_that_was_killed_with_jobs_in_its_hands_nothing_is_proven(Altered altered) {
        assertThat(altered.subject(KilledWorkers.WORKERS, "killed", 0L).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(KilledWorkers.ABANDONED, "held", 0L).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(KilledWorkers.JOBS, "dead", "none").verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void among_several_workers_one_must_have_lived() {
        assertThat(Altered.of(FAULTS, Map.of())
                        .subject(KilledWorkers.LIVING, "held", 0L)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void the_effect_is_looked_at_only_when_something_is_expected_of_it() {
        assertThat(Altered.of(FAULTS, Map.of("lost", "none"))
                        .subject(KilledWorkers.EFFECTS, "several", 1L)
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void an_expectation_that_nobody_knows_proves_nothing() {
        for (Map<String, Object> expect :
                java.util.List.<Map<String, Object>>of(Map.of("effect", "twice"), Map.of("lost", "few"))) {
            assertThat(FAULTS.judge()
                            .judge(FAULTS.passingExample(Map.of(), Altered.NOW), expect, Altered.NOW)
                            .verdict())
                    .isEqualTo(Verdict.UNPROVEN);
        }
    }

    @Test
    void a_target_without_a_queue_and_too_few_workers_are_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(RESTART, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("no queue of jobs");
        assertThatThrownBy(() -> Altered.collect(FAULTS, TestSite.target(), Map.of("workers", 1L)))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("2 to 8");
    }
}
