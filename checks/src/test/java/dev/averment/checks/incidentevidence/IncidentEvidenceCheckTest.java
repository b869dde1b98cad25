package dev.averment.checks.incidentevidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncidentEvidenceCheckTest {
    private final IncidentEvidenceCheck type = new IncidentEvidenceCheck();
    private final Altered altered =
            Altered.of(type, Map.of("fields", IncidentEvidenceJudge.FIELDS, "plantedSecret", "redacted"));

    @Test
    void a_secret_that_is_shown_is_failing_whatever_is_promised() {
        assertThat(altered.subject(IncidentEvidenceCollector.OUTPUT, "leaked", true)
                        .reason())
                .contains("as it was written");
        assertThat(Altered.of(type, Map.of("fields", List.of("timeline")))
                        .subject(IncidentEvidenceCollector.OUTPUT, "leaked", true)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void what_was_taken_out_or_left_out_without_a_note_is_failing() {
        String output = IncidentEvidenceCollector.OUTPUT;
        assertThat(altered.subject(output, "redactions", 1L).reason()).contains("Of 2 secrets", "1 are noted");
        assertThat(altered.subject(output, "kinds", List.of()).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(output, "leftOut", 0L).reason()).contains("left out");
        assertThat(altered.subject(output, "size", 10_000L).reason()).contains("32000 bytes");
        assertThat(altered.subject(output, "kept", false).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_timeline_with_a_gap_or_without_its_beginning_is_failing() {
        String timeline = IncidentEvidenceCollector.TIMELINE;
        assertThat(altered.subject(timeline, "lines", List.of("told")).reason()).contains("opened");
        assertThat(altered.subject(timeline, "complete", false).reason()).contains("gap");
    }

    @Test
    void an_incident_without_its_run_is_failing() {
        for (String fact : List.of("named", "monitor", "evidence")) {
            assertThat(altered.subject(IncidentEvidenceCollector.RUN, fact, false)
                            .verdict())
                    .as(fact)
                    .isEqualTo(Verdict.FAILING);
        }
    }

    @Test
    void an_alert_without_a_trace_of_its_delivery_is_failing() {
        String attempts = IncidentEvidenceCollector.ATTEMPTS;
        assertThat(altered.subject(attempts, "deliveries", 0L).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(attempts, "attempts", 0L).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(attempts, "outcomes", List.of("")).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(attempts, "delivered", false).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void evidence_that_others_read_or_members_do_not_is_failing() {
        String others = IncidentEvidenceCollector.OTHERS;
        assertThat(altered.subject(others, "foreign", List.of(404L, 200L)).reason())
                .contains("another workspace");
        assertThat(altered.subject(others, "inOwn", List.of(200L)).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(others, "listed", true).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(IncidentEvidenceCollector.VIEWER, "answers", List.of(200L, 403L))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void what_could_not_be_told_proves_nothing() {
        assertThat(altered.subject(IncidentEvidenceCollector.OTHERS, "foreign", List.of(503L))
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(IncidentEvidenceCollector.OTHERS, "foreign", List.of())
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(IncidentEvidenceCollector.OUTPUT, "planted", 0L)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(IncidentEvidenceCollector.RUN, "named", "").verdict())
                .isEqualTo(Verdict.UNPROVEN);
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
