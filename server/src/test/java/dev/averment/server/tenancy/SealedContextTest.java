package dev.averment.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.database.Role;
import dev.averment.server.fixture.Actors;
import dev.averment.server.fixture.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** ASVS 8.4.1: what injected SQL can do with the context that a transaction was given. Nothing. */
class SealedContextTest {
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

    private static void refused(Connection c) {
        assertThatThrownBy(() -> members(c))
                .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"))
                .hasMessageContaining("not sealed by the application");
    }

    @Test
    void a_sealed_context_shows_its_own_rows() throws SQLException {
        try (Connection c = runtime()) {
            database.seal().enter(c, actors.owner().context());
            assertThat(members(c)).isEqualTo(2);
        }
    }

    @Test
    void the_runtime_role_that_names_another_workspace_itself_is_refused() throws SQLException {
        try (Connection c = runtime()) {
            database.seal().enter(c, actors.outsider().context());
            set(c, "averment.workspace", actors.owner().workspace().toString(), true);
            refused(c);
        }
    }

    @Test
    void a_workspace_without_any_seal_is_refused() throws SQLException {
        try (Connection c = runtime()) {
            set(c, "averment.workspace", actors.owner().workspace().toString(), true);
            refused(c);
        }
    }

    @Test
    void a_seal_copied_to_another_backend_is_worth_nothing() throws SQLException {
        try (Connection first = runtime();
                Connection second = runtime()) {
            database.seal().enter(first, actors.owner().context());
            for (String name : List.of("averment.workspace", "averment.actor", "averment.seal")) {
                set(second, name, setting(first, name), true);
            }
            assertThat(members(first)).isEqualTo(2);
            refused(second);
        }
    }

    @Test
    void ones_own_seal_does_not_cover_another_actor() throws SQLException {
        try (Connection c = runtime()) {
            database.seal().enter(c, actors.member().context());
            set(c, "averment.actor", actors.owner().context().actor(), true);
            refused(c);
        }
    }

    @Test
    void moving_the_separator_between_workspace_and_actor_makes_no_second_meaning() throws SQLException {
        try (Connection c = runtime()) {
            database.seal().enter(c, actors.member().context());
            set(c, "averment.workspace", actors.member().workspace() + "|user:x", true);
            set(c, "averment.actor", "y", true);
            refused(c);
        }
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
                assertThatThrownBy(() -> s.execute("select seal.verified()"))
                        .as(role.roleName())
                        .hasMessageContaining("denied");
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
    void a_name_left_over_for_the_session_shows_nobody_any_row() throws SQLException {
        try (Connection c = runtime()) {
            set(c, "averment.workspace", actors.owner().workspace().toString(), false);
            c.commit();
            refused(c);
            c.rollback();
            // The next borrower's own context stands before what was left behind.
            database.seal().enter(c, actors.outsider().context());
            assertThat(members(c)).isEqualTo(1);
            c.commit();
            refused(c);
        }
    }

    @Test
    void a_whole_context_left_over_for_the_session_does_not_reach_the_next_workspace() throws SQLException {
        try (Connection c = runtime()) {
            database.seal().enter(c, actors.owner().context());
            for (String name : List.of("averment.workspace", "averment.actor", "averment.seal")) {
                set(c, name, setting(c, name), false);
            }
            c.commit();
            database.seal().enter(c, actors.outsider().context());
            try (Statement s = c.createStatement();
                    ResultSet r = s.executeQuery("select workspace_id from tenancy.member")) {
                assertThat(r.next()).isTrue();
                assertThat(r.getObject(1, UUID.class))
                        .isEqualTo(actors.outsider().workspace());
                assertThat(r.next()).isFalse();
            }
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
                    jdbc.sql("select set_config('averment.workspace', ?, true)")
                            .param(actors.owner().workspace().toString())
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
