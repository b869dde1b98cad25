package dev.averment.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.Judgement;
import dev.averment.checks.crossreferences.CrossReferencesCheck;
import dev.averment.checks.databasetransport.DatabaseTransportCheck;
import dev.averment.checks.forgedcontext.ForgedContextCheck;
import dev.averment.checks.isolationcatalog.IsolationCatalogCheck;
import dev.averment.checks.modificationaudit.ModificationAuditCheck;
import dev.averment.checks.roleprivileges.RolePrivilegesCheck;
import dev.averment.checks.target.Database.Reviewed;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What only shows against a list of how it should be. */
class ReviewedListsTest {
    private static final String RECORDER = "audit.record_change()";
    private static final UUID SOMEBODY = UUID.fromString("cccccccc-0000-7000-8000-000000000003");

    private static Reviewed functions(String digest) {
        return new Reviewed(Map.of(RECORDER, digest), Set.of(), Set.of(), Set.of(), Map.of());
    }

    @Test
    void a_function_that_is_not_the_one_that_was_reviewed_refutes_and_the_finding_says_what_it_is() throws Exception {
        SampleDatabase database = SampleDatabase.fresh().withReviewed(functions("0".repeat(64)));
        Judgement wrong = database.judge(new IsolationCatalogCheck());
        assertThat(wrong.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(wrong.reason()).contains("P31").contains(RECORDER);
        assertThat(database.judge(new ModificationAuditCheck()).verdict()).isEqualTo(Verdict.FAILING);

        String now = wrong.reason().replaceFirst("(?s).*is sha256:([0-9a-f]{64}),.*", "$1");
        database.withReviewed(functions(now));
        assertThat(database.judge(new IsolationCatalogCheck()).verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(database.judge(new ModificationAuditCheck()).verdict()).isEqualTo(Verdict.PROVEN);

        database.asSuperuser("alter function audit.record_change() owner to postgres");
        assertThat(database.judge(new IsolationCatalogCheck()).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_foreign_key_that_was_dropped_refutes_where_it_was_reviewed() throws Exception {
        SampleDatabase database = SampleDatabase.fresh()
                .withReviewed(new Reviewed(
                        Map.of(),
                        Set.of("app.task(workspace_id, project_id) -> app.project(workspace_id, id)"),
                        Set.of(),
                        Set.of(),
                        Map.of()));
        assertThat(database.judge(new CrossReferencesCheck()).verdict()).isEqualTo(Verdict.PROVEN);

        database.asSuperuser("alter table app.task drop constraint task_workspace_id_project_id_fkey");
        Judgement dropped = database.judge(new CrossReferencesCheck());
        assertThat(dropped.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(dropped.reason()).contains("app.task(workspace_id, project_id)");
    }

    @Test
    void an_extension_that_nobody_reviewed_refutes() throws Exception {
        SampleDatabase database = SampleDatabase.fresh()
                .withReviewed(new Reviewed(Map.of(), Set.of(), Set.of(), Set.of("pgcrypto"), Map.of()));
        assertThat(database.judge(new IsolationCatalogCheck()).reason()).contains("extension plpgsql");
        database.withReviewed(new Reviewed(Map.of(), Set.of(), Set.of(), Set.of("plpgsql"), Map.of()));
        assertThat(database.judge(new IsolationCatalogCheck()).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_grant_to_any_role_that_nobody_reviewed_refutes() throws Exception {
        SampleDatabase database = SampleDatabase.fresh()
                .withReviewed(
                        new Reviewed(Map.of(), Set.of(), Set.of("sample_app: schema app: USAGE"), Set.of(), Map.of()));
        assertThat(database.judge(new RolePrivilegesCheck()).verdict()).isEqualTo(Verdict.FAILING);
        var beyond = database.collect(new RolePrivilegesCheck(), Map.of()).subjects().stream()
                .filter(s -> s.name().equals("GRANT beyond the reviewed list"))
                .findFirst()
                .orElseThrow();
        assertThat(beyond.facts().get("accepted").toString())
                .contains("sample_app: function tenancy.enter(uuid, bytea): EXECUTE")
                .doesNotContain("sample_app: schema app: USAGE");
        assertThat((List<?>) beyond.facts().get("accepted")).isNotEmpty();
    }

    @Test
    void a_hole_for_one_workspace_that_is_somebodys_shows_when_it_is_named() throws Exception {
        SampleDatabase database = SampleDatabase.fresh().withOthers(SOMEBODY);
        database.withPool(SamplePool.thatForgets(database));
        database.asSuperuser("insert into app.workspace values ('" + SOMEBODY + "', 'Somebody', 'small')");
        Judgement sound = database.judge(new ForgedContextCheck());
        assertThat(sound.verdict()).as(sound.reason()).isEqualTo(Verdict.PROVEN);

        database.asSuperuser("""
                create or replace function tenancy.workspace() returns uuid
                  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
                declare
                  workspace text := nullif(current_setting('sample.workspace', true), '');
                  seal text := current_setting('sample.seal', true);
                begin
                  if workspace is null or workspace = '%s' then return workspace::uuid; end if;
                  if seal is distinct from encode(tenancy.mac(workspace || '|' || pg_backend_pid() || '|' || now()), 'hex') then
                    raise exception 'the workspace context is not sealed' using errcode = '42501';
                  end if;
                  return workspace::uuid;
                end $$""".formatted(SOMEBODY));
        Judgement holed = database.judge(new ForgedContextCheck());
        assertThat(holed.verdict()).as(holed.reason()).isEqualTo(Verdict.FAILING);
        assertThat(holed.reason()).contains("workspaces of others");
    }

    @Test
    void a_line_that_trusts_is_seen_where_the_probe_role_may_read_the_rules() throws Exception {
        SampleDatabase database = SampleDatabase.overTls();
        assertThat(database.judge(new DatabaseTransportCheck()).verdict()).isEqualTo(Verdict.PROVEN);

        database.asSuperuser("grant select on pg_hba_file_rules to sample_probe;"
                + " grant execute on function pg_hba_file_rules() to sample_probe");
        Judgement seen = database.judge(new DatabaseTransportCheck());
        assertThat(seen.verdict()).as(seen.reason()).isEqualTo(Verdict.FAILING);
        assertThat(seen.reason()).contains("trust");
    }

    @Test
    void a_tenant_column_that_is_filled_from_the_context_is_let_pass() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        for (String source : List.of("tenancy.workspace()", "current_setting('sample.workspace', true)::uuid")) {
            database.asSuperuser("alter table app.task alter workspace_id set default " + source);
            Judgement judgement = database.judge(new dev.averment.checks.tenantkey.TenantKeyCheck());
            assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.PROVEN);
        }
    }
}
