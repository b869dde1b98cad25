package dev.averment.server.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.prove.Observation;
import dev.averment.claims.Verdict;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.server.evidence.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From a page file and observations to verdicts, over a real database and a clock that obeys. */
class PagesTest extends PromisesRoom {
    @Test
    void the_same_file_twice_is_one_revision() throws Exception {
        pages.putInForce(workspace(), first());
        long leaves = database.count("select count(*) from evidence.leaf");
        clock.step(Duration.ofMinutes(1));
        pages.putInForce(workspace(), first());
        pages().putInForce(workspace(), first());
        assertThat(database.count("select count(*) from claims.revision")).isEqualTo(1);
        assertThat(database.count("select count(*) from claims.change")).isZero();
        assertThat(database.count("select count(*) from evidence.leaf where action = 'page.revised'"))
                .isEqualTo(1);
        assertThat(database.count("select count(*) from evidence.leaf"))
                .as("a start that changes nothing writes nothing")
                .isEqualTo(leaves);
    }

    @Test
    void a_changed_file_is_the_next_revision_and_what_was_loosened_or_withdrawn_stays_for_good() {
        pages.putInForce(workspace(), first());
        clock.step(Duration.ofDays(1));
        pages.putInForce(workspace(), page("21", "730d", "6h", ""));
        var state = pages.state(id).orElseThrow();
        assertThat(state.revision()).isEqualTo(2);
        var revisions = pages.revisions(state);
        assertThat(revisions).extracting(r -> r.number()).containsExactly(2, 1);
        assertThat(revisions.getFirst().lines())
                .filteredOn(line -> line.permanent())
                .extracting(line -> line.kind() + " " + line.claim())
                .containsExactlyInAnyOrder("loosened tests", "withdrawn drill");
        assertThat(revisions.getFirst().lines())
                .filteredOn(line -> line.kind().equals("loosened"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.before()).contains("at most 365 days");
                    assertThat(line.after()).isNotNull().doesNotContain("365");
                });
        assertThat(revisions.getLast().lines()).isEmpty();
        assertThat(pages.source(state, 1)).hasValueSatisfying(s -> assertThat(s).isEqualTo(first().source()));
    }

    @Test
    void an_observation_is_a_row_and_a_leaf_that_say_the_same() throws Exception {
        pages.putInForce(workspace(), first());
        Receipt receipt = observe("tests", Judgement.proven("one record, 40 days old"));
        Map<String, Object> row =
                database.rows("select * from claims.observation").getFirst();
        assertThat(row.get("leaf_id")).isEqualTo(receipt.leaf());
        assertThat(row.get("verdict")).isEqualTo("proven");
        Leaf leaf =
                Leaf.parse((byte[]) database.rows("select bytes from evidence.leaf where leaf_id = ?", receipt.leaf())
                        .getFirst()
                        .get("bytes"));
        assertThat(leaf.hash()).isEqualTo(receipt.leafHash());
        assertThat(leaf.action()).isEqualTo("check.observed");
        assertThat(leaf.json().object("detail").string("observation"))
                .isEqualTo(row.get("observation_id").toString());
        assertThat(leaf.json().object("detail").object("facts").toJson()).contains("the record", "A test");
        assertThat(row.get("facts")).as("facts lie once, in the leaf").isNull();
        assertThat(leaf.time()).isEqualTo(clock.instant());
        assertThat(leaf.recordedAt()).isEqualTo(clock.instant().plusMillis(5));
    }

    @Test
    void an_observation_that_cannot_be_stored_leaves_no_leaf_and_no_verdict() throws Exception {
        pages.putInForce(workspace(), first());
        long leaves = database.count("select count(*) from evidence.leaf");
        assertThatThrownBy(() -> pages.observed(
                        id,
                        new Observation(
                                "tests",
                                "c".repeat(101),
                                "records",
                                new Facts(clock.instant(), List.of(), Map.of()),
                                Judgement.proven("x"),
                                clock.instant())))
                .isInstanceOf(RuntimeException.class);
        assertThat(database.count("select count(*) from evidence.leaf")).isEqualTo(leaves);
        assertThat(verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void the_worst_check_decides_and_spans_tell_when() {
        pages.putInForce(workspace(), first());
        Instant start = clock.instant();
        assertThat(claim("tests").reason()).isEqualTo("not looked at yet");
        clock.step(Duration.ofMinutes(1));
        observe("tests", Judgement.proven("good"));
        assertThat(verdict()).as("the other check has not looked").isEqualTo(Verdict.UNPROVEN);
        Instant proven = clock.step(Duration.ofMinutes(1));
        observe("reviews", Judgement.attested("somebody stands behind it"));
        assertThat(verdict()).isEqualTo(Verdict.ATTESTED);
        Instant failing = clock.step(Duration.ofMinutes(1));
        observe("tests", Judgement.failing("too old"));
        assertThat(verdict()).isEqualTo(Verdict.FAILING);
        assertThat(claim("tests").reason()).isEqualTo("too old");
        assertThat(pages.spans(pages.state(id).orElseThrow(), "tests", start))
                .containsExactly(
                        new PublishedPages.VerdictSpan(Verdict.UNPROVEN, start, proven),
                        new PublishedPages.VerdictSpan(Verdict.ATTESTED, proven, failing),
                        new PublishedPages.VerdictSpan(Verdict.FAILING, failing, null));
    }

    @Test
    void a_proof_grows_stale_with_the_clock_and_a_refutation_does_not() {
        pages.putInForce(workspace(), first());
        observe("tests", Judgement.proven("good"));
        observe("reviews", Judgement.proven("good"));
        clock.step(Duration.ofHours(26));
        pages.refresh(id);
        assertThat(verdict()).as("at the very end of its time").isEqualTo(Verdict.PROVEN);
        Instant lapse = clock.instant();
        clock.step(Duration.ofSeconds(1));
        pages.refresh(id);
        assertThat(verdict()).isEqualTo(Verdict.STALE);
        assertThat(claim("tests").since()).isEqualTo(lapse);
        clock.step(Duration.ofMinutes(1));
        observe("tests", Judgement.failing("refuted"));
        clock.step(Duration.ofDays(30));
        pages.refresh(id);
        assertThat(verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_check_that_is_not_built_yet_says_what_it_will_do() {
        pages.putInForce(workspace(), first());
        assertThat(claim("drill").verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(claim("drill").reason()).startsWith("no check of this type yet: it will ");
    }

    @Test
    void an_exemption_holds_until_its_time_and_says_who_gave_it() {
        String exempt = DRILL.replace(
                "    audience: public\n",
                "    audience: public\n    exemption: {until: 2026-11-24, reason: \"The drill machine is on its way\", by: \"Olga Owner\"}\n");
        pages.putInForce(workspace(), page("20", "365d", "6h", exempt));
        assertThat(claim("drill").verdict()).isEqualTo(Verdict.EXEMPT);
        assertThat(claim("drill").reason()).contains("Olga Owner", "on its way");
        clock.step(Duration.ofDays(3));
        pages.refresh(id);
        assertThat(claim("drill").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_page_that_is_no_longer_in_force_is_told_of() {
        pages.putInForce(workspace(), first());
        assertThat(pages.resting(workspace())).isEmpty();
        pages = pages();
        assertThat(pages.resting(workspace())).containsExactly(id);
    }

    @Test
    void what_was_known_is_known_after_a_restart() {
        pages.putInForce(workspace(), first());
        observe("tests", Judgement.proven("good"));
        observe("reviews", Judgement.proven("good"));
        Instant since = claim("tests").since();
        clock.step(Duration.ofHours(1));
        pages = pages();
        pages.putInForce(workspace(), first());
        assertThat(verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(claim("tests").since()).isEqualTo(since);
    }

    /** Nobody looked while the server was away: that time is not proven, and the history says so. */
    @Test
    void time_in_which_nobody_looked_counts_as_stale_from_the_moment_the_proof_lapsed() {
        pages.putInForce(workspace(), first());
        Instant proven = clock.step(Duration.ofMinutes(1));
        observe("tests", Judgement.proven("good"));
        observe("reviews", Judgement.proven("good"));
        clock.step(Duration.ofDays(3));
        pages = pages();
        pages.putInForce(workspace(), first());
        Instant lapse = proven.plus(Duration.ofHours(26));
        assertThat(claim("tests").since()).isEqualTo(lapse);
        Instant back = clock.step(Duration.ofMinutes(1));
        observe("tests", Judgement.proven("good"));
        observe("reviews", Judgement.proven("good"));
        assertThat(pages.spans(pages.state(id).orElseThrow(), "tests", proven))
                .containsExactly(
                        new PublishedPages.VerdictSpan(Verdict.PROVEN, proven, lapse),
                        new PublishedPages.VerdictSpan(Verdict.STALE, lapse, back),
                        new PublishedPages.VerdictSpan(Verdict.PROVEN, back, null));
    }

    /** A machine that slept: the new look comes before anybody judged the old one again. */
    @Test
    void a_look_after_the_proof_lapsed_does_not_close_the_gap_before_it() {
        pages.putInForce(workspace(), first());
        Instant proven = clock.step(Duration.ofMinutes(1));
        observe("tests", Judgement.proven("good"));
        observe("reviews", Judgement.proven("good"));
        clock.step(Duration.ofHours(30));
        observe("tests", Judgement.proven("good"));
        assertThat(claim("tests").since()).isEqualTo(proven.plus(Duration.ofHours(26)));
        assertThat(verdict()).as("the other check's proof is too old").isEqualTo(Verdict.STALE);
    }

    @Test
    void what_a_failing_claim_becomes_begins_when_it_is_seen_and_not_when_its_other_proof_lapsed() {
        pages.putInForce(workspace(), first());
        observe("reviews", Judgement.proven("good"));
        observe("tests", Judgement.failing("bad"));
        clock.step(Duration.ofHours(30));
        Instant mended = clock.instant();
        observe("tests", Judgement.proven("good"));
        assertThat(verdict()).isEqualTo(Verdict.STALE);
        assertThat(claim("tests").since()).isEqualTo(mended);
    }

    @Test
    void a_proof_of_the_old_figure_is_none_of_the_new_one() throws Exception {
        pages.putInForce(workspace(), first());
        observe("tests", Judgement.proven("300 days old"));
        observe("reviews", Judgement.proven("300 days old"));
        assertThat(verdict()).isEqualTo(Verdict.PROVEN);
        database.asSuperuser("update claims.schedule set due_at = '2026-11-22T18:00:00Z' where check_id <> 'drill'");
        clock.step(Duration.ofMinutes(1));
        pages.putInForce(workspace(), page("21", "90d", "6h", DRILL));
        assertThat(verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(
                        database.count(
                                "select count(*) from claims.schedule where check_id <> 'drill' and due_at <= '2026-11-22T12:01:00Z'"))
                .as("both are due at once")
                .isEqualTo(2);
        pages = pages();
        pages.putInForce(workspace(), page("21", "90d", "6h", DRILL));
        assertThat(verdict()).as("after a restart, too").isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_proof_stays_one_when_something_else_on_the_page_changes() {
        pages.putInForce(workspace(), first());
        observe("tests", Judgement.proven("good"));
        observe("reviews", Judgement.proven("good"));
        clock.step(Duration.ofMinutes(1));
        pages.putInForce(workspace(), page("21", "365d", "6h", ""));
        assertThat(pages.state(id).orElseThrow().revision()).isEqualTo(2);
        assertThat(verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_check_that_shall_run_more_often_does_not_wait_for_its_old_time_and_a_gone_one_leaves() throws Exception {
        pages.putInForce(workspace(), first());
        database.asSuperuser("update claims.schedule set due_at = '2026-11-22T18:00:00Z'");
        pages.putInForce(workspace(), page("21", "365d", "10m", ""));
        assertThat(database.rows(
                        "select check_id, to_char(due_at, 'HH24:MI') as due from claims.schedule order by check_id"))
                .extracting(r -> r.get("check_id") + " " + r.get("due"))
                .containsExactly("reviews 18:00", "tests 12:10");
    }

    /** A target chooses what a reason quotes. It must not be able to keep its own failure out of the log. */
    @Test
    void a_reason_with_a_nul_half_a_pair_or_no_end_is_recorded_all_the_same() {
        pages.putInForce(workspace(), first());
        observe("reviews", Judgement.proven("good"));
        for (String reason : List.of("a\0b", "\ud83d alone", "x".repeat(1999) + "😀 and more", "y".repeat(100_000))) {
            clock.step(Duration.ofSeconds(1));
            observe("tests", Judgement.failing(reason));
            assertThat(verdict()).isEqualTo(Verdict.FAILING);
            assertThat(claim("tests").reason())
                    .doesNotContain("\0")
                    .satisfies(r -> assertThat(r.codePoints().count()).isLessThanOrEqualTo(2000));
        }
    }

    @Test
    void facts_too_large_for_a_leaf_are_named_by_their_digest_and_too_large_for_a_row_likewise() throws Exception {
        pages.putInForce(workspace(), first());
        for (int size : new int[] {1000, 12_000}) {
            clock.step(Duration.ofSeconds(1));
            Receipt receipt = observe(
                    "tests",
                    Judgement.proven("many"),
                    IntStream.range(0, size)
                            .mapToObj(i -> new Subject("subject " + i, Map.of("value", "v".repeat(50))))
                            .toList());
            Leaf leaf = Leaf.parse(
                    (byte[]) database.rows("select bytes from evidence.leaf where leaf_id = ?", receipt.leaf())
                            .getFirst()
                            .get("bytes"));
            assertThat(leaf.json().object("detail").object("facts").string("sha256"))
                    .hasSize(64);
            assertThat(database.count("select subjects from claims.observation where leaf_id = ?", receipt.leaf()))
                    .isEqualTo(size);
        }
    }
}
