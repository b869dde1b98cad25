package dev.averment.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.database.Role;
import dev.averment.server.evidence.Integrator;
import dev.averment.server.evidence.Publication;
import dev.averment.server.fixture.Actors;
import dev.averment.server.fixture.Actors.Actor;
import dev.averment.server.fixture.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.dao.DataAccessException;

/**
 * ASVS 8.4.1: an outsider tries every table that holds rows of workspaces, one test a table of the catalog. A table that
 * nobody thought of when this was written is tried all the same.
 */
class OutsiderTest {
    private static TestDatabase database;
    private static Actors actors;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.open();
        actors = database.actors();
        for (Actor actor : List.of(actors.owner(), actors.outsider())) {
            fill(actor);
        }
        new Integrator(
                        database.pools().of(Role.LOG),
                        database.logKey(),
                        new Publication(database.data(), database.logKey()),
                        InstantSource.system(),
                        1000,
                        (_, _, _) -> {})
                .integrate();
        // Leaves after the last batch, so that the queue holds rows of both as well.
        for (Actor actor : List.of(actors.owner(), actors.outsider())) {
            database.workspaces()
                    .in(
                            actor.context(),
                            jdbc -> jdbc.sql("update tenancy.member set role = role")
                                    .update());
        }
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    private static void fill(Actor actor) throws Exception {
        String rows;
        try (var in = OutsiderTest.class.getResourceAsStream("/db/canary-rows.sql")) {
            rows = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        database.workspaces().in(actor.context(), jdbc -> {
            for (String statement : rows.replaceAll("(?m)^--.*$", "").split(";\\s*\\n")) {
                if (!statement.isBlank()) {
                    jdbc.sql(statement).update();
                }
            }
            return true;
        });
    }

    private static List<String> tables() throws SQLException {
        return database.rows("""
                        select n.nspname || '.' || c.relname as name from pg_class c
                          join pg_namespace n on n.oid = c.relnamespace
                          join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
                         where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^pg_' order by 1""").stream()
                .map(row -> row.get("name").toString())
                .toList();
    }

    private static String state(String table) throws SQLException {
        return database.rows(
                        "select count(*) || ' ' || md5(string_agg(t::text, '|' order by t::text)) as state from "
                                + table + " t where workspace_id = ?",
                        actors.owner().workspace())
                .getFirst()
                .get("state")
                .toString();
    }

    @TestFactory
    List<DynamicTest> an_outsider_gets_nowhere_in() throws SQLException {
        return tables().stream()
                .map(table -> DynamicTest.dynamicTest(table, () -> triesEverything(table)))
                .toList();
    }

    private static void triesEverything(String table) throws SQLException {
        var victim = actors.owner().workspace();
        String before = state(table);
        assertThat(before).as("there is something to reach for").doesNotStartWith("0 ");

        if (allowed(table, "select")) {
            assertThat(asOutsider("select count(*) from " + table + " where workspace_id = ?", victim))
                    .isEqualTo(0);
            assertThat(asOutsider(
                            "select count(*) from " + table + " where workspace_id <> ?",
                            actors.outsider().workspace()))
                    .isEqualTo(0);
        } else {
            refused("select count(*) from " + table + " where workspace_id = ?", victim);
        }
        for (String verb : List.of("update", "delete")) {
            String column = updatable(table);
            String statement = verb.equals("update")
                    ? "update " + table + " set " + column + " = " + column + " where workspace_id = ?"
                    : "delete from " + table + " where workspace_id = ?";
            if (allowed(table, verb)) {
                int touched = database.workspaces()
                        .in(
                                actors.outsider().context(),
                                jdbc -> jdbc.sql(statement).param(victim).update());
                assertThat(touched).as(verb).isZero();
            } else {
                refused(statement, victim);
            }
        }
        // A row for the victim, made of one of the victim's own, with every column that an attacker could guess.
        String row = database.rows(
                        "select row_to_json(t)::text as row from " + table + " t where workspace_id = ? limit 1",
                        victim)
                .getFirst()
                .get("row")
                .toString();
        refused(
                "insert into " + table + " overriding system value select * from json_populate_record(null::" + table
                        + ", ?::json)",
                row);
        refused("truncate " + table + " cascade");
        assertThat(state(table)).isEqualTo(before);
    }

    private static boolean allowed(String table, String verb) throws SQLException {
        return (boolean) database.rows(
                                "select has_any_column_privilege('averment_app', ?, ?) or has_table_privilege('averment_app', ?, ?) as ok",
                                table,
                                verb.equals("delete") ? "select" : verb,
                                table,
                                verb)
                        .getFirst()
                        .get("ok")
                && (!verb.equals("delete")
                        || (boolean)
                                database.rows("select has_table_privilege('averment_app', ?, 'delete') as ok", table)
                                        .getFirst()
                                        .get("ok"));
    }

    /** A column that the application may change, where there is one. */
    private static String updatable(String table) throws SQLException {
        return database.rows("""
                        select attname from pg_attribute
                         where attrelid = ?::regclass and attnum > 0 and not attisdropped
                           and has_column_privilege('averment_app', attrelid, attnum, 'update')
                         order by attname <> 'workspace_id', attnum limit 1""", table).stream()
                .map(row -> row.get("attname").toString())
                .findFirst()
                .orElse("workspace_id");
    }

    private static long asOutsider(String query, Object parameter) {
        return database.workspaces()
                .reading(
                        actors.outsider().context(),
                        jdbc -> jdbc.sql(query)
                                .param(parameter)
                                .query(Long.class)
                                .single());
    }

    private static void refused(String statement, Object... parameters) {
        assertThatThrownBy(() -> database.workspaces()
                        .in(
                                actors.outsider().context(),
                                jdbc -> jdbc.sql(statement)
                                        .params(List.of(parameters))
                                        .update()))
                .as(statement)
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                .satisfies(e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
    }

    /** What each role may do at all, as the migrations grant it. Whoever adds a grant comes by here and says so. */
    @Test
    @Asvs({"13.2.2", "16.4.2"})
    void each_role_has_these_rights_and_no_others() throws SQLException {
        Map<String, String> granted = new TreeMap<>();
        for (Role role : Role.values()) {
            if (role == Role.OWNER || role == Role.SEAL) {
                continue;
            }
            var rights = new TreeSet<String>();
            database.rows("""
                            select table_schema || '.' || table_name || ' '
                                   || string_agg(lower(privilege_type), '+' order by privilege_type) as granted
                              from information_schema.role_table_grants where grantee = ?
                             group by table_schema, table_name""", role.roleName())
                    .forEach(row -> rights.add(row.get("granted").toString()));
            database.rows("""
                            select table_schema || '.' || table_name || '.' || column_name || ' '
                                   || string_agg(lower(privilege_type), '+' order by privilege_type) as granted
                              from information_schema.role_column_grants c where grantee = ?
                               and not exists (select 1 from information_schema.role_table_grants t
                                                where t.grantee = c.grantee and t.table_schema = c.table_schema
                                                  and t.table_name = c.table_name and t.privilege_type = c.privilege_type)
                             group by table_schema, table_name, column_name""", role.roleName())
                    .forEach(row -> rights.add(row.get("granted").toString()));
            granted.put(role.roleName(), String.join("\n", rights));
        }
        assertThat(granted.get("averment_ingest")).isEmpty();
        assertThat(granted.get("averment_probe").lines())
                .containsExactly("pg_catalog.pg_file_settings select", "pg_catalog.pg_hba_file_rules select");
        assertThat(granted.get("averment_worker").lines())
                .containsExactly(
                        "claims.schedule select",
                        "claims.schedule.due_at update",
                        "claims.schedule.fence update",
                        "claims.schedule.leased_until update",
                        "evidence.leaf insert+select",
                        "evidence.log select",
                        "jobs.attempt delete+insert+select",
                        "jobs.job delete+select",
                        "jobs.job.attempt update",
                        "jobs.job.dead_at update",
                        "jobs.job.last_error update",
                        "jobs.job.locked_at update",
                        "jobs.job.locked_by update",
                        "jobs.job.locked_until update",
                        "jobs.job.max_attempts update",
                        "jobs.job.run_at update",
                        "jobs.job.state update");
        assertThat(granted.get("averment_auth").lines())
                .containsExactly(
                        "evidence.disclosure delete+insert+select",
                        "evidence.leaf insert+select",
                        "evidence.log select",
                        "evidence.subject_key delete+insert+select",
                        "identity.account delete+select",
                        "identity.account.account_id insert",
                        "identity.account.email insert+update",
                        "identity.account.name insert+update",
                        "identity.account.revocation update",
                        "identity.account.verified_at update",
                        "identity.api_token delete+insert+select",
                        "identity.api_token.revoked_at update",
                        "identity.api_token.used_at update",
                        "identity.challenge delete+insert+select",
                        "identity.mailed_token delete+insert+select",
                        "identity.mailed_token.used_at update",
                        "identity.passkey delete+insert+select",
                        "identity.passkey.backed_up update",
                        "identity.passkey.name update",
                        "identity.passkey.sign_count update",
                        "identity.passkey.used_at update",
                        "identity.password delete+insert+select+update",
                        "identity.provider_flow delete+insert+select",
                        "identity.provider_flow.email update",
                        "identity.provider_flow.email_confirmed update",
                        "identity.provider_flow.issuer update",
                        "identity.provider_flow.name update",
                        "identity.provider_flow.returned_at update",
                        "identity.provider_flow.subject update",
                        "identity.provider_link delete+insert+select",
                        "identity.provider_link.used_at update",
                        "identity.recovery_code delete+insert+select",
                        "identity.recovery_code.used_at update",
                        "identity.session delete+insert+select",
                        "identity.session.base update",
                        "identity.session.confirmed update",
                        "identity.session.ended_at update",
                        "identity.session.ended_because update",
                        "identity.session.factors update",
                        "identity.session.generation update",
                        "identity.session.proven_at update",
                        "identity.session.refreshed_at update",
                        "identity.session.secret_hash update",
                        "identity.session.seen_at update",
                        "identity.spent_actor_token delete+insert+select",
                        "identity.spent_actor_token.expires_at update",
                        "identity.ticket delete+insert+select",
                        "identity.ticket.used_at update",
                        "identity.totp delete+insert+select",
                        "identity.totp.confirmed_at update",
                        "identity.totp.last_step update",
                        "tenancy.member select");
        assertThat(granted.get("averment_log").lines())
                .containsExactly(
                        "evidence.checkpoint insert+select",
                        "evidence.leaf insert+select",
                        "evidence.leaf_index insert+select",
                        "evidence.log select",
                        "evidence.pending delete+select",
                        "evidence.tile insert+select+update",
                        "evidence.tree insert+select+update");
        assertThat(granted.get("averment_app").lines())
                .doesNotContain("seal.key select")
                .noneMatch(line -> line.startsWith("identity."))
                .noneMatch(line -> line.startsWith("evidence.pending"))
                .contains(
                        "evidence.leaf insert+select",
                        "evidence.leaf_index select",
                        "evidence.tree select",
                        "evidence.tile select",
                        "evidence.checkpoint select",
                        "claims.observation insert+select",
                        "claims.revision insert+select",
                        "claims.change insert+select",
                        "claims.verdict insert+select");
    }

    @Test
    void nobody_who_signs_people_in_can_make_an_operator() {
        assertThatThrownBy(() -> {
                    try (var c = database.connect(Role.AUTH);
                            var s = c.createStatement()) {
                        s.executeUpdate("update identity.account set operator = true");
                    }
                })
                .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
}
