package dev.averment.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.CollectException;
import dev.averment.checks.Judgement;
import dev.averment.checks.crossreferences.CrossReferencesCheck;
import dev.averment.checks.databasetransport.DatabaseTransportCheck;
import dev.averment.checks.forgedcontext.ForgedContextCheck;
import dev.averment.checks.isolationbehaviour.IsolationBehaviourCheck;
import dev.averment.checks.isolationcatalog.IsolationCatalogCheck;
import dev.averment.checks.modificationaudit.ModificationAuditCheck;
import dev.averment.checks.roleprivileges.RolePrivilegesCheck;
import dev.averment.checks.target.Database;
import dev.averment.claims.Verdict;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the target can't show, or shows the wrong way: where a pool, a session or a transport is the defect. */
class UnprovenTest {

    @Test
    void a_table_without_a_canary_row_of_the_other_workspace_is_unproven_by_name() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        database.asSuperuser("delete from app.remark where workspace_id = '" + SampleDatabase.B + "'");
        Judgement judgement = database.judge(new IsolationBehaviourCheck());
        assertThat(judgement.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(judgement.reason()).contains("app.remark");
    }

    @Test
    void an_append_only_table_may_go_without_a_canary_row() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        database.asSuperuser("delete from app.sign_in");
        Judgement judgement = database.judge(new IsolationBehaviourCheck());
        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.PROVEN);
        assertThat(judgement.reason()).contains("all but app.sign_in");
    }

    @Test
    void a_leak_shows_even_where_a_canary_is_missing() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        database.asSuperuser("delete from app.remark; alter policy workspace on app.task using (true)");
        assertThat(database.judge(new IsolationBehaviourCheck()).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_database_without_tenant_tables_is_unproven() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        database.asSuperuser("drop schema app, audit cascade");
        assertThat(database.judge(new IsolationCatalogCheck()).verdict()).isNotEqualTo(Verdict.PROVEN);
        assertThat(database.judge(new IsolationBehaviourCheck()).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(database.judge(new CrossReferencesCheck()).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(database.judge(new ModificationAuditCheck()).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_runtime_role_that_does_not_exist_is_said() throws Exception {
        SampleDatabase database = SampleDatabase.fresh().withRuntimeRole("nobody_here");
        assertThatThrownBy(() -> database.collect(new IsolationCatalogCheck(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("no role nobody_here");
    }

    @Test
    void a_pool_that_hands_a_left_context_on_fails_where_a_seal_outlives_its_transaction() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        database.asSuperuser(
                TestPostgres.resource("/defects/context-function-accepts-the-seal-of-an-earlier-transaction.sql")
                        .split("-- remove\n", 2)[0]);
        database.withPool(SamplePool.thatRemembers(database));
        Judgement judgement = database.judge(new ForgedContextCheck());
        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.FAILING);
        assertThat(database.collect(new ForgedContextCheck(), Map.of()).subjects())
                .filteredOn(attempt -> !attempt.facts().get("refused").equals(true))
                .extracting("name")
                .containsExactly("context of an earlier transaction set again", "context left on a pooled connection");
    }

    @Test
    void a_pool_that_hands_a_left_context_on_does_no_harm_where_seals_end_with_their_transaction() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        database.withPool(SamplePool.thatRemembers(database));
        assertThat(database.judge(new ForgedContextCheck()).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void nothing_is_left_on_a_pooled_connection_afterwards() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        SamplePool pool = SamplePool.thatRemembers(database);
        database.withPool(pool).judge(new ForgedContextCheck());
        try (Connection borrowed = pool.withoutWorkspace()) {
            assertThat(Attempt.run(
                            borrowed,
                            "select count(*) where coalesce(current_setting('sample.workspace', true), '') <> ''"))
                    .isZero();
        }
    }

    @Test
    void without_the_pool_the_context_is_unproven() throws Exception {
        assertThat(SampleDatabase.fresh().judge(new ForgedContextCheck()).verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void without_the_names_of_the_settings_nothing_can_be_forged() throws Exception {
        SampleDatabase database = SampleDatabase.fresh().withoutContextSettings();
        assertThatThrownBy(() -> database.collect(new ForgedContextCheck(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("target file");
    }

    @Test
    void triggers_that_nobody_watched_are_unproven() throws Exception {
        assertThat(SampleDatabase.fresh()
                        .withoutTrail()
                        .judge(new ModificationAuditCheck())
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_session_of_the_tables_owner_fails() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        database.asSuperuser("alter role sample_owner login");
        try {
            try (Connection owner = database.connectAs("sample_owner")) {
                assertThat(owner.isValid(1)).isTrue();
                Judgement judgement = database.judge(new RolePrivilegesCheck());
                assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
                assertThat(judgement.reason()).contains("owner");
            }
        } finally {
            database.asSuperuser("alter role sample_owner nologin");
        }
    }

    @Test
    void temporary_tables_are_let_pass_when_the_page_says_so() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        database.asSuperuser(
                "do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$");
        assertThat(database.judge(new RolePrivilegesCheck()).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(database.judge(new RolePrivilegesCheck(), Map.of("temporaryTables", true))
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_database_that_takes_plain_connections_fails() throws Exception {
        Judgement judgement = SampleDatabase.fresh().judge(new DatabaseTransportCheck());
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("without TLS");
    }

    @Test
    void a_database_that_asks_for_no_client_certificate_fails_where_one_is_demanded() throws Exception {
        Map<String, Object> demanded = Map.of("clientCertificate", true);
        assertThat(SampleDatabase.overTls()
                        .judge(new DatabaseTransportCheck(), demanded)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        Judgement mutual = SampleDatabase.overMutualTls().judge(new DatabaseTransportCheck(), demanded);
        assertThat(mutual.verdict()).as(mutual.reason()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void an_open_session_without_tls_is_among_the_facts() throws Exception {
        SampleDatabase open = SampleDatabase.fresh();
        try (Connection session = open.connectPlain()) {
            assertThat(session.isValid(1)).isTrue();
            var facts = open.collect(new DatabaseTransportCheck(), Map.of());
            assertThat(facts.subjects())
                    .anySatisfy(subject -> assertThat(subject.facts())
                            .containsEntry("ssl", false)
                            .containsKey("local"));
        }
    }

    @Test
    void without_a_choice_of_transport_the_check_says_what_to_give() throws Exception {
        SampleDatabase database = SampleDatabase.overTls().withoutTransports();
        assertThatThrownBy(() -> database.collect(new DatabaseTransportCheck(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("target file");
    }

    @Test
    void the_probe_role_needs_no_privilege_of_its_own() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        try (Connection probe = database.connect(Database.Role.PROBE)) {
            assertThat(Attempt.of(probe, Attempt.NO_CONTEXT, "select count(*) from app.task")
                            .refused())
                    .isTrue();
        }
    }
}
