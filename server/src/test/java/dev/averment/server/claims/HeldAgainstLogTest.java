package dev.averment.server.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.Judgement;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import dev.averment.server.evidence.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start finds in the database is held against the log: whoever owns the one can't write the other. */
class HeldAgainstLogTest extends PromisesRoom {
    /** Whoever owns the database can edit a row; its leaf is what counts. */
    @Test
    void a_row_that_says_better_than_its_leaf_proves_nothing_after_a_start() throws Exception {
        pages.putInForce(workspace(), first());
        observe("reviews", Judgement.proven("good"));
        Receipt failing = observe("tests", Judgement.failing("too old"));
        edit("update claims.observation set verdict = 'proven', reason = 'all is well' where check_id = 'tests'");
        pages = pages();
        pages.putInForce(workspace(), first());
        assertThat(verdict()).isEqualTo(Verdict.FAILING);
        assertThat(claim("tests").reason())
                .startsWith("too old")
                .contains("claims.observation", failing.leaf().toString(), "the row says proven, the entry failing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update claims.observation set verdict = 'attested' where check_id = 'tests'",
                "update claims.observation set observed_at = observed_at + interval '1 day' where check_id = 'tests'",
                "update claims.observation set check_id = case check_id when 'tests' then 'reviews' else 'tests' end",
                "update claims.observation set reason = 'better than ever' where check_id = 'tests'",
                "update claims.observation set leaf_id = gen_random_uuid() where check_id = 'tests'",
                "delete from claims.observation where check_id = 'tests'"
            })
    void a_row_that_differs_from_its_leaf_in_anything_proves_nothing_after_a_start(String edit) throws Exception {
        pages.putInForce(workspace(), first());
        observe("reviews", Judgement.proven("good"));
        observe("tests", Judgement.proven("good"));
        assertThat(verdict()).isEqualTo(Verdict.PROVEN);
        edit(edit);
        pages = pages();
        pages.putInForce(workspace(), first());
        assertThat(verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(claim("tests").reason()).contains("claims.observation", "until the check has looked again");
        observe("tests", Judgement.proven("good"));
        observe("reviews", Judgement.proven("good"));
        assertThat(verdict()).as("the check has looked again").isEqualTo(Verdict.PROVEN);
    }

    @Test
    void an_older_proof_does_not_come_back_when_the_row_of_a_failure_is_deleted() throws Exception {
        pages.putInForce(workspace(), first());
        observe("reviews", Judgement.proven("good"));
        observe("tests", Judgement.proven("good"));
        clock.step(Duration.ofMinutes(1));
        observe("tests", Judgement.failing("too old"));
        edit("delete from claims.observation where verdict = 'failing'");
        pages = pages();
        pages.putInForce(workspace(), first());
        assertThat(verdict()).isEqualTo(Verdict.FAILING);
        assertThat(claim("tests").reason()).startsWith("too old").contains("has no row in claims.observation");
    }

    @Test
    void a_leaf_edited_together_with_its_row_proves_nothing_either() throws Exception {
        pages.putInForce(workspace(), first());
        observe("reviews", Judgement.proven("good"));
        Receipt failing = observe("tests", Judgement.failing("too old"));
        integrate();
        edit(
                "update claims.observation set verdict = 'proven' where check_id = 'tests'",
                "update evidence.leaf set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '\"failing\"', '\"proven\"'), 'UTF8')"
                        + " where leaf_id = '" + failing.leaf() + "'");
        pages = pages();
        pages.putInForce(workspace(), first());
        assertThat(verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(claim("tests").reason()).contains(failing.leaf().toString(), "was altered");
    }

    @Test
    void a_page_that_an_earlier_version_put_in_force_says_once_more_what_it_promises() throws Exception {
        pages.putInForce(workspace(), first());
        edit("delete from evidence.disclosure where path like '/promises/%'");
        for (int start = 0; start < 2; start++) {
            pages = pages();
            pages.putInForce(workspace(), first());
        }
        assertThat(database.count("select count(*) from evidence.leaf where action = 'page.revised'"))
                .isEqualTo(2);
    }

    private void restart(Page page) {
        pages = pages();
        pages.putInForce(workspace(), page);
    }

    private void twoRevisions() {
        pages.putInForce(workspace(), first());
        clock.step(Duration.ofDays(1));
        pages.putInForce(workspace(), second());
        observe("reviews", Judgement.proven("good"));
        observe("tests", Judgement.proven("good"));
        assertThat(verdict()).isEqualTo(Verdict.PROVEN);
    }

    private Page second() {
        return page("21", "730d", "6h", "");
    }

    /** Triggers and foreign keys off, as a superuser can. */
    private void rewrite(String... statements) throws Exception {
        var all = new ArrayList<String>();
        all.add("set session_replication_role = replica");
        for (String table : List.of("revision", "change", "verdict")) {
            all.add("alter table claims." + table + " disable trigger record_change");
        }
        all.addAll(List.of(statements));
        for (String table : List.of("revision", "change", "verdict")) {
            all.add("alter table claims." + table + " enable always trigger record_change");
        }
        database.asSuperuser(all.toArray(String[]::new));
    }

    @Test
    void an_untouched_past_is_held_to_be_one_start_after_start() {
        twoRevisions();
        clock.step(Duration.ofHours(1));
        observe("tests", Judgement.failing("too old"));
        clock.step(Duration.ofHours(1));
        observe("tests", Judgement.proven("good"));
        for (int start = 0; start < 3; start++) {
            restart(second());
            assertThat(verdict()).isEqualTo(Verdict.PROVEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update claims.revision set source = source || '\\x23', sha256 = sha256(source || '\\x23') where number = 1",
                "update claims.revision set source = source || '\\x23' where number = 1",
                "update claims.revision set source = source || '\\x23', sha256 = sha256(source || '\\x23') where number = 2",
                "delete from claims.revision where number = 1",
                "delete from claims.change where permanent",
                "insert into claims.revision select workspace_id, page_id, 3, source, sha256, as_of, in_force_since"
                        + " from claims.revision where number = 2"
            })
    void a_rewritten_revision_proves_nothing_after_a_start_until_it_is_restored(String edit) throws Exception {
        twoRevisions();
        rewrite(edit);
        restart(second());
        assertThat(pages.state(id).orElseThrow().claims()).allSatisfy(seen -> {
            assertThat(seen.verdict()).isEqualTo(Verdict.UNPROVEN);
            assertThat(seen.reason()).contains("revision ", "until that is restored");
        });
        observe("tests", Judgement.proven("good"));
        observe("reviews", Judgement.proven("good"));
        assertThat(verdict()).as("looking again changes nothing of a past").isEqualTo(Verdict.UNPROVEN);
        observe("tests", Judgement.failing("too old"));
        assertThat(verdict()).as("a failure is believed").isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_restored_revision_counts_again_after_the_next_start() throws Exception {
        twoRevisions();
        rewrite(
                "create table public.kept as select * from claims.revision where number = 1",
                "update claims.revision set source = '\\x23', sha256 = sha256('\\x23') where number = 1");
        restart(second());
        assertThat(verdict()).isEqualTo(Verdict.UNPROVEN);
        rewrite("update claims.revision r set source = k.source, sha256 = k.sha256 from public.kept k"
                + " where r.number = k.number");
        restart(second());
        assertThat(verdict()).isEqualTo(Verdict.PROVEN);
    }

    /** Or a figure could be loosened without its line: the file is exchanged, and the revision in the database with it. */
    @Test
    void a_file_that_was_put_under_an_old_number_is_not_put_in_force_by_the_log() throws Exception {
        pages.putInForce(workspace(), first());
        String loosened = java.util.HexFormat.of().formatHex(second().source());
        rewrite("update claims.revision set source = '\\x" + loosened + "', sha256 = sha256('\\x" + loosened + "')");
        restart(second());
        assertThat(verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(claim("tests").reason()).contains("revision 1 in claims.revision has the SHA-256");
        assertThat(pages.state(id).orElseThrow().inForce()).isNull();
        assertThat(database.count("select count(*) from evidence.leaf where action = 'page.revised'"))
                .isEqualTo(1);
    }

    @Test
    void a_revision_after_a_rewritten_one_says_for_good_that_nobody_can_tell_what_changed() throws Exception {
        pages.putInForce(workspace(), first());
        rewrite("delete from claims.revision");
        restart(second());
        PageState state = pages.state(id).orElseThrow();
        assertThat(state.revision()).isEqualTo(2);
        assertThat(pages.revisions(state).getFirst().lines()).singleElement().satisfies(line -> {
            assertThat(line.kind()).isEqualTo("changed");
            assertThat(line.claim()).isEqualTo(id);
            assertThat(line.permanent()).isTrue();
        });
    }

    @Test
    void a_file_that_is_put_into_the_database_while_the_server_runs_is_handed_to_nobody() throws Exception {
        twoRevisions();
        PageState state = pages.state(id).orElseThrow();
        assertThat(pages.source(state, 1)).isPresent();
        rewrite("update claims.revision set source = '\\x23', sha256 = sha256('\\x23') where number = 1");
        assertThat(pages.source(state, 1)).isEmpty();
        assertThat(pages.source(state, 2)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from claims.verdict where verdict = 'failing'",
                "update claims.verdict set verdict = 'proven' where verdict = 'failing'",
                "update claims.verdict set since = since + interval '2 hours' where verdict = 'failing'",
                "insert into claims.verdict select workspace_id, page_id, claim_id, since + interval '1 minute', 'proven', 'fine'"
                        + " from claims.verdict where verdict = 'failing'"
            })
    void a_verdict_that_was_taken_out_of_the_past_makes_its_claim_unproven_after_a_start(String edit) throws Exception {
        pages.putInForce(workspace(), page("20", "365d", "6h", ""));
        observe("reviews", Judgement.proven("good"));
        observe("tests", Judgement.failing("too old"));
        for (int day = 0; day < 20; day++) {
            clock.step(Duration.ofHours(12));
            observe("reviews", Judgement.proven("good"));
            observe("tests", Judgement.unproven("silent"));
            clock.step(Duration.ofHours(12));
            observe("tests", Judgement.proven("good"));
        }
        assertThat(verdict()).isEqualTo(Verdict.PROVEN);
        rewrite(edit);
        restart(page("20", "365d", "6h", ""));
        assertThat(verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(claim("tests").reason()).contains("claims.verdict", "until that is restored");
    }
}
