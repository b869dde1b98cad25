package dev.averment.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.averment.server.database.Role;
import dev.averment.server.fixture.Actors;
import dev.averment.server.fixture.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The one way to a tenant's rows, and the ways that it leaves shut. */
class WorkspacesTest {
    private static TestDatabase database;
    private static Actors actors;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.open();
        actors = database.actors();
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    private static long members(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from tenancy.member").query(Long.class).single();
    }

    private static int addMember(JdbcClient jdbc, UUID workspace) {
        return jdbc.sql("insert into tenancy.member (workspace_id, account_id, role) values (?, ?, 'viewer')")
                .params(workspace, UUID.randomUUID())
                .update();
    }

    @Test
    void each_workspace_sees_its_own_members_only() {
        long others = database.workspaces().reading(actors.outsider().context(), WorkspacesTest::members);
        assertThat(others).isEqualTo(1);
        List<UUID> seen = database.workspaces()
                .reading(
                        actors.member().context(),
                        jdbc -> jdbc.sql("select distinct workspace_id from tenancy.member")
                                .query(UUID.class)
                                .list());
        assertThat(seen).containsExactly(actors.owner().workspace());
    }

    @Test
    void the_context_is_gone_after_the_commit_on_the_same_connection() throws Exception {
        try (var pools = new RolePools(database.access(), Map.of(Role.APP, 1))) {
            HikariDataSource pool = pools.of(Role.APP);
            var workspaces = new Workspaces(pool, database.seal());
            int backend = workspaces.in(actors.owner().context(), jdbc -> {
                assertThat(members(jdbc)).isPositive();
                return jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
            });
            try (Connection c = pool.getConnection();
                    Statement s = c.createStatement();
                    ResultSet r = s.executeQuery(
                            "select pg_backend_pid(), (select count(*) from tenancy.member), tenancy.workspace()")) {
                r.next();
                assertThat(r.getInt(1)).isEqualTo(backend);
                assertThat(r.getLong(2)).isZero();
                assertThat(r.getObject(3)).isNull();
            }
        }
    }

