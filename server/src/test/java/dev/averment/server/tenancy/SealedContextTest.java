package dev.averment.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.database.Preparation;
import dev.averment.server.database.Role;
import dev.averment.server.fixture.Actors;
import dev.averment.server.fixture.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** ASVS 8.4.1: what injected SQL can do with the context that a transaction was given. Nothing. */
class SealedContextTest {
    private static final String PARAMETER = Preparation.CONTEXT_PARAMETER;

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

    private static void set(Connection c, String name, String value, boolean local) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select set_config(?, ?, ?)")) {
            s.setString(1, name);
            s.setString(2, value);
            s.setBoolean(3, local);
            s.execute();
        }
    }

    private static String setting(Connection c, String name) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery("select current_setting('" + name + "', true)")) {
            r.next();
            return r.getString(1);
        }
    }

    private static long members(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery("select count(*) from tenancy.member")) {
            r.next();
            return r.getLong(1);
        }
    }

    private static Connection runtime() throws SQLException {
        Connection c = database.connect(Role.APP);
        c.setAutoCommit(false);
        return c;
    }

    private static void notSettable(Connection c, String value, boolean local) throws SQLException {
        Savepoint before = c.setSavepoint();
        assertThatThrownBy(() -> set(c, PARAMETER, value, local))
                .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        c.rollback(before);
    }

    private static void notSealed(Connection c, WorkspaceContext context, byte[] seal) throws SQLException {
        Savepoint before = c.setSavepoint();
        assertThatThrownBy(() -> Seal.enter(c, context, seal))
                .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"))
                .hasMessageContaining("not sealed by the application");
        c.rollback(before);
    }

    @Test
    void a_sealed_context_shows_its_own_rows() throws SQLException {
        try (Connection c = runtime()) {
            database.seal().enter(c, actors.owner().context());
            assertThat(members(c)).isEqualTo(2);
        }
    }

    @Test
    void the_runtime_role_cannot_set_the_context_itself() throws SQLException {
        try (Connection c = runtime()) {
            database.seal().enter(c, actors.owner().context());
            String owners = setting(c, PARAMETER);
            c.rollback();
            for (boolean local : new boolean[] {true, false}) {
                notSettable(c, owners, local);
                database.seal().enter(c, actors.outsider().context());
                notSettable(c, owners, local);
                assertThat(members(c)).isEqualTo(1);
                c.rollback();
            }
        }
    }

    /** Every other way to give a parameter a value, or to take it away. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "set backtrace_functions = 'averment_00'",
                "set local backtrace_functions = 'averment_00'",
                "set session characteristics as transaction read only; set backtrace_functions to default",
                "reset backtrace_functions",
                "alter role averment_app set backtrace_functions = 'averment_00'",
                "alter role current_user set backtrace_functions = 'averment_00'",
                "alter database averment set backtrace_functions = 'averment_00'",
                "alter system set backtrace_functions = 'averment_00'",
                "update pg_settings set setting = 'averment_00' where name = 'backtrace_functions'",
                "grant set on parameter backtrace_functions to averment_app",
                "alter function tenancy.workspace() set backtrace_functions = 'averment_00'",
            })
    void no_statement_of_the_runtime_role_gives_it_a_context(String statement) throws SQLException {
        try (Connection c = runtime();
                Statement s = c.createStatement()) {
            database.seal().enter(c, actors.outsider().context());
            String mine = setting(c, PARAMETER);
            Savepoint before = c.setSavepoint();
            assertThatThrownBy(() -> s.execute(statement.replace("database averment", "database " + c.getCatalog())))
                    .isInstanceOf(SQLException.class);
            c.rollback(before);
            assertThat(setting(c, PARAMETER)).isEqualTo(mine);
        }
    }

    @Test
    void a_connection_cannot_begin_with_a_context() {
        assertThatThrownBy(() -> database.access()
                        .connect(
                                Role.APP.roleName(),
                                database.access().database(),
                                Map.of("options", "-c " + PARAMETER + "=averment_00"))
                        .close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied to set parameter");
    }

    @Test
    void taking_the_context_away_shows_nothing() throws SQLException {
        try (Connection c = runtime();
                Statement s = c.createStatement()) {
            database.seal().enter(c, actors.owner().context());
            assertThat(members(c)).isEqualTo(2);
            s.execute("reset all");
            assertThat(members(c)).isZero();
        }
    }

    @Test
    void a_seal_of_another_backend_is_worth_nothing() throws SQLException {
        WorkspaceContext context = actors.owner().context();
        try (Connection first = runtime();
                Connection second = runtime()) {
            byte[] seal = database.seal().of(first, context);
            Seal.enter(first, context, seal);
            assertThat(members(first)).isEqualTo(2);
            notSealed(second, context, seal);
            assertThat(members(second)).isZero();
        }
    }

    @Test
    void ones_own_seal_covers_neither_another_workspace_nor_another_actor() throws SQLException {
        WorkspaceContext mine = actors.member().context();
        try (Connection c = runtime()) {
            byte[] seal = database.seal().of(c, mine);
            notSealed(c, new WorkspaceContext(actors.outsider().workspace(), mine.actor()), seal);
            notSealed(c, actors.owner().context(), seal);
            Seal.enter(c, mine, seal);
            notSealed(c, actors.owner().context(), seal);
            assertThat(members(c)).isEqualTo(2);
        }
    }

    @Test
    void an_altered_a_short_an_empty_and_a_missing_seal_are_refused() throws SQLException {
        WorkspaceContext context = actors.owner().context();
        try (Connection c = runtime()) {
            byte[] seal = database.seal().of(c, context);
            seal[31] ^= 1;
            notSealed(c, context, seal);
            notSealed(c, context, Arrays.copyOf(seal, 31));
            notSealed(c, context, new byte[0]);
            Savepoint before = c.setSavepoint();
            for (String call : List.of(
                    "select tenancy.enter('" + context.workspace() + "', '" + context.actor() + "', null)",
                    "select tenancy.enter(null, null, null)",
                    "select tenancy.enter('" + context.workspace() + "', null, null)")) {
                try (Statement s = c.createStatement()) {
                    assertThatThrownBy(() -> s.execute(call)).hasMessageContaining("not sealed");
                }
                c.rollback(before);
            }
            assertThat(members(c)).isZero();
        }
    }

    /** The seal itself is a bound value: nothing that SQL can ask shows it, on its own connection or on another. */
    @Test
    void a_seal_leaves_no_trace_that_sql_could_read() throws SQLException {
        WorkspaceContext context = actors.owner().context();
        try (Connection c = runtime();
                Connection other = runtime()) {
            byte[] seal = database.seal().of(c, context);
            // Often enough for the driver to keep the statement prepared on the server.
            for (int i = 0; i < 10; i++) {
                Seal.enter(c, context, seal);
            }
            assertThat(members(c)).isEqualTo(2);
            String hex = HexFormat.of().formatHex(seal);
            for (Connection reader : List.of(c, other)) {
                for (String source : List.of(
                        "select name || setting from pg_settings",
                        "select statement from pg_prepared_statements",
                        "select statement from pg_cursors",
                        "select query from pg_stat_activity",
                        "select current_query()")) {
                    try (Statement s = reader.createStatement();
                            ResultSet r = s.executeQuery(source)) {
                        while (r.next()) {
                            if (r.getString(1) != null) {
                                assertThat(r.getString(1)).as(source).doesNotContain(hex);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void a_context_ends_with_its_transaction_and_with_its_savepoint() throws SQLException {
        try (Connection c = runtime()) {
            Savepoint before = c.setSavepoint();
            database.seal().enter(c, actors.owner().context());
            assertThat(members(c)).isEqualTo(2);
            c.rollback(before);
            assertThat(members(c)).isZero();
            database.seal().enter(c, actors.owner().context());
            c.commit();
            assertThat(members(c)).isZero();
            assertThat(setting(c, PARAMETER)).isEmpty();
        }
    }

    /** SQL that was injected may end the transaction and begin another: it has left the workspace then. */
    @Test
    void a_transaction_begun_by_injected_sql_has_no_context() throws SQLException {
        try (Connection c = runtime();
                Statement s = c.createStatement()) {
            database.seal().enter(c, actors.owner().context());
            s.execute("commit; begin");
            assertThat(members(c)).isZero();
            s.execute("rollback and chain");
            assertThat(members(c)).isZero();
        }
    }

    @Test
    void what_an_administrator_looks_for_with_the_parameter_is_no_context() throws SQLException {
        try (Connection c = database.access().connect(database.access().administrator());
                Statement s = c.createStatement()) {
            for (String value : List.of("errfinish", "averment", "exec_simple_query, errfinish")) {
                s.execute("set backtrace_functions = '" + value + "'");
                try (ResultSet r = s.executeQuery("select tenancy.workspace() is null and tenancy.actor() is null")) {
                    r.next();
                    assertThat(r.getBoolean(1)).as(value).isTrue();
                }
            }
        }
    }

    @Test
    void only_the_role_that_nobody_can_be_may_set_the_parameter() throws Exception {
        assertThat(database.rows("""
                        select r.rolname from pg_roles r
                         where has_parameter_privilege(r.oid, 'backtrace_functions', 'SET') and not r.rolsuper"""))
                .extracting(row -> row.get("rolname").toString())
                // The owner made the function, is a member for that, and is not connected while the server runs.
                .containsExactlyInAnyOrder("averment_seal", "averment_owner");
    }

    @Test
    void the_key_of_the_seal_is_out_of_reach_for_every_role_that_connects() throws SQLException {
        for (Role role : Role.connecting()) {
            if (role == Role.OWNER) {
                continue;
            }
            try (Connection c = database.connect(role);
                    Statement s = c.createStatement()) {
                assertThatThrownBy(() -> s.executeQuery("select * from seal.key"))
                        .as(role.roleName())
                        .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"));
                assertThatThrownBy(() -> s.execute("set role averment_seal"))
                        .as(role.roleName())
                        .hasMessageContaining("denied");
            }
        }
    }

    @Test
    void without_a_context_there_are_no_rows_and_no_insert() throws SQLException {
        try (Connection c = runtime();
                Statement s = c.createStatement()) {
            assertThat(members(c)).isZero();
            assertThatThrownBy(() ->
                            s.executeUpdate("insert into tenancy.member (workspace_id, account_id, role) values ('"
                                    + actors.owner().workspace() + "', gen_random_uuid(), 'owner')"))
                    .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void a_context_outside_a_transaction_is_refused_before_it_can_stick() throws SQLException {
        try (Connection c = database.connect(Role.APP)) {
            assertThatThrownBy(() -> database.seal().enter(c, actors.owner().context()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("open transaction");
        }
    }

    @Test
    void injected_sql_inside_a_transaction_of_the_application_gets_no_further() {
        assertThatThrownBy(() -> database.workspaces().in(actors.outsider().context(), jdbc -> {
                    jdbc.sql("select set_config('backtrace_functions', 'averment_' || ?, true)")
                            .param(actors.owner().workspace().toString().replace("-", ""))
                            .query(String.class)
                            .single();
                    return jdbc.sql("select count(*) from registers.entry")
                            .query(Long.class)
                            .single();
                }))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
}
