package dev.averment.checks.failuredrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureDrillCheckTest {
    private final FailureDrillCheck type = new FailureDrillCheck();
    private final Altered altered = Altered.of(type, Map.of("visible", FailureDrillJudge.VISIBLE));

    @Test
    void a_drill_in_which_nothing_fails_or_that_shows_no_run_is_failing() {
        String run = FailureDrillCollector.RUN;
        assertThat(altered.subject(run, "failed", false).reason()).contains("no run of it failed");
        assertThat(altered.subject(run, "shown", "succeeded").verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(run, "output", false).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_drill_that_opens_no_incident_or_one_that_names_no_run_is_failing() {
        String incident = FailureDrillCollector.INCIDENT;
        assertThat(altered.subject(incident, "opened", false).reason()).contains("no incident was opened");
        assertThat(altered.subject(incident, "affected", false).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(incident, "rootRun", false).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(incident, "lines", List.of("told")).verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void an_alert_without_an_attempt_that_was_accepted_is_failing() {
        String alert = FailureDrillCollector.ALERT;
        assertThat(altered.subject(alert, "alerts", 0L).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(alert, "attempts", 0L).reason()).contains("no attempt");
        assertThat(altered.subject(alert, "outcomes", List.of("timeout")).verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(alert, "delivered", false).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_recovery_that_never_comes_is_failing() {
        String recovery = FailureDrillCollector.RECOVERY;
        assertThat(altered.subject(recovery, "mended", false).reason()).contains("not mended");
        assertThat(altered.subject(recovery, "back", "").verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(recovery, "incident", "open").reason()).contains("open", "well again");
        assertThat(altered.subject(recovery, "incident", "").verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void only_what_is_promised_to_be_visible_is_demanded() {
        assertThat(Altered.of(type, Map.of("visible", List.of("run", "incident")))
                        .subject(FailureDrillCollector.RECOVERY, "back", "")
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_workflow_that_was_not_well_before_proves_nothing_and_neither_does_a_promise_nobody_knows() {
        assertThat(altered.subject(FailureDrillCollector.BEFORE, "worked", false)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(FailureDrillCollector.RUN, "failed", "").verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(type.judge()
                        .judge(
                                type.passingExample(Map.of(), Altered.NOW),
                                Map.of("visible", List.of("colour")),
                                Altered.NOW)
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
