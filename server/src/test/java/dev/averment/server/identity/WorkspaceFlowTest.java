package dev.averment.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.fixture.ShiftedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces, roles and tokens over HTTPS: what the owner may, what a member may not, and that an outsider sees nothing. */
class WorkspaceFlowTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Person owner;
    private static Person member;
    private static Person outsider;
    private static String workspace;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        owner = Person.signedIn(server);
        member = Person.signedIn(server);
        outsider = Person.signedIn(server);
        workspace = at(owner);
        join(member, "member");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String at(Person person) throws Exception {
        Answer made = person.send("POST", "/api/v1/workspaces", "name", "Works");
        assertThat(made.status()).isEqualTo(201);
        return "/api/v1/workspaces/" + Person.member(made, "id");
    }

    private static void join(Person person, String role) throws Exception {
        assertThat(owner.send("POST", workspace + "/invitations", "email", person.email, "role", role)
                        .status())
                .isEqualTo(201);
        assertThat(person.send("POST", "/api/v1/account/invitations", "code", person.mailedInvitation())
                        .status())
                .isEqualTo(200);
    }

    private static String account(Person person) throws Exception {
        return Person.member(person.get("/api/v1/account"), "id");
    }

    private static String token(Person person, String where, String... scopes) throws Exception {
        String list = String.join("\",\"", scopes);
        Answer made = server.json(
                "POST",
                where + "/tokens",
                "{\"name\":\"Nightly\",\"scopes\":[\"" + list + "\"],\"life\":\"1d\"}",
                "Authorization: Bearer " + person.accessToken);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return Person.member(made, "token");
    }

    private static Answer with(String token, String method, String path) throws Exception {
        return server.https(method, path, "Authorization: Bearer " + token);
    }

    @Test
    void an_outsider_finds_nothing_and_changes_nothing() throws Exception {
        String memberAccount = account(member);
        var tries = List.of(
                outsider.get(workspace),
                outsider.get(workspace + "/members"),
                outsider.get(workspace + "/invitations"),
                outsider.get(workspace + "/tokens"),
                outsider.send("PATCH", workspace, "name", "Mine now"),
                outsider.send("PATCH", workspace + "/members/" + memberAccount, "role", "viewer"),
                outsider.delete(workspace + "/members/" + memberAccount),
                outsider.send("POST", workspace + "/invitations", "email", outsider.email, "role", "owner"),
                outsider.delete(workspace + "/invitations/" + UUID.randomUUID()),
                outsider.delete(workspace + "/tokens/" + UUID.randomUUID()));
        Answer nowhere = outsider.get("/api/v1/workspaces/" + UUID.randomUUID());
        assertThat(tries).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(nowhere.body());
        });
        assertThat(owner.get(workspace).body()).contains("\"name\":\"Works\"");
        assertThat(owner.get(workspace + "/members").body()).contains(memberAccount, "\"role\":\"member\"");
    }

    @Asvs("8.2.1")
    @Test
    void a_member_reads_and_may_not_change() throws Exception {
        assertThat(member.get(workspace + "/members").status()).isEqualTo(200);
        assertThat(member.send("PATCH", workspace, "name", "Ours").status()).isEqualTo(403);
        assertThat(member.send("POST", workspace + "/invitations", "email", "x@example.test", "role", "viewer")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void an_administrator_makes_no_owner() throws Exception {
        Person admin = Person.signedIn(server);
        join(admin, "admin");
        assertThat(admin.send("PATCH", workspace + "/members/" + account(admin), "role", "owner")
                        .status())
                .isEqualTo(403);
        assertThat(admin.delete(workspace + "/members/" + account(owner)).status())
                .isEqualTo(403);
        assertThat(admin.send("POST", workspace + "/invitations", "email", "y@example.test", "role", "owner")
                        .status())
                .isEqualTo(403);
    }

    /** Whoever makes an owner gives the workspace away. */
    @Test
    @Asvs("7.5.3")
    void owners_are_made_and_unmade_by_whoever_has_just_proved_to_be_there_and_by_no_program(@TempDir Path folder)
            throws Exception {
        var clock = new ShiftedClock();
        try (RunningServer other = RunningServer.start(folder, clock)) {
            Person founder = Person.signedIn(other);
            Person colleague = Person.signedIn(other);
            String firm = at(founder);
            founder.send("POST", firm + "/invitations", "email", colleague.email, "role", "admin");
            colleague.send("POST", "/api/v1/account/invitations", "code", colleague.mailedInvitation());
            String colleagues = firm + "/members/" + account(colleague);
            Answer token = other.json(
                    "POST",
                    firm + "/tokens",
                    "{\"name\":\"Robot\",\"scopes\":[\"members:change\"],\"life\":\"1d\"}",
                    "Authorization: Bearer " + founder.accessToken);
            Answer robot = other.json(
                    "PATCH",
                    colleagues,
                    "{\"role\":\"owner\"}",
                    "Authorization: Bearer " + Person.member(token, "token"));
            assertThat(robot.status()).as(robot.body()).isEqualTo(403);

            clock.skip(Duration.ofMinutes(11));
            for (Answer stale : List.of(
                    founder.send("PATCH", colleagues, "role", "owner"),
                    founder.send("POST", firm + "/invitations", "email", "z@example.test", "role", "owner"))) {
                assertThat(stale.status()).isEqualTo(403);
                assertThat(stale.body()).contains("proof-needed");
            }
            assertThat(founder.send("PATCH", colleagues, "role", "viewer").status())
                    .as("no owner")
                    .isEqualTo(204);
            assertThat(founder.prove().status()).isEqualTo(204);
            assertThat(founder.send("PATCH", colleagues, "role", "owner").status())
                    .isEqualTo(204);
            assertThat(founder.signIn().status()).isEqualTo(200);
            clock.skip(Duration.ofMinutes(11));
            assertThat(founder.send("PATCH", colleagues, "role", "viewer").body())
                    .contains("proof-needed");
        }
    }

    @Test
    void the_last_owner_can_neither_leave_nor_become_less() throws Exception {
        String id = workspace.substring(workspace.lastIndexOf('/') + 1);
        assertThat(owner.delete("/api/v1/account/workspaces/" + id).status()).isEqualTo(409);
        assertThat(owner.send("PATCH", workspace + "/members/" + account(owner), "role", "viewer")
                        .status())
                .isEqualTo(409);
        owner.send("POST", "/api/v1/account/proof", "password", Person.PASSWORD);
        assertThat(owner.delete("/api/v1/account").status()).isEqualTo(409);
    }

    @Test
    void an_invitation_is_for_its_address_and_for_once() throws Exception {
        Person guest = Person.signedIn(server);
        owner.send("POST", workspace + "/invitations", "email", guest.email, "role", "viewer");
        String code = guest.mailedInvitation();
        assertThat(outsider.send("POST", "/api/v1/account/invitations", "code", code)
                        .status())
                .isEqualTo(400);
        assertThat(guest.send("POST", "/api/v1/account/invitations", "code", code)
                        .status())
                .isEqualTo(200);
        assertThat(guest.send("POST", "/api/v1/account/invitations", "code", code)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void an_auditor_reads_evidence_and_nothing_else() throws Exception {
        Person auditor = Person.signedIn(server);
        join(auditor, "auditor");
        assertThat(auditor.get(workspace + "/members").status()).isEqualTo(403);
        assertThat(auditor.get("/api/v1/workspaces").body()).contains("\"role\":\"auditor\"");
    }

    @Asvs("10.3.2")
    @Test
    void a_token_does_what_its_scopes_say_in_its_workspace_alone() throws Exception {
        String token = token(owner, workspace, "members:read");
        assertThat(with(token, "GET", workspace + "/members").status()).isEqualTo(200);
        assertThat(with(token, "GET", workspace).status()).isEqualTo(403);
        assertThat(with(token, "GET", at(owner) + "/members").status()).isEqualTo(404);
        assertThat(with(token, "GET", "/api/v1/account").status()).isIn(401, 404);
        assertThat(with(token, "GET", "/api/v1/workspaces").status()).isIn(401, 404);
    }

    @Asvs("10.4.9")
    @Test
    void a_token_is_refused_at_the_request_after_it_was_ended() throws Exception {
        Answer made = server.json(
                "POST",
                workspace + "/tokens",
                "{\"name\":\"Nightly\",\"scopes\":[\"members:read\"],\"life\":\"1d\"}",
                "Authorization: Bearer " + member.accessToken);
        String token = Person.member(made, "token");
        assertThat(with(token, "GET", workspace + "/members").status()).isEqualTo(200);
        assertThat(member.delete(workspace + "/tokens/" + Person.member(made, "id"))
                        .status())
                .isEqualTo(204);
        assertThat(with(token, "GET", workspace + "/members").status()).isEqualTo(401);
    }

    @Test
    void a_token_loses_what_its_owner_loses() throws Exception {
        Person guest = Person.signedIn(server);
        join(guest, "member");
        String token = token(guest, workspace, "members:read");
        assertThat(with(token, "GET", workspace + "/members").status()).isEqualTo(200);
        owner.send("PATCH", workspace + "/members/" + account(guest), "role", "auditor");
        assertThat(with(token, "GET", workspace + "/members").status()).isEqualTo(403);
        owner.delete(workspace + "/members/" + account(guest));
        assertThat(with(token, "GET", workspace + "/members").status()).isEqualTo(404);
    }

    @Test
    void a_mistyped_token_is_refused() throws Exception {
        String token = token(owner, workspace, "members:read");
        assertThat(with(token.substring(0, token.length() - 1) + "z", "GET", workspace + "/members")
                        .status())
                .isEqualTo(401);
    }

    /** The owner alone, after a fresh proof, by the name; then it is gone for everybody, and its log is not. */
    @Test
    void a_workspace_is_deleted_by_its_owner_and_by_its_name() throws Exception {
        Person founder = Person.signedIn(server);
        Person colleague = Person.signedIn(server);
        String doomed = at(founder);
        String id = doomed.substring(doomed.lastIndexOf('/') + 1);
        assertThat(founder.send("POST", doomed + "/invitations", "email", colleague.email, "role", "admin")
                        .status())
                .isEqualTo(201);
        assertThat(colleague
                        .send("POST", "/api/v1/account/invitations", "code", colleague.mailedInvitation())
                        .status())
                .isEqualTo(200);
        String program = token(founder, doomed, "workspace:read");

        assertThat(outsider.send("POST", doomed + "/deletion", "name", "Works").status())
                .isEqualTo(404);
        assertThat(colleague.send("POST", doomed + "/deletion", "name", "Works").status())
                .isEqualTo(403);
        assertThat(server.json("POST", doomed + "/deletion", "{\"name\":\"Works\"}", "Authorization: Bearer " + program)
                        .status())
                .isEqualTo(403);
        Answer mistyped = founder.send("POST", doomed + "/deletion", "name", "works");
        assertThat(mistyped.status()).isEqualTo(422);
        assertThat(mistyped.body()).contains("name-differs", "the access of 2 members", "can't be undone");
        assertThat(colleague.get(doomed).status()).isEqualTo(200);

        assertThat(founder.send("POST", doomed + "/deletion", "name", "Works").status())
                .isEqualTo(204);
        for (Person each : List.of(founder, colleague)) {
            assertThat(each.get(doomed).status()).isEqualTo(404);
            assertThat(each.get("/api/v1/workspaces").body()).doesNotContain(id);
            assertThat(each.mail().orElseThrow()).contains("An owner deleted the workspace \"Works\"");
        }
        assertThat(with(program, "GET", doomed).status()).isEqualTo(404);
        try (var c = server.prepared()
                        .access()
                        .connect(server.prepared().access().administrator());
                var s = c.createStatement();
                var r = s.executeQuery("select count(*), (select name from tenancy.workspace where workspace_id = '"
                        + id + "') from evidence.leaf where workspace_id = '" + id + "'")) {
            r.next();
            assertThat(r.getLong(1)).as("entries of its log").isGreaterThan(3);
            assertThat(r.getString(2)).isEqualTo("(deleted)");
        }
    }
}
