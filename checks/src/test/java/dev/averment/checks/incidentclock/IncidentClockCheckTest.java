package dev.averment.checks.incidentclock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentClockCheckTest {
    private static final Map<String, Object> EXPECT = Map.of(
            "P1", Map.of("within", "4h", "updates", "until-closed"),
            "P2", Map.of("within", "1bd"),
            "P3", Map.of("within", "3bd"),
            "owner", "required");

    private final IncidentClockCheck type = new IncidentClockCheck();
    private final Altered altered = Altered.of(type, EXPECT);

    @Test
    void a_deadline_that_is_not_the_promised_one_is_failing_and_both_are_named() {
        var judgement = altered.subject("P1", "due", "2026-11-22T17:00:00Z");
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("P1", "2026-11-22T17:00:00Z", "2026-11-22T16:00:00Z", "4h");
        assertThat(altered.subject("P3", "due", "2026-11-24T17:00:00Z").reason())
                .contains("3 business days");
    }

    @Test
    void a_deadline_that_does_not_run_or_counts_from_later_is_failing() {
        assertThat(altered.subject("P2", "running", false).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject("P2", "due", "").verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject("P2", "started", "2026-11-22T13:00:00Z").reason())
                .contains("counts from 2026-11-22T13:00:00Z");
        assertThat(altered.subject("P2", "outcome", "missed").verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void an_incident_that_is_nobodys_is_failing() {
        assertThat(altered.subject("P3", "owned", false).reason()).contains("no owner");
        assertThat(altered.subject(IncidentClockCollector.STRANGER, "refused", false)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        for (String fact : List.of("shown", "listed", "line", "running")) {
            assertThat(altered.subject(IncidentClockCollector.OWNERLESS, fact, false)
                            .verdict())
                    .as(fact)
                    .isEqualTo(Verdict.FAILING);
        }
    }

    @Test
    void updates_on_a_p1_that_end_before_it_is_closed_or_go_on_afterwards_are_failing() {
        for (String fact : List.of("updatesWhenOpened", "updatesAfterOne", "updatesWhenResolved")) {
            assertThat(altered.subject("P1", fact, "").verdict()).as(fact).isEqualTo(Verdict.FAILING);
        }
        assertThat(altered.subject("P1", "updatesWhenClosed", "1d").reason()).contains("though it is closed");
    }

    @Test
    void a_late_answer_that_nobody_sees_is_failing() {
        String late = IncidentClockCollector.MISSED;
        assertThat(altered.subject(late, "outcome", "").verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(late, "line", false).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(late, "alerted", false).reason()).contains("alerted nobody");
        assertThat(altered.subject(late, "counted", false).reason()).contains("not counted");
        assertThat(altered.subject(late, "outcomeAfterwards", "met").reason()).contains("in time");
    }

    @Test
    void a_severity_that_is_none_and_a_timeline_with_a_gap_are_failing_where_that_is_promised() {
        Map<String, Object> expect = Map.of("severity", "required", "owner", "required", "communication", "recorded");
        Altered other = Altered.of(type, expect);
        assertThat(other.subject(IncidentClockCollector.UNGRADED, "refused", false)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(other.subject("P1", "lines", List.of("opened", "acknowledged", "resolved", "closed"))
                        .reason())
                .contains("\"update\"");
        assertThat(other.subject("P1", "updatesWhenResolved", "").verdict())
                .as("nothing is promised about updates")
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void what_is_not_among_the_facts_and_a_calendar_that_can_not_be_counted_prove_nothing() {
        assertThat(altered.subject("P1", "owned", "").verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject("P1", "opened", "").verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.value("region", "DE-BY").reason()).contains("legal holidays");
        var facts = type.passingExample(EXPECT, Altered.NOW);
        var part = new dev.averment.checks.Facts(Altered.NOW, facts.subjects().subList(0, 3), facts.values());
        assertThat(type.judge().judge(part, EXPECT, Altered.NOW).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(type.judge()
                        .judge(facts, Map.of("P1", Map.of("within", "soon")), Altered.NOW)
                        .reason())
                .contains("such as 4h or 3bd");
    }

    @ParameterizedTest
    @CsvSource({
        // A Wednesday, in the middle of the day: the same time of the next ones.
        "2026-11-25T10:30:00Z, 1, 2026-11-26T10:30:00Z",
        "2026-11-25T10:30:00Z, 3, 2026-11-30T10:30:00Z",
        // Outside of hours: from the next opening, until a closing.
        "2026-11-25T03:00:00Z, 1, 2026-11-25T17:00:00Z",
        "2026-11-27T18:00:00Z, 1, 2026-11-30T17:00:00Z",
        "2026-11-28T12:00:00Z, 3, 2026-12-02T17:00:00Z",
        // 24 December is closed.
        "2026-12-23T16:00:00Z, 1, 2026-12-25T16:00:00Z",
    })
    void business_days_are_counted_over_nights_weekends_and_closures(Instant start, int days, Instant due) {
        var week = WorkingWeek.of("UTC", "", "mo-fr 09:00-17:00", "2026-12-24").orElseThrow();
        assertThat(week.plusDays(start, days)).isEqualTo(due);
    }

    @Test
    void a_calendar_with_breaks_holidays_or_words_is_not_counted() {
        assertThat(WorkingWeek.of("UTC", "", "mo 09:00-12:00,13:00-17:00", "")).isEmpty();
        assertThat(WorkingWeek.of("UTC", "DE", "mo-fr 09:00-17:00", "")).isEmpty();
        assertThat(WorkingWeek.of("Mars", "", "mo-fr 09:00-17:00", "")).isEmpty();
        assertThat(WorkingWeek.of("UTC", "", "mo-fr 09:00-17:00", "Christmas")).isEmpty();
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
