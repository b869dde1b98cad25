package dev.averment.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incidents over HTTPS: from opened to closed, and who may do what. */
class IncidentRoutesTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Person owner;
    private static Person member;
    private static Person viewer;
    private static Person outsider;
    private static String workspace;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        owner = Person.signedIn(server);
        member = Person.signedIn(server);
        viewer = Person.signedIn(server);
        outsider = Person.signedIn(server);
        workspace =
                "/api/v1/workspaces/" + Person.member(owner.send("POST", "/api/v1/workspaces", "name", "Works"), "id");
        join(member, "member");
        join(viewer, "viewer");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void join(Person person, String role) throws Exception {
        owner.send("POST", workspace + "/invitations", "email", person.email, "role", role);
        assertThat(person.send("POST", "/api/v1/account/invitations", "code", person.mailedInvitation())
                        .status())
                .isEqualTo(200);
    }

    private static String opened(Person person, String severity) throws Exception {
        Answer made = person.send(
                "POST",
                workspace + "/incidents",
                "title",
                "Stuck",
                "severity",
                severity,
                "owner",
                "",
                "text",
                "It is stuck.");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return workspace + "/incidents/" + Person.member(made, "id");
    }

    private static Answer put(Person person, String path, String body) throws Exception {
        return server.json("PUT", path, body, "Authorization: Bearer " + person.accessToken);
    }

    @Test
    void an_incident_is_worked_on_from_opened_to_closed() throws Exception {
        String incident = opened(member, "P1");
        assertThat(member.send("POST", incident + "/acknowledge").status()).isEqualTo(204);
        assertThat(member.send("POST", incident + "/updates", "text", "Somebody looks.")
                        .status())
                .isEqualTo(204);
        assertThat(member.send("POST", incident + "/notes", "text", "Pump 3.").status())
                .isEqualTo(204);
        assertThat(member.send("POST", incident + "/assign", "owner", Person.member(owner.get("/api/v1/account"), "id"))
                        .status())
                .isEqualTo(204);
        assertThat(member.send("POST", incident + "/resolve", "reason", "Turns again.")
                        .status())
                .isEqualTo(204);
        Answer early = member.send("POST", incident + "/close");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body()).contains("review-missing", "/reviews");
        assertThat(member.send("POST", incident + "/reviews", "happened", "a", "cause", "b", "actions", "c")
                        .status())
                .isEqualTo(204);
        assertThat(member.send("POST", incident + "/close").status()).isEqualTo(204);

        String shown = viewer.get(incident).body();
        assertThat(shown)
                .contains(
                        "\"state\":\"closed\"", "\"rule\":\"incident-response-p1\"", "\"outcome\":\"met\"", "Pump 3.");
        assertThat(viewer.get(incident + "/timeline?after=3").body()).doesNotContain("\"kind\":\"opened\"");
        assertThat(viewer.get(workspace + "/incidents?state=closed").body()).contains("\"title\":\"Stuck\"");
        assertThat(viewer.get(workspace + "/clocks").body()).contains("\"basisPoints\":10000");
    }

    @Test
    void lists_go_on_where_they_ended() throws Exception {
        for (int i = 0; i < 3; i++) {
            opened(member, "P3");
        }
        String all = member.get(workspace + "/incidents?state=open").body();
        String newest = all.replaceFirst("(?s).*?\"id\":\"([0-9a-f-]{36})\".*", "$1");
        assertThat(member.get(workspace + "/incidents?state=open&before=" + newest)
                        .body())
                .doesNotContain(newest);
        assertThat(member.get(workspace + "/incidents?state=broken").status()).isEqualTo(422);
        assertThat(member.get(workspace + "/incidents?state=ownerless").body()).contains("\"incidents\":[]");
    }

    @Asvs("8.2.2")
    @Test
    void an_outsider_finds_nothing_and_changes_nothing() throws Exception {
        String incident = opened(member, "P3");
        var tries = List.of(
                outsider.get(workspace + "/incidents"),
                outsider.get(incident),
                outsider.get(incident + "/timeline"),
                outsider.get(workspace + "/escalation"),
                outsider.get(workspace + "/incident-rules"),
                outsider.get(workspace + "/clocks"),
                outsider.get(workspace + "/calendar"),
                outsider.send(
                        "POST", workspace + "/incidents", "title", "x", "severity", "P1", "owner", "", "text", "x"),
                outsider.send("POST", incident + "/acknowledge"),
                outsider.send(
                        "POST", incident + "/assign", "owner", UUID.randomUUID().toString()),
                outsider.send("POST", incident + "/notes", "text", "x"),
                outsider.send("POST", incident + "/updates", "text", "x"),
                outsider.send("POST", incident + "/severity", "severity", "P1", "reason", "x"),
                outsider.send("POST", incident + "/resolve", "reason", "x"),
                outsider.send("POST", incident + "/reopen", "reason", "x"),
                outsider.send("POST", incident + "/reviews", "happened", "x", "cause", "x", "actions", "x"),
                outsider.send("POST", incident + "/close"),
                put(outsider, workspace + "/escalation", "{\"steps\":[]}"),
                put(outsider, workspace + "/incident-rules", "{\"rules\":[]}"),
                put(
                        outsider,
                        workspace + "/calendar",
                        "{\"zone\":\"UTC\",\"region\":\"\",\"week\":\"mo 09:00-10:00\",\"closures\":\"\"}"));
        String nowhere = outsider.get("/api/v1/workspaces/" + UUID.randomUUID()).body();
        assertThat(tries).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(nowhere);
        });
        assertThat(member.get(incident).body()).contains("\"state\":\"open\"", "\"severity\":\"P3\"");
        assertThat(member.get(workspace + "/incidents/" + UUID.randomUUID()).body())
                .isEqualTo(nowhere);
    }

    @Test
    void a_viewer_reads_and_changes_nothing_and_a_member_sets_no_rules() throws Exception {
        String incident = opened(member, "P3");
        assertThat(viewer.get(incident).status()).isEqualTo(200);
        assertThat(viewer.send("POST", incident + "/acknowledge").status()).isEqualTo(403);
        assertThat(put(member, workspace + "/escalation", "{\"steps\":[]}").status())
                .isEqualTo(403);
        assertThat(put(member, workspace + "/incident-rules", "{\"rules\":[]}").status())
                .isEqualTo(403);
    }

    @Test
    void chain_rules_and_calendar_are_kept_and_mistakes_are_explained() throws Exception {
        String me = Person.member(owner.get("/api/v1/account"), "id");
        assertThat(put(
                                owner,
                                workspace + "/escalation",
                                "{\"steps\":[{\"after\":\"15m\",\"channels\":[],\"people\":[\"" + me
                                        + "\"]},{\"after\":\"1h\",\"channels\":[\"" + UUID.randomUUID()
                                        + "\"],\"people\":[]}]}")
                        .status())
                .isEqualTo(204);
        assertThat(viewer.get(workspace + "/escalation").body()).contains("\"after\":\"15m\"", me);
        assertThat(put(
                                owner,
                                workspace + "/escalation",
                                "{\"steps\":[{\"after\":\"1h\",\"channels\":[],\"people\":[]},{\"after\":\"15m\",\"channels\":[],\"people\":[]}]}")
                        .body())
                .contains("bad-chain", "after the one before");
        assertThat(put(
                                owner,
                                workspace + "/incident-rules",
                                "{\"rules\":[{\"about\":\"monitors\",\"subject\":\"\",\"severity\":\"P1\",\"owner\":\""
                                        + me + "\"}]}")
                        .status())
                .isEqualTo(204);
        assertThat(put(
                                owner,
                                workspace + "/incident-rules",
                                "{\"rules\":[{\"about\":\"weather\",\"subject\":\"\",\"severity\":\"P1\",\"owner\":\"\"}]}")
                        .status())
                .isEqualTo(422);
        String calendar =
                "{\"zone\":\"Europe/Berlin\",\"region\":\"DE-BY\",\"week\":\"mo-th 09:00-12:00,13:00-17:00; fr 09:00-15:00\",\"closures\":\"2026-12-24 2026-12-31\"}";
        assertThat(put(owner, workspace + "/calendar", calendar).status()).isEqualTo(204);
        assertThat(viewer.get(workspace + "/calendar").body()).contains("DE-BY");
        assertThat(put(owner, workspace + "/calendar", calendar.replace("Berlin", "Atlantis"))
                        .body())
                .contains("bad-calendar", "no time zone");
    }

    @Test
    void bodies_are_taken_to_the_letter() throws Exception {
        assertThat(member.send(
                                "POST",
                                workspace + "/incidents",
                                "title",
                                "x",
                                "severity",
                                "P0",
                                "owner",
                                "",
                                "text",
                                "x")
                        .status())
                .isEqualTo(422);
        assertThat(member.send(
                                "POST",
                                workspace + "/incidents",
                                "title",
                                "",
                                "severity",
                                "P1",
                                "owner",
                                "",
                                "text",
                                "x")
                        .status())
                .isEqualTo(422);
        assertThat(member.send(
                                "POST",
                                workspace + "/incidents",
                                "title",
                                "x".repeat(301),
                                "severity",
                                "P1",
                                "owner",
                                "",
                                "text",
                                "x")
                        .status())
                .isEqualTo(422);
        assertThat(member.send("POST", workspace + "/incidents", "title", "x", "severity", "P1")
                        .status())
                .isEqualTo(400);
        String outside = Person.member(outsider.get("/api/v1/account"), "id");
        assertThat(member.send(
                                "POST",
                                workspace + "/incidents",
                                "title",
                                "x",
                                "severity",
                                "P1",
                                "owner",
                                outside,
                                "text",
                                "x")
                        .body())
                .contains("bad-owner");
    }
}
