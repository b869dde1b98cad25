package dev.averment.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.server.database.Role;
import dev.averment.server.fixture.Actors;
import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.tenancy.WorkspaceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ASVS 16.2.1, 16.4.2: every change of a tenant's row is in the log, says who, and can be held against the row. */
class RecordedChangeTest {
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

    private record Recorded(Leaf leaf, byte[] salt) {
        JsonObject change() throws Exception {
            return leaf.json().object("change");
        }

        String digest(String row) throws Exception {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt);
            return HexFormat.of().formatHex(sha256.digest(row.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Recorded newest() throws Exception {
        Map<String, Object> row = database.rows("""
                        select l.bytes, d.salt from evidence.leaf l
                          join evidence.disclosure d on d.workspace_id = l.workspace_id and d.leaf_id = l.leaf_id and d.path = 'change'
                         order by l.recorded_at desc, l.leaf_id desc limit 1""").getFirst();
        return new Recorded(Leaf.parse((byte[]) row.get("bytes")), (byte[]) row.get("salt"));
    }

    private static String rowAsJson(UUID account) throws SQLException {
        return database.rows("select row_to_json(m)::text as row from tenancy.member m where account_id = ?", account)
                .getFirst()
                .get("row")
                .toString();
    }

    private static void run(String statement, Object... parameters) {
        int touched = database.workspaces()
                .in(
                        actors.owner().context(),
                        jdbc -> jdbc.sql(statement).params(List.of(parameters)).update());
        assertThat(touched).isEqualTo(1);
    }

    @Test
    void an_insert_an_update_and_a_delete_each_leave_a_leaf_whose_digests_are_those_of_the_row() throws Exception {
        UUID account = UUID.randomUUID();
        UUID workspace = actors.owner().workspace();

        run("insert into tenancy.member (workspace_id, account_id, role) values (?, ?, 'viewer')", workspace, account);
        String first = rowAsJson(account);
        Recorded inserted = newest();
        assertThat(inserted.leaf().action()).isEqualTo("row.inserted");
        assertThat(inserted.leaf().log()).isEqualTo("averment/test/w/" + workspace);
        assertThat(inserted.leaf().json().object("actor").string("id"))
                .isEqualTo(actors.owner().account().toString());
        assertThat(inserted.leaf().json().object("actor").string("type")).isEqualTo("user");
        JsonObject target = inserted.leaf().json().array("targets").objects().getFirst();
        assertThat(target.string("type")).isEqualTo("tenancy.member");
        assertThat(target.string("id")).isEqualTo(account.toString());
        assertThat(inserted.change().string("after_sha256")).isEqualTo(inserted.digest(first));
        assertThat(inserted.change().has("before_sha256")).isFalse();

        run("update tenancy.member set role = 'auditor' where account_id = ?", account);
        String second = rowAsJson(account);
        Recorded updated = newest();
        assertThat(updated.leaf().action()).isEqualTo("row.updated");
        assertThat(updated.change().string("before_sha256")).isEqualTo(updated.digest(first));
        assertThat(updated.change().string("after_sha256")).isEqualTo(updated.digest(second));
        assertThat(updated.change().array("fields").strings()).containsExactly("role");
        assertThat(updated.digest(first)).as("a salt of its own").isNotEqualTo(inserted.digest(first));

        run("delete from tenancy.member where account_id = ?", account);
        Recorded deleted = newest();
        assertThat(deleted.leaf().action()).isEqualTo("row.deleted");
        assertThat(deleted.change().string("before_sha256")).isEqualTo(deleted.digest(second));
        assertThat(deleted.change().has("after_sha256")).isFalse();
    }

    /** The trigger writes RFC 8785 by hand; the parser refuses anything that is not canonical. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "quotes \" and \\ backslashes",
                "tab\tnewline\nreturn\rbell\u0007escape\u001bdelete\u007f",
                "Größe, Ελλάδα, 漢字, \u2028 line separator",
                "emoji 😀 beyond the first plane",
                "</script><!-- \u0001\u001f",
            })
    void a_name_that_needs_escaping_still_makes_canonical_json(String name) throws Exception {
        run(
                "insert into registers.entry (workspace_id, page_id, register, entry_id, title, status)"
                        + " values (?, 'page', 'escapes', left(?, 64), ?, 'done')",
                actors.owner().workspace(),
                name,
                name);
        Recorded recorded = newest();
        assertThat(recorded.leaf().json().array("targets").objects().getFirst().string("id"))
                .isEqualTo("page/escapes/" + name);
        String row = database.rows(
                        "select row_to_json(e)::text as row from registers.entry e where register = 'escapes' and title = ?",
                        name)
                .getFirst()
                .get("row")
                .toString();
        assertThat(recorded.change().string("after_sha256")).isEqualTo(recorded.digest(row));
    }

    @Test
    void a_change_without_a_context_does_not_happen() {
        assertThatThrownBy(() -> database.asSuperuser("update tenancy.member set role = 'owner' where account_id = '"
                        + actors.member().account() + "'"))
                .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"))
                .hasMessageContaining("needs a sealed workspace context");
    }

    /** The function writes past the policies of the log, so it asks for itself whose row it is. */
    @Test
    void a_change_in_another_workspace_than_the_one_entered_does_not_happen() throws Exception {
        try (Connection c = database.access().connect(database.access().administrator());
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            // The administrator has neither policy nor right in the way.
            database.seal().enter(c, actors.outsider().context());
            assertThatThrownBy(() -> s.executeUpdate("update tenancy.member set role = 'viewer' where account_id = '"
                            + actors.member().account() + "'"))
                    .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"))
                    .hasMessageContaining("needs a sealed workspace context");
        }
    }

    @Test
    void a_recorded_change_is_queued_once_and_its_id_is_of_version_7_and_of_now() throws Exception {
        long before = System.currentTimeMillis();
        UUID account = UUID.randomUUID();
        run(
                "insert into tenancy.member (workspace_id, account_id, role) values (?, ?, 'viewer')",
                actors.owner().workspace(),
                account);
        UUID id = newest().leaf().id();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before - 1, System.currentTimeMillis());
        assertThat(database.count("select count(*) from evidence.pending where leaf_id = ?", id))
                .isEqualTo(1);
    }

    @Test
    void the_fields_that_moved_are_named_in_order() throws Exception {
        UUID workspace = actors.owner().workspace();
        run(
                "insert into registers.entry (workspace_id, page_id, register, entry_id, title, status)"
                        + " values (?, 'page', 'fields', '1', 'a', 'done')",
                workspace);
        run("update registers.entry set title = 'b', details = '{\"a\":1}', owner = 'me', status = 'done'"
                + " where register = 'fields'");
        assertThat(newest().change().array("fields").strings()).containsExactly("details", "owner", "title");
        run("update registers.entry set owner = null where register = 'fields'");
        assertThat(newest().change().array("fields").strings()).containsExactly("owner");
        run("update registers.entry set owner = null where register = 'fields'");
        assertThat(newest().change().array("fields").strings()).isEmpty();
    }

    @Test
    void a_session_that_plays_replica_is_recorded_all_the_same() {
        assertThatThrownBy(() -> database.asSuperuser(
                        "set session_replication_role = replica",
                        "update tenancy.member set role = 'owner' where account_id = '"
                                + actors.member().account() + "'"))
                .hasMessageContaining("needs a sealed workspace context");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update evidence.leaf set action = 'x'",
                "delete from evidence.leaf",
                "truncate evidence.leaf",
                "update evidence.leaf_index set seq = seq",
                "delete from evidence.leaf_index",
                "insert into evidence.leaf_index select workspace_id, 0, leaf_id, sha256('') from evidence.leaf limit 1",
                "update evidence.tree set size = 0",
                "update evidence.tile set data = data",
                "delete from evidence.checkpoint",
                "update evidence.checkpoint set note = ''",
                "delete from evidence.pending",
                "select * from evidence.pending",
                "insert into evidence.pending (workspace_id, leaf_id) select workspace_id, leaf_id from evidence.leaf limit 1",
                "update evidence.disclosure set salt = salt",
                "update evidence.log set origin = origin",
                "alter table evidence.leaf disable trigger queue_leaves",
                "alter table tenancy.member disable trigger record_change",
                "drop table evidence.leaf",
                "set session_replication_role = replica",
                "create table public.x (y int)",
                "create temporary table x (y int)",
                "update claims.observation set verdict = 'proven'",
                "delete from claims.verdict",
            })
    void the_runtime_role_cannot(String statement) throws SQLException {
        try (Connection c = database.connect(Role.APP);
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            database.seal().enter(c, actors.owner().context());
            assertThatThrownBy(() -> s.execute(statement))
                    .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                    .satisfies(
                            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
        }
    }

    @Test
    void a_leaf_of_ones_own_takes_no_other_workspaces_log() {
        assertThatThrownBy(() -> database.workspaces()
                        .in(
                                actors.outsider().context(),
                                jdbc -> jdbc.sql(
                                                "insert into evidence.leaf (workspace_id, leaf_id, action, bytes) values (?, ?, 'forged', 'xx')")
                                        .params(actors.owner().workspace(), UUID.randomUUID())
                                        .update()))
                .rootCause()
                .hasMessageContaining("row-level security");
    }

    /** Raw SQL of the runtime role, as injected SQL would be: the context says who acts, whatever the bytes say. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user    | somebody else | ID    | test.forged  | now()",
                "service | auditor       | ID    | test.forged  | now()",
                "OWN     | OWN           | other | test.forged  | now()",
                "OWN     | OWN           | ID    | test.another | now()",
                "OWN     | OWN           | ID    | test.forged  | now() - interval '1 day'"
            })
    void a_leaf_says_of_its_writer_what_the_sealed_context_says(
            String type, String id, String leafId, String action, String recorded) throws Exception {
        var context = actors.owner().context();
        String actorType = type.equals("OWN") ? context.actor().split(":")[0] : type;
        String actorId = id.equals("OWN") ? context.actor().split(":")[1] : id;
        assertThatThrownBy(() -> raw(context, actorType, actorId, leafId, action, recorded))
                .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                .satisfies(e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
    }

    @Test
    void a_leaf_of_the_contexts_own_actor_is_taken() throws Exception {
        var context = actors.owner().context();
        String[] actor = context.actor().split(":");
        raw(context, actor[0], actor[1], "ID", "test.forged", "now()");
        assertThat(database.count("select count(*) from evidence.leaf where action = 'test.forged'"))
                .isEqualTo(1);
    }

    @Test
    void a_leaf_that_is_no_json_is_refused() {
        var context = actors.owner().context();
        assertThatThrownBy(() -> database.workspaces()
                        .in(
                                context,
                                jdbc -> jdbc.sql(
                                                "insert into evidence.leaf (workspace_id, leaf_id, action, bytes) values (?, ?, 'forged', 'xx')")
                                        .params(context.workspace(), UUID.randomUUID())
                                        .update()))
                .hasMessageContaining("invalid input syntax for type json");
    }

    private void raw(WorkspaceContext context, String type, String id, String leafId, String action, String recorded)
            throws SQLException {
        UUID leaf = UUID.randomUUID();
        String bytes = "{\"action\":\"" + action + "\",\"actor\":{\"id\":\"" + id + "\",\"type\":\"" + type
                + "\"},\"id\":\"" + (leafId.equals("ID") ? leaf : UUID.randomUUID()) + "\"}";
        try (Connection c = database.connect(Role.APP);
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            database.seal().enter(c, context);
            s.execute("insert into evidence.leaf (workspace_id, leaf_id, action, recorded_at, bytes) values ('"
                    + context.workspace() + "', '" + leaf + "', 'test.forged', " + recorded + ", convert_to('" + bytes
                    + "', 'UTF8'))");
            c.commit();
        }
    }
}
