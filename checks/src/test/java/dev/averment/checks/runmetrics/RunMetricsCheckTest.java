package dev.averment.checks.runmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunMetricsCheckTest {
    private final RunMetricsCheck type = new RunMetricsCheck();
    private final Altered altered =
            Altered.of(type, Map.of("fields", List.of("throughput", "peakMemory", "status"), "missing", "incomplete"));

    @Test
    void a_run_without_a_figure_that_passes_for_complete_is_failing() {
        for (String which : List.of(
                RunMetricsCollector.NO_MEMORY, RunMetricsCollector.NO_THROUGHPUT, RunMetricsCollector.NO_STATUS)) {
            assertThat(altered.subject(which, "status", "succeeded").verdict())
                    .as(which)
                    .isEqualTo(Verdict.FAILING);
        }
    }

    @Test
    void a_figure_that_was_reported_and_is_not_kept_is_failing() {
        assertThat(altered.subject(RunMetricsCollector.REPORTED, "peakMemory", -1L)
                        .reason())
                .contains("none is recorded");
        assertThat(altered.subject(RunMetricsCollector.REPORTED, "throughputMilli", 399_000L)
                        .reason())
                .contains("399.0");
        assertThat(altered.subject(RunMetricsCollector.MEASURED, "peakMemory", 1L)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_throughput_that_is_not_measured_or_measured_wrongly_is_failing() {
        String measured = RunMetricsCollector.MEASURED;
        assertThat(altered.subject(measured, "throughputMilli", -1000L).verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(measured, "throughputMilli", 25_000_000L).reason())
                .contains("5000 records in 100 ms");
        assertThat(altered.subject(measured, "status", "incomplete").verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void what_is_not_among_the_facts_proves_nothing() {
        assertThat(altered.subject(RunMetricsCollector.NO_MEMORY, "status", "").verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(RunMetricsCollector.MEASURED, "millis", -1L).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        var facts = type.passingExample(Map.of(), Altered.NOW);
        assertThat(type.judge()
                        .judge(facts, Map.of("missing", "ignored"), Altered.NOW)
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
