package dev.averment.server.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.Judgement;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import dev.averment.server.claims.PublishedPages.VerdictSpan;
import dev.averment.server.database.Role;
import dev.averment.server.evidence.Integrator;
import dev.averment.server.evidence.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server wrote while its clock was ahead by three days; then the clock was set right. */
class ClockAheadTest extends PromisesRoom {
    private static final Duration AHEAD = Duration.ofDays(3);

    private Instant right;

    @BeforeEach
    void provenWhileTheClockWasRight() {
        pages.putInForce(workspace(), first());
        observe("reviews", Judgement.proven("good"));
        observe("tests", Judgement.proven("good"));
        clock.step(Duration.ofHours(1));
        right = clock.instant();
    }

    private void ahead() {
        clock.step(AHEAD);
    }

    private void setRight() {
        clock.step(AHEAD.negated());
    }

    private void restart() {
        pages = pages();
        pages.putInForce(workspace(), first());
    }

    private List<VerdictSpan> spans() {
        return pages.spans(
                pages.state(id).orElseThrow(), "tests", clock.instant().minus(Duration.ofDays(30)));
    }

    private void proven() {
        observe("reviews", Judgement.proven("good"));
        observe("tests", Judgement.proven("good"));
    }

    @Test
    void what_was_observed_in_a_time_that_is_to_come_proves_nothing_and_says_to_set_the_clocks_right()
            throws Exception {
        ahead();
        proven();
        assertThat(verdict()).isEqualTo(Verdict.PROVEN);
        setRight();
        pages.refresh(id);
        assertThat(verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(claim("tests").reason()).contains("25 November 2026", "still to come", "set the clocks right");
        restart();
        assertThat(verdict()).isEqualTo(Verdict.UNPROVEN);
        proven();
        assertThat(verdict()).as("looked at again by a right clock").isEqualTo(Verdict.PROVEN);
        integrate();
        restart();
        assertThat(verdict()).as("and remembered as such").isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_failure_seen_by_the_right_clock_is_not_hidden_by_a_proof_of_later_days_nor_when_they_come()
            throws Exception {
        ahead();
        proven();
        integrate();
        setRight();
        clock.step(Duration.ofHours(1));
        observe("reviews", Judgement.proven("good"));
        observe("tests", Judgement.failing("too old"));
        integrate();
        restart();
        assertThat(verdict()).isEqualTo(Verdict.FAILING);
        ahead();
        restart();
        assertThat(verdict()).as("the day has come that the wrong clock named").isEqualTo(Verdict.FAILING);
    }

    @Test
    void the_history_says_that_nobody_knows_what_was_then_and_ends_now() throws Exception {
        ahead();
        observe("tests", Judgement.failing("too old"));
        clock.step(Duration.ofMinutes(10));
        proven();
        setRight();
        pages.refresh(id);
        integrate();
        proven();
        integrate();
        clock.step(Duration.ofSeconds(1));
        List<VerdictSpan> spans = spans();
        assertThat(spans)
                .extracting(VerdictSpan::verdict)
                .endsWith(Verdict.PROVEN, Verdict.UNPROVEN, Verdict.UNPROVEN, Verdict.PROVEN);
        assertThat(spans)
                .extracting(VerdictSpan::from)
                .allSatisfy(from -> assertThat(from).isBeforeOrEqualTo(clock.instant()));
        VerdictSpan unknown = spans.get(spans.size() - 3);
        assertThat(unknown.from())
                .as("from the last thing that a right clock saw")
                .isBefore(right);
        assertThat(spans.getLast().to()).isNull();
        Instant since = claim("tests").since();
        assertThat(since).isBeforeOrEqualTo(clock.instant());
        restart();
        assertThat(claim("tests").since()).isEqualTo(since);
        assertThat(spans()).isEqualTo(spans);
    }

    @Test
    void when_the_named_days_come_what_holds_then_is_put_behind_what_was_written_of_them() {
        ahead();
        observe("tests", Judgement.failing("too old"));
        setRight();
        pages.refresh(id);
        proven();
        for (int day = 0; day < 3; day++) {
            clock.step(Duration.ofHours(24).plusMinutes(5));
            proven();
        }
        pages.refresh(id);
        assertThat(verdict()).isEqualTo(Verdict.PROVEN);
        clock.step(Duration.ofSeconds(1));
        assertThat(spans().getLast().verdict()).isEqualTo(Verdict.PROVEN);
        restart();
        assertThat(verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(spans().getLast().verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_page_that_was_put_in_force_by_the_wrong_clock_is_judged_from_now_on() {
        ahead();
        Page later = page("21", "730d", "6h", DRILL);
        pages.putInForce(workspace(), later);
        proven();
        setRight();
        pages = pages();
        pages.putInForce(workspace(), later);
        proven();
        assertThat(verdict()).isEqualTo(Verdict.PROVEN);
        clock.step(Duration.ofHours(30));
        pages.refresh(id);
        assertThat(verdict()).isEqualTo(Verdict.STALE);
        assertThat(claim("tests").since()).isBeforeOrEqualTo(clock.instant());
    }

    @Test
    void the_integrator_goes_on_signing_under_load() throws Exception {
        var integrator = new Integrator(
                database.pools().of(Role.LOG),
                database.logKey(),
                new Publication(database.data(), database.logKey()),
                clock,
                1,
                (_, _, _) -> {});
        ahead();
        assertThat(integrator.integrate()).isEqualTo(1);
        setRight();
        long signed = database.count("select count(*) from evidence.checkpoint");
        assertThat(integrator.integrate()).isEqualTo(1);
        assertThat(database.count("select count(*) from evidence.checkpoint")).isGreaterThanOrEqualTo(signed);
        assertThat(database.count("select coalesce(max(size), 0) from evidence.checkpoint where workspace_id = '"
                        + workspace() + "'"))
                .isPositive();
    }
}
