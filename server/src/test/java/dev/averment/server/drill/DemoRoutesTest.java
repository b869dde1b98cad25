package dev.averment.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.stream.OpenStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A demo over HTTPS: made, broken, followed, taken away, and who may do what. */
@Timeout(120)
class DemoRoutesTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Person owner;
    private static Person member;
    private static Person viewer;
    private static Person outsider;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        owner = Person.signedIn(server);
        member = Person.signedIn(server);
        viewer = Person.signedIn(server);
        outsider = Person.signedIn(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String demo(Person person) throws Exception {
        Answer made = person.send("POST", "/api/v1/account/demo", "name", "Demo");
        assertThat(made.status()).as(made.body()).isIn(200, 201);
        return "/api/v1/workspaces/" + Person.member(made, "id");
    }

    private static Answer put(Person person, String workspace, String body) throws Exception {
        return server.json("PUT", workspace + "/demo", body, "Authorization: Bearer " + person.accessToken);
    }

    private static JsonObject seen(Person person, String workspace) throws Exception {
        Answer answer = person.get(workspace + "/demo");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_drill_fails_a_run_opens_an_incident_tells_of_it_and_recovers() throws Exception {
        Person person = Person.signedIn(server);
        String workspace = demo(person);
        assertThat(put(person, workspace, "{\"mendAfterSeconds\":3}").status()).isEqualTo(200);
        UUID id = UUID.fromString(workspace.substring(workspace.lastIndexOf('/') + 1));
        try (OpenStream stream = OpenStream.of(person, id)) {
            Answer broken = person.send("POST", workspace + "/demo/drill");
            assertThat(broken.status()).as(broken.body()).isEqualTo(202);
            assertThat(person.send("POST", workspace + "/demo/drill").body()).contains("drill-goes-on");
            stream.until("incident.resolved");
            stream.until("delivery.tried");
        }
        JsonObject drill = seen(person, workspace).object("drill");
        assertThat(drill.object("run").string("status")).isEqualTo("failed");
        assertThat(drill.object("back").string("status")).isEqualTo("succeeded");
        assertThat(drill.object("incident").string("state")).isEqualTo("resolved");
        JsonObject alert = drill.array("alerts").objects().getFirst();
        assertThat(alert.string("kind")).isEqualTo("open");
        assertThat(alert.array("attempts").objects().getFirst().string("outcome"))
                .isEqualTo("ok");
        // What depends on it went down with it, and has no incident of its own.
        String incident = person.get(
                        workspace + "/incidents/" + drill.object("incident").string("id"))
                .body();
        assertThat(incident).contains("Order import", "Daily report");
        String run = person.get(workspace + "/monitors/"
                        + seen(person, workspace)
                                .array("workflows")
                                .objects()
                                .get(2)
                                .string("monitor") + "/runs/"
                        + drill.object("run").string("id"))
                .body();
        assertThat(run).contains("The file was altered since");
    }

    @Test
    void everybody_may_do_what_his_role_allows_and_an_outsider_finds_nothing() throws Exception {
        String workspace = demo(owner);
        for (Person person : List.of(member, viewer)) {
            owner.send(
                    "POST",
                    workspace + "/invitations",
                    "email",
                    person.email,
                    "role",
                    person == member ? "member" : "viewer");
            person.send("POST", "/api/v1/account/invitations", "code", person.mailedInvitation());
            assertThat(person.get(workspace + "/demo").status()).isEqualTo(200);
            assertThat(put(person, workspace, "{\"mendAfterSeconds\":60}").status())
                    .isEqualTo(403);
            assertThat(person.delete(workspace + "/demo").status()).isEqualTo(403);
        }
        assertThat(viewer.send("POST", workspace + "/demo/drill").status()).isEqualTo(403);
        assertThat(member.send("POST", workspace + "/demo/drill").status()).isIn(202, 409);
        assertThat(outsider.get(workspace + "/demo").status()).isEqualTo(404);
        assertThat(outsider.send("POST", workspace + "/demo/drill").status()).isEqualTo(404);
        assertThat(outsider.delete(workspace + "/demo").status()).isEqualTo(404);
        assertThat(put(outsider, workspace, "{\"mendAfterSeconds\":60}").status())
                .isEqualTo(404);
        assertThat(put(outsider, workspace, "{}").status()).isEqualTo(404);
        assertThat(put(viewer, workspace, "{}").status()).isEqualTo(403);
        assertThat(server.https("GET", workspace + "/demo").status()).isEqualTo(401);
        assertThat(server.json("POST", "/api/v1/account/demo", "{\"name\":\"Demo\"}")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void somebody_has_one_demo_and_no_workspace_in_which_people_are_called_becomes_one() throws Exception {
        Person person = Person.signedIn(server);
        Answer first = person.send("POST", "/api/v1/account/demo", "name", "Demo");
        assertThat(first.status()).isEqualTo(201);
        Answer second = person.send("POST", "/api/v1/account/demo", "name", "Demo");
        assertThat(second.status()).isEqualTo(200);
        assertThat(Person.member(second, "id")).isEqualTo(Person.member(first, "id"));
        String other =
                "/api/v1/workspaces/" + Person.member(person.send("POST", "/api/v1/workspaces", "name", "Works"), "id");
        person.send(
                other + "/channels",
                JsonObject.of(
                        "kind",
                        "email",
                        "name",
                        "Night shift",
                        "settings",
                        JsonObject.of("to", List.of("ops@example.test"))));
        assertThat(put(person, other, "{\"mendAfterSeconds\":60}").body()).contains("people-would-be-called");
        assertThat(put(person, other, "{\"mendAfterSeconds\":1}").body()).contains("bad-demo");
        assertThat(put(person, other, "{}").status()).isEqualTo(422);
        assertThat(person.get(other + "/demo").status()).isEqualTo(404);
    }

    @Test
    void a_demo_that_is_taken_away_runs_no_more_and_leaves_no_incident_open() throws Exception {
        Person person = Person.signedIn(server);
        String workspace = "/api/v1/workspaces/"
                + Person.member(person.send("POST", "/api/v1/account/demo", "name", "Demo"), "id");
        UUID id = UUID.fromString(workspace.substring(workspace.lastIndexOf('/') + 1));
        try (OpenStream stream = OpenStream.of(person, id)) {
            person.send("POST", workspace + "/demo/drill");
            stream.until("incident.opened");
        }
        assertThat(person.delete(workspace + "/demo").status()).isEqualTo(204);
        assertThat(person.get(workspace + "/demo").status()).isEqualTo(404);
        assertThat(person.get(workspace + "/monitors").body()).contains("\"monitors\":[]");
        assertThat(person.get(workspace + "/incidents?state=open").body()).contains("\"incidents\":[]");
        assertThat(person.get(workspace + "/channels").body()).contains("\"channels\":[]");
        assertThat(put(person, workspace, "{\"mendAfterSeconds\":3}").status()).isEqualTo(201);
    }
}
