package dev.averment.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.monitoring.MonitoredWorkspace.Made;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Monitors over HTTP: for an owner, a member, a viewer, and somebody from elsewhere. */
class MonitorApiTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static MonitoredWorkspace works;
    private static Made monitor;
    private static Person member;
    private static Person viewer;
    private static Person outsider;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        works = MonitoredWorkspace.of(Person.signedIn(server));
        monitor = works.monitor("Nightly", "\"schedule\":\"0 3 * * *\",\"timeZone\":\"Europe/Berlin\"");
        member = invited("member");
        viewer = invited("viewer");
        outsider = Person.signedIn(server);
        MonitoredWorkspace.of(outsider);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Person invited(String role) throws Exception {
        Person guest = Person.signedIn(server);
        assertThat(works.owner
                        .send("POST", works.path + "/invitations", "email", guest.email, "role", role)
                        .status())
                .isEqualTo(201);
        assertThat(guest.send("POST", "/api/v1/account/invitations", "code", guest.mailedInvitation())
                        .status())
                .isEqualTo(200);
        return guest;
    }

    private static Answer json(Person person, String method, String path, String body) throws Exception {
        return server.json(method, path, body, "Authorization: Bearer " + person.accessToken);
    }

    @Test
    void a_viewer_sees_monitors_and_runs_and_not_what_lets_pings_in() throws Exception {
        Answer seen = viewer.get(monitor.path());
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.body())
                .contains("Nightly")
                .doesNotContain(monitor.pingId())
                .doesNotContain("pingUrl");
        assertThat(viewer.get(works.path + "/monitors").body()).doesNotContain("pingUrl");
        assertThat(viewer.get(monitor.path() + "/runs").status()).isEqualTo(200);
        assertThat(viewer.get(monitor.path() + "/transitions").status()).isEqualTo(200);
        assertThat(viewer.get(monitor.path() + "/tokens").status()).isEqualTo(403);
        assertThat(viewer.get(works.path + "/ping-keys").status()).isEqualTo(403);
        assertThat(json(viewer, "PATCH", monitor.path(), "{\"name\":\"x\"}").status())
                .isEqualTo(403);
        assertThat(viewer.send("POST", monitor.path() + "/pause").status()).isEqualTo(403);
        assertThat(viewer.delete(monitor.path()).status()).isEqualTo(403);
    }

    @Test
    void to_an_outsider_nothing_is_there() throws Exception {
        String nowhere = works.path + "/monitors/" + UUID.randomUUID();
        for (String path : List.of(
                works.path + "/monitors",
                monitor.path(),
                monitor.path() + "/runs",
                monitor.path() + "/transitions",
                monitor.path() + "/maintenance",
                monitor.path() + "/tokens",
                works.path + "/ping-keys")) {
            assertThat(outsider.get(path).status()).as(path).isEqualTo(404);
        }
        for (String path : List.of(monitor.path() + "/pause", monitor.path() + "/resume", works.path + "/ping-keys")) {
            assertThat(outsider.send("POST", path).status()).as(path).isEqualTo(404);
        }
        assertThat(json(outsider, "PATCH", monitor.path(), "{\"name\":\"x\"}").status())
                .isEqualTo(404);
        assertThat(outsider.send("POST", monitor.path() + "/tokens", "name", "a", "life", "1d")
                        .status())
                .isEqualTo(404);
        assertThat(outsider.delete(monitor.path()).status()).isEqualTo(404);
        assertThat(outsider.get(monitor.path()).body())
                .isEqualTo(outsider.get(nowhere)
                        .body()
                        .replace(
                                nowhere.substring(nowhere.lastIndexOf('/')),
                                monitor.path().substring(monitor.path().lastIndexOf('/'))));
    }

    @Test
    void a_member_changes_pauses_and_resumes_and_each_change_has_its_entry() throws Exception {
        Made mine = works.monitor("Paused", "\"everySeconds\":3600");
        server.https("GET", mine.ping(""));
        assertThat(json(member, "PATCH", mine.path(), "{\"graceSeconds\":60,\"tags\":[\"db\",\"prod\"]}")
                        .body())
                .contains("\"graceSeconds\":60", "\"tags\":[\"db\",\"prod\"]", "\"everySeconds\":3600");
        assertThat(json(member, "PATCH", mine.path(), "{\"schedule\":\"*/5 * * * *\"}")
                        .body())
                .contains("*/5")
                .doesNotContain("everySeconds");
        assertThat(member.send("POST", mine.path() + "/resume").status()).isEqualTo(409);
        assertThat(Person.member(member.send("POST", mine.path() + "/pause"), "state"))
                .isEqualTo("paused");
        server.https("GET", mine.ping("/log"));
        assertThat(works.seen(mine).string("state")).isEqualTo("paused");
        server.https("GET", mine.ping(""));
        assertThat(works.seen(mine).string("state")).isEqualTo("up");
        List<JsonObject> changes =
                MonitoredWorkspace.object(member.get(mine.path() + "/transitions"))
                        .array("transitions")
                        .objects()
                        .stream()
                        .filter(t -> !t.has("run") || t.has("leaf"))
                        .toList()
                        .reversed();
        List<String> states = new ArrayList<>();
        for (JsonObject change : changes) {
            states.add(change.string("to"));
            assertThat(leaves(change.string("leaf"))).isEqualTo(1);
        }
        assertThat(states).containsExactly("up", "paused", "up");
        assertThat(changes.get(1).string("actor")).startsWith("user:");
    }

    private static long leaves(String id) {
        return server.bean(Workspaces.class)
                .in(
                        new WorkspaceContext(works.id(), "system:test"),
                        jdbc -> jdbc.sql("select count(*) from evidence.leaf where workspace_id = ? and leaf_id = ?")
                                .params(works.id(), UUID.fromString(id))
                                .query(Long.class)
                                .single());
    }

    @Test
    void a_monitor_that_makes_no_sense_is_refused_with_what_is_wrong() throws Exception {
        for (String body : List.of(
                "{}",
                "[]",
                "{\"name\":\"a\"}",
                "{\"name\":\"a\",\"everySeconds\":60,\"schedule\":\"* * * * *\"}",
                "{\"name\":\"a\",\"everySeconds\":0}",
                "{\"name\":\"a\",\"schedule\":\"99 * * * *\"}",
                "{\"name\":\"a\",\"schedule\":\"0 3 * * *\",\"timeZone\":\"Mars/Base\"}",
                "{\"name\":\"a\",\"everySeconds\":60,\"slug\":\"A b\"}",
                "{\"name\":\"a\",\"everySeconds\":60,\"id\":\"x\"}",
                "{\"name\":\"a\",\"everySeconds\":60,\"requiredMetrics\":[\"A\"]}",
                "{\"name\":\"a\\u0000\",\"everySeconds\":60}")) {
            assertThat(json(works.owner, "POST", works.path + "/monitors", body).status())
                    .as(body)
                    .isEqualTo(422);
        }
    }

    @Test
    void notes_stand_at_their_run_with_who_wrote_them() throws Exception {
        Made mine = works.monitor("Noted", "\"everySeconds\":3600");
        server.https("GET", mine.ping("/fail"));
        String run = mine.path() + "/runs/" + works.runs(mine).getFirst().string("id");
        assertThat(member.send("POST", run + "/notes", "note", "the disk was full")
                        .status())
                .isEqualTo(201);
        assertThat(viewer.send("POST", run + "/notes", "note", "x").status()).isEqualTo(403);
        assertThat(outsider.send("POST", run + "/notes", "note", "x").status()).isEqualTo(404);
        assertThat(member.send("POST", run + "/notes", "note", " ").status()).isEqualTo(422);
        List<JsonObject> notes =
                MonitoredWorkspace.object(viewer.get(run)).array("notes").objects();
        assertThat(notes).hasSize(1);
        assertThat(notes.getFirst().string("note")).isEqualTo("the disk was full");
        assertThat(notes.getFirst().string("actor")).startsWith("user:");
    }

    @Test
    void pages_follow_on_each_other() throws Exception {
        Made mine = works.monitor("Many", "\"everySeconds\":3600");
        for (int i = 0; i < 5; i++) {
            server.https("GET", mine.ping(""));
        }
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = MonitoredWorkspace.object(viewer.get(mine.path() + "/runs?limit=2" + cursor));
            for (JsonObject run : page.array("runs").objects()) {
                ids.add(run.string("id"));
            }
            cursor = page.optionalString("next").map(next -> "&cursor=" + next).orElse("");
        } while (!cursor.isEmpty());
        assertThat(ids).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    /** One entry covers them, and every hash is the one that the row gives. */
    @Test
    void pings_are_under_the_log() throws Exception {
        Made mine = works.monitor("Sealed", "\"everySeconds\":3600");
        server.body("POST", mine.ping("/3?rid=" + UUID.randomUUID()), "text/plain", "out", "User-Agent: a|b c");
        server.https("HEAD", mine.ping("/start"));
        server.bean(Workspaces.class).in(new WorkspaceContext(works.id(), "system:test"), (JdbcClient jdbc) -> {
            List<Ping> pings = new PingStore().newest(jdbc, works.id(), UUID.fromString(mine.id()), Long.MAX_VALUE, 10);
            assertThat(pings)
                    .hasSize(2)
                    .allSatisfy(ping -> assertThat(ping.hash()).isEqualTo(ping.computed()));
            return true;
        });
        server.bean(MonitorLoop.class).stop();
        try {
            new Sealing(
                            server.bean(Workspaces.class),
                            server.bean(dev.averment.server.evidence.LeafStore.class),
                            server.prepared().clock())
                    .seal(works.id());
            server.bean(Workspaces.class).in(new WorkspaceContext(works.id(), "system:test"), (JdbcClient jdbc) -> {
                assertThat(jdbc.sql("""
                                        select coalesce(sum(last_n - first_n + 1), 0) from monitoring.ping_seal
                                         where workspace_id = ? and monitor_id = ?""")
                                .params(works.id(), UUID.fromString(mine.id()))
                                .query(Long.class)
                                .single())
                        .isEqualTo(2);
                return true;
            });
        } finally {
            server.bean(MonitorLoop.class).start();
        }
    }
}
