package dev.averment.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.fixture.Visitor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces by pages: what the owner may, what a member may not, and that to an outsider there is nothing. */
class WorkspacePagesTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Person olga;
    private static Person milan;
    private static Person otto;
    private static Visitor owner;
    private static Visitor member;
    private static Visitor outsider;
    private static String workspace;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        olga = Person.signedIn(server);
        milan = Person.signedIn(server);
        otto = Person.signedIn(server);
        owner = Visitor.as(olga);
        member = Visitor.as(milan);
        outsider = Visitor.as(otto);
        workspace = make(owner, "Works <b>&</b> Sons");
        join(workspace, member, milan, "member");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String make(Visitor visitor, String name) throws Exception {
        Answer made = visitor.post("/workspaces", "name", name);
        assertThat(made.status()).isEqualTo(303);
        return made.header("location").orElseThrow().replace("?done=workspace-made", "");
    }

    private static void join(String where, Visitor visitor, Person person, String role) throws Exception {
        Answer invited = owner.post(where + "/invitations", "email", person.email, "role", role);
        assertThat(invited.header("location")).hasValue(where + "?done=invited");
        Answer joined = visitor.post("/join", "code", person.mailedInvitation());
        assertThat(joined.header("location")).hasValue("/workspaces?done=joined");
    }

    private static String account(Person person) throws Exception {
        return Person.member(person.get("/api/v1/account"), "id");
    }

    @Asvs({"8.2.1", "8.2.2"})
    @Test
    void to_an_outsider_no_page_of_a_workspace_exists() throws Exception {
        String milans = workspace + "/members/" + account(milan);
        for (String path : List.of(
                workspace,
                workspace + "/tokens",
                workspace + "/tokens/new",
                milans + "/removal",
                milans + "/transfer",
                "/settings" + workspace + "/leave")) {
            Answer answer = outsider.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).doesNotContain("Works", milan.email);
        }
        for (String path : List.of(
                workspace + "/name",
                workspace + "/invitations",
                workspace + "/tokens",
                workspace + "/tokens/" + account(milan) + "/revocation",
                milans + "/role",
                milans + "/removal",
                milans + "/transfer",
                "/settings" + workspace + "/leave")) {
            Answer answer = outsider.post(
                    path, "name", "Mine", "email", otto.email, "role", "owner", "days", "30", "scopes", "members:read");
            assertThat(answer.status()).as(path).isEqualTo(404);
        }
        assertThat(owner.get(workspace).body()).contains(milan.email).doesNotContain(otto.email);
    }

    @Test
    void a_member_reads_and_changes_nothing() throws Exception {
        Answer page = member.get(workspace);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains(olga.email, "Works &lt;b&gt;&amp;&lt;/b&gt; Sons")
                .doesNotContain("/removal", "<select", "/invitations");
        String olgas = workspace + "/members/" + account(olga);
        for (String path :
                List.of(olgas + "/role", olgas + "/removal", workspace + "/invitations", workspace + "/name")) {
            Answer answer = member.post(path, "name", "Mine", "email", otto.email, "role", "viewer");
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.body()).contains("Your role in this workspace does not allow this");
        }
        assertThat(member.get(olgas + "/removal").status()).isEqualTo(403);
        assertThat(member.post(olgas + "/transfer", "typed", "x").status()).isEqualTo(403);
    }

    @Test
    void an_auditor_leaves_by_the_list_of_his_workspaces_and_sees_no_members() throws Exception {
        Person person = Person.signedIn(server);
        Visitor auditor = Visitor.as(person);
        join(workspace, auditor, person, "auditor");
        assertThat(auditor.get("/workspaces").body()).contains("auditor").doesNotContain("href=\"" + workspace + "\"");
        assertThat(auditor.get(workspace).status()).isEqualTo(403);
        assertThat(auditor.get(workspace + "/tokens").status()).isEqualTo(403);
        assertThat(auditor.follow(auditor.post("/settings" + workspace + "/leave"))
                        .body())
                .contains("You have left", "You are in no workspace yet");
    }

    @Test
    void roles_change_and_members_go() throws Exception {
        Person person = Person.signedIn(server);
        Visitor visitor = Visitor.as(person);
        join(workspace, visitor, person, "viewer");
        String path = workspace + "/members/" + account(person);
        assertThat(owner.follow(owner.post(path + "/role", "role", "admin")).body())
                .contains("The role is changed");
        assertThat(visitor.get(workspace).body()).contains("<select").doesNotContain("value=\"owner\"");
        assertThat(owner.post(path + "/role", "role", "emperor").status()).isEqualTo(422);
        assertThat(visitor.post(workspace + "/members/" + account(olga) + "/role", "role", "viewer")
                        .status())
                .as("an admin unmakes no owner")
                .isEqualTo(403);
        assertThat(owner.get(path + "/removal").body()).contains("sees nothing of", "Pat Person");
        assertThat(owner.follow(owner.post(path + "/removal")).body()).contains("The member is removed");
        assertThat(visitor.get(workspace).status()).isEqualTo(404);
    }

    @Test
    void handing_over_takes_the_typed_name_and_leaves_an_owner_at_every_moment() throws Exception {
        String mine = make(owner, "Handed on");
        join(mine, member, milan, "member");
        String path = mine + "/members/" + account(milan) + "/transfer";
        assertThat(owner.post("/settings" + mine + "/leave").body()).contains("at least one owner");
        Answer mistyped = owner.post(path, "typed", "handed on");
        assertThat(mistyped.status()).isEqualTo(422);
        assertThat(mistyped.body()).contains("aria-invalid", "value=\"handed on\"");
        assertThat(owner.follow(owner.post(path, "typed", "Handed on")).body())
                .contains("The workspace is handed over");
        assertThat(owner.post(path, "typed", "Handed on").status())
                .as("no owner any more")
                .isEqualTo(403);
        assertThat(member.get("/workspaces").body()).contains("Handed on", "owner");
        assertThat(owner.follow(owner.post("/settings" + mine + "/leave")).body())
                .contains("You have left");
    }

    @Test
    void an_invitation_is_for_its_address_and_can_be_taken_back() throws Exception {
        owner.post(workspace + "/invitations", "email", "guest@example.test", "role", "viewer");
        Answer page = owner.get(workspace);
        assertThat(page.body()).contains("guest@example.test");
        var revocation =
                java.util.regex.Pattern.compile("action=\"(\\S+/revocation)\"").matcher(page.body());
        assertThat(revocation.find()).isTrue();
        assertThat(owner.follow(owner.post(revocation.group(1))).body()).doesNotContain("guest@example.test");
        assertThat(owner.post(workspace + "/invitations", "email", "no address", "role", "viewer")
                        .body())
                .contains("This is no mail address", "value=\"no address\"");

        Person guest = Person.signedIn(server);
        owner.post(workspace + "/invitations", "email", guest.email, "role", "viewer");
        String code = guest.mailedInvitation();
        assertThat(outsider.post("/join", "code", code).body()).contains("This invitation is not good");
        var stranger = new Visitor(server);
        assertThat(stranger.get("/join").body()).contains("If you are not signed in");
        assertThat(stranger.post("/join", "code", code).header("location")).hasValue("/sign-in?next=/join");
    }

    @Test
    void a_token_is_shown_once_does_what_was_ticked_and_ends() throws Exception {
        String tokens = workspace + "/tokens";
        Answer none = member.post(tokens, "name", "Nightly", "days", "30");
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.body()).contains("Tick at least one", "value=\"Nightly\"");
        assertThat(member.get(tokens + "/new").body()).contains("members:read").doesNotContain("members:change");
        assertThat(member.post(tokens, "name", "Nightly", "days", "30", "scopes", "members:change")
                        .status())
                .isEqualTo(403);
        Answer made = member.post(
                tokens, "name", "Nightly", "days", "30", "scopes", "members:read", "scopes", "workspace:read");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.header("cache-control")).hasValue("no-store");
        String token = made.body().replaceAll("(?s).*<code id=\"token\">|</code>.*", "");
        String bearer = "Authorization: Bearer " + token;
        assertThat(server.https("GET", "/api/v1" + workspace + "/members", bearer)
                        .status())
                .isEqualTo(200);
        assertThat(server.https("GET", workspace, bearer).status())
                .as("pages are for people")
                .isEqualTo(404);
        Answer list = member.get(tokens);
        assertThat(list.body()).contains("Nightly", "read who is in it").doesNotContain(token);
        assertThat(owner.get(tokens).body()).as("tokens are one's own").doesNotContain("Nightly");
        String end = list.body().replaceAll("(?s).*action=\"(\\S+/revocation)\".*", "$1");
        assertThat(outsider.post(end).status()).isEqualTo(404);
        assertThat(member.follow(member.post(end)).body()).contains("The token has ended");
        assertThat(server.https("GET", "/api/v1" + workspace + "/members", bearer)
                        .status())
                .isEqualTo(401);
    }
}