    @Test
    void the_context_is_gone_after_a_rollback_too() throws Exception {
        try (var pools = new RolePools(database.access(), Map.of(Role.APP, 1))) {
            HikariDataSource pool = pools.of(Role.APP);
            var workspaces = new Workspaces(pool, database.seal());
            assertThatThrownBy(() -> workspaces.in(actors.owner().context(), _ -> {
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
            try (Connection c = pool.getConnection();
                    Statement s = c.createStatement();
                    ResultSet r = s.executeQuery("select count(*) from tenancy.member")) {
                r.next();
                assertThat(r.getLong(1)).isZero();
            }
        }
    }

    /** SQL injected into one workspace must not wait on the pooled session for the next. */
    @Test
    void what_a_transaction_leaves_on_its_session_is_gone_for_the_next() throws Exception {
        try (var pools = new RolePools(database.access(), Map.of(Role.APP, 1))) {
            var workspaces = new Workspaces(pools.of(Role.APP), database.seal());
            // Often enough for the driver to give its statements names on the server.
            for (int i = 0; i < 10; i++) {
                workspaces.in(actors.owner().context(), WorkspacesTest::members);
            }
            int backend = workspaces.in(actors.owner().context(), jdbc -> {
                for (int i = 1; i < 20; i++) {
                    // COMMIT itself is among these, and what enters the next workspace, whatever its parameters are.
                    jdbc.sql("deallocate all").update();
                }
                for (int i = 1; i < 20; i++) {
                    jdbc.sql("prepare \"S_" + i + "\" as select set_config('stolen.value', 'stolen by ' || " + i
                                    + " || tenancy.workspace(), false)")
                            .update();
                }
                jdbc.sql("select pg_advisory_lock(4711)").query().singleRow();
                return jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
            });
            long seen = workspaces.in(actors.outsider().context(), WorkspacesTest::members);
            assertThat(seen).isEqualTo(1);
            workspaces.in(actors.owner().context(), jdbc -> {
                assertThat(jdbc.sql("select coalesce(current_setting('stolen.value', true), '')")
                                .query(String.class)
                                .single())
                        .isEmpty();
                return true;
            });
            assertThat(database.rows(
                            "select 1 from pg_locks where locktype = 'advisory' and objid = 4711 and pid = ?", backend))
                    .isEmpty();
        }
    }

    @Test
    void work_for_another_workspace_cannot_start_inside() {
        assertThatThrownBy(() -> database.workspaces()
                        .in(
                                actors.owner().context(),
                                jdbc -> database.workspaces()
                                        .in(
                                                actors.outsider().context(),
                                                inner -> addMember(
                                                        inner, actors.outsider().workspace()))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside a transaction of another");
    }

    @Test
    void another_actor_of_the_same_workspace_cannot_start_inside_either() {
        assertThatThrownBy(() -> database.workspaces()
                        .in(
                                actors.owner().context(),
                                jdbc -> database.workspaces()
                                        .reading(actors.member().context(), WorkspacesTest::members)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_same_context_joins_the_transaction_and_rolls_back_with_it() throws Exception {
        long before = database.count("select count(*) from tenancy.member");
        assertThatThrownBy(() -> database.workspaces().in(actors.owner().context(), _ -> {
                    database.workspaces()
                            .in(
                                    actors.owner().context(),
                                    inner -> addMember(inner, actors.owner().workspace()));
                    throw new IllegalStateException("after the inner one returned");
                }))
                .hasMessageContaining("after the inner");
        assertThat(database.count("select count(*) from tenancy.member")).isEqualTo(before);
    }

    @Test
    void a_rollback_leaves_no_row_no_leaf_no_place_in_the_queue_and_no_salt() throws Exception {
        String counts = "select (select count(*) from evidence.leaf) + (select count(*) from evidence.pending)"
                + " + (select count(*) from evidence.disclosure) + (select count(*) from tenancy.member)";
        long before = database.count(counts);
        assertThatThrownBy(() -> database.workspaces().in(actors.owner().context(), jdbc -> {
                    addMember(jdbc, actors.owner().workspace());
                    assertThat(jdbc.sql("select count(*) from evidence.leaf where xmin = pg_current_xact_id()::xid")
                                    .query(Long.class)
                                    .single())
                            .isEqualTo(1);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(database.count(counts)).isEqualTo(before);
    }

    @Test
    void a_reading_transaction_cannot_write() {
        assertThatThrownBy(() -> database.workspaces()
                        .reading(
                                actors.owner().context(),
                                jdbc -> addMember(jdbc, actors.owner().workspace())))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void writing_inside_a_reading_transaction_is_refused_and_not_quietly_upgraded() {
        assertThatThrownBy(() -> database.workspaces()
                        .reading(
                                actors.owner().context(),
                                _ -> database.workspaces()
                                        .in(
                                                actors.owner().context(),
                                                inner -> addMember(
                                                        inner, actors.owner().workspace()))))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void a_row_cannot_be_written_for_or_moved_to_another_workspace() {
        assertThatThrownBy(() -> database.workspaces()
                        .in(
                                actors.outsider().context(),
                                jdbc -> addMember(jdbc, actors.owner().workspace())))
                .rootCause()
                .hasMessageContaining("row-level security");
        assertThatThrownBy(() -> database.workspaces()
                        .in(
                                actors.outsider().context(),
                                jdbc -> jdbc.sql("update tenancy.member set workspace_id = ?")
                                        .param(actors.owner().workspace())
                                        .update()))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("row-level security");
    }

    @Test
    void an_actor_is_a_type_and_an_id_and_nothing_that_could_be_taken_for_more() {
        UUID workspace = UUID.randomUUID();
        for (String actor :
                new String[] {"", "user:", "root:1", "user:a|b", "user:a b", "user:" + "x".repeat(101), "user:a\n"}) {
            assertThatThrownBy(() -> new WorkspaceContext(workspace, actor))
                    .as(actor)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_owner_of_the_schema_has_no_pool() {
        assertThatThrownBy(() -> new RolePools(database.access(), Map.of(Role.OWNER, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no pool");
    }
}
