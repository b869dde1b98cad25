package dev.averment.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.Receiver;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.jobs.JobWorker;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Channels, deliveries and dead jobs over the routes of a running server, by everybody who may and may not. */
@Timeout(300)
class ChannelsRoutesTest {
    @TempDir
    private static Path folder;

    private static RunningServer server;
    private static Receiver receiver;
    private static Person owner;
    private static Person outsider;
    private static final Map<String, Person> BY_ROLE = new TreeMap<>();
    private static String workspace;

    @BeforeAll
    static void start() throws Exception {
        receiver = new Receiver(folder.resolve("receiver"));
        server = RunningServer.start(
                folder.resolve("data"),
                "--outbound-allow",
                "127.0.0.1/32",
                "--outbound-allow",
                "::1/128",
                "--outbound-authority",
                receiver.authorityFile().toString());
        owner = Person.signedIn(server);
        outsider = Person.signedIn(server);
        workspace =
                "/api/v1/workspaces/" + Person.member(owner.send("POST", "/api/v1/workspaces", "name", "Works"), "id");
        BY_ROLE.put("owner", owner);
        for (String role : List.of("admin", "member", "viewer", "auditor")) {
            Person person = Person.signedIn(server);
            assertThat(owner.send("POST", workspace + "/invitations", "email", person.email, "role", role)
                            .status())
                    .isEqualTo(201);
            assertThat(person.send("POST", "/api/v1/account/invitations", "code", person.mailedInvitation())
                            .status())
                    .isEqualTo(200);
            BY_ROLE.put(role, person);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        receiver.close();
    }

    private static JsonObject json(Answer answer) throws Exception {
        return Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Answer add(Person person, String kind, JsonObject settings) throws Exception {
        return person.send(
                workspace + "/channels", JsonObject.of("kind", kind, "name", "Our " + kind, "settings", settings));
    }

    private static String webhook() throws Exception {
        Answer made = add(owner, "webhook", JsonObject.of("url", receiver.url("/in/abcdefghijkl")));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return json(made).string("id");
    }

    @Test
    @Asvs({"8.2.1", "8.4.1"})
    void each_role_may_what_it_may_and_an_outsider_finds_nothing() throws Exception {
        String channel = workspace + "/channels/" + webhook();
        for (String read :
                List.of(workspace + "/channels", channel, workspace + "/deliveries", workspace + "/jobs/dead")) {
            for (String role : BY_ROLE.keySet()) {
                assertThat(BY_ROLE.get(role).get(read).status())
                        .as(role + " " + read)
                        .isEqualTo(role.equals("auditor") ? 403 : 200);
            }
            assertThat(outsider.get(read).status()).as(read).isEqualTo(404);
            assertThat(server.https("GET", read).status()).isEqualTo(401);
        }
        for (String role : List.of("member", "viewer", "auditor", "outsider")) {
            Person person = role.equals("outsider") ? outsider : BY_ROLE.get(role);
            int refused = role.equals("outsider") ? 404 : 403;
            assertThat(add(person, "webhook", JsonObject.of("url", "https://hook.example.com/"))
                            .status())
                    .isEqualTo(refused);
            assertThat(person.send("PATCH", channel, "name", "Mine").status()).isEqualTo(refused);
            assertThat(person.send("POST", channel + "/secret").status()).isEqualTo(refused);
            assertThat(person.send("POST", channel + "/test").status()).isEqualTo(refused);
            assertThat(person.delete(channel).status()).isEqualTo(refused);
            assertThat(person.send("POST", workspace + "/jobs/1/replay").status())
                    .isEqualTo(refused);
        }
        Person admin = BY_ROLE.get("admin");
        assertThat(admin.send("PATCH", channel, "name", "Renamed").status()).isEqualTo(204);
        assertThat(json(admin.get(channel)).string("name")).isEqualTo("Renamed");
        assertThat(admin.delete(channel).status()).isEqualTo(204);
        assertThat(admin.get(channel).status()).isEqualTo(404);
    }

    @Test
    void a_test_arrives_and_its_tries_can_be_read() throws Exception {
        String channel = workspace + "/channels/" + webhook();
        receiver.received.clear();
        Answer tested = owner.send("POST", channel + "/test");
        assertThat(tested.status()).as(tested.body()).isEqualTo(202);
        String delivery = workspace + "/deliveries/" + json(tested).string("delivery");
        Receiver.Received received = receiver.received.take();
        assertThat(Json.parseObject(received.body()).string("type")).isEqualTo("incident.test");
        JsonObject whole = json(owner.get(delivery));
        while (!whole.string("state").equals("delivered")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            whole = json(owner.get(delivery));
        }
        JsonObject attempt = whole.array("attempts").objects().getFirst();
        assertThat(attempt.string("outcome")).isEqualTo("ok");
        assertThat(attempt.integer("status")).isEqualTo(200);
        assertThat(json(owner.get(workspace + "/deliveries"))
                        .array("deliveries")
                        .objects())
                .extracting(d -> d.string("id"))
                .contains(whole.string("id"));
        assertThat(outsider.get(delivery).status()).isEqualTo(404);
        assertThat(owner.get(workspace + "/deliveries?after=" + new UUID(0, 0)).body())
                .isEqualTo("{\"deliveries\":[]}");
        owner.delete(channel);
    }

    @Test
    void secrets_are_shown_once_and_addresses_never_whole() throws Exception {
        Answer made = add(owner, "webhook", JsonObject.of("url", receiver.url("/in/abcdefghijkl")));
        assertThat(json(made).string("secret")).startsWith("whsec_");
        String channel = workspace + "/channels/" + json(made).string("id");
        Answer rotated = owner.send("POST", channel + "/secret");
        assertThat(json(rotated).string("secret"))
                .startsWith("whsec_")
                .isNotEqualTo(json(made).string("secret"));
        for (Answer answer : List.of(made, rotated, owner.get(channel), owner.get(workspace + "/channels"))) {
            assertThat(answer.body()).doesNotContain("abcdefghijkl");
        }
        assertThat(json(owner.get(channel)).has("secret")).isFalse();
        Answer pager = add(owner, "pagerduty", JsonObject.of("routingKey", "0123456789abcdef0123456789abcdef"));
        assertThat(json(pager).string("address"))
                .startsWith("integration key ")
                .endsWith("cdef")
                .doesNotContain("0123456789");
        assertThat(owner.send("POST", workspace + "/channels/" + json(pager).string("id") + "/secret")
                        .status())
                .isEqualTo(422);
        owner.delete(channel);
        owner.delete(workspace + "/channels/" + json(pager).string("id"));
    }

    @Test
    void what_can_t_be_taken_is_said_without_repeating_it() throws Exception {
        Answer http = add(owner, "webhook", JsonObject.of("url", "http://example.com/secretpath"));
        assertThat(http.status()).isEqualTo(422);
        assertThat(http.body()).contains("bad-channel", "https://").doesNotContain("secretpath");
        assertThat(add(owner, "pigeon", JsonObject.of()).body()).contains("discord, email, inbox, pagerduty");
        assertThat(owner.send(workspace + "/channels", JsonObject.of("kind", "webhook"))
                        .status())
                .isEqualTo(422);
        String channel = workspace + "/channels/" + webhook();
        assertThat(owner.send("PATCH", channel, "name", "two\nlines").status()).isEqualTo(422);
        Answer off = server.json("PATCH", channel, "{\"enabled\":false}", "Authorization: Bearer " + owner.accessToken);
        assertThat(off.status()).isEqualTo(204);
        assertThat(owner.send("POST", channel + "/test").body()).contains("switched off");
        owner.delete(channel);
    }

    @Test
    void an_address_that_is_not_public_is_refused_when_a_channel_is_made_or_changed() throws Exception {
        String channel = workspace + "/channels/" + webhook();
        for (String url : List.of(
                "https://127.0.0.9/",
                "https://10.1.2.3/",
                "https://169.254.169.254/latest/meta-data/",
                "https://2130706433/",
                "https://0177.0.0.9/",
                "https://[::ffff:127.0.0.9]/",
                "https://[64:ff9b::a9fe:a9fe]/",
                "https://[fd00:ec2::254]/",
                "https://user:pass@hook.example.com/")) {
            for (String kind : List.of("webhook", "slack", "teams", "discord")) {
                Answer made = add(owner, kind, JsonObject.of("url", url));
                assertThat(made.status()).as(kind + " " + url).isEqualTo(422);
                assertThat(made.body()).contains("bad-channel", "The address is not allowed");
            }
            assertThat(add(
                                    owner,
                                    "sms",
                                    JsonObject.of(
                                            "url", url, "token", "0123456789abcdef", "to", List.of("+4915112345678")))
                            .body())
                    .as(url)
                    .contains("The address is not allowed");
            Answer changed = server.json(
                    "PATCH",
                    channel,
                    "{\"settings\":{\"url\":\"" + url + "\"}}",
                    "Authorization: Bearer " + owner.accessToken);
            assertThat(changed.status()).as("changed to " + url).isEqualTo(422);
        }
        owner.delete(channel);
    }

    @Test
    void a_dead_job_is_seen_and_comes_back() throws Exception {
        UUID id = UUID.fromString(workspace.substring(workspace.lastIndexOf('/') + 1));
        var context = new WorkspaceContext(id, "service:test");
        // A job of a kind that nobody does, which died.
        server.bean(Workspaces.class).in(context, tx -> tx.sql("""
                                insert into jobs.job (workspace_id, kind, args, state, priority, run_at, made_at, attempt,
                                                      max_attempts, dead_at, last_error)
                                values (?, 'test.nobody', '{"page":"self"}', 3, 100, now(), now(), 3, 3, now(), 'it broke')""").param(id).update());
        JsonObject dead = json(owner.get(workspace + "/jobs/dead"))
                .array("jobs")
                .objects()
                .getFirst();
        assertThat(dead.string("error")).isEqualTo("it broke");
        assertThat(dead.object("args").string("page")).isEqualTo("self");
        String replay = workspace + "/jobs/" + dead.string("id") + "/replay";
        assertThat(outsider.send("POST", replay).status()).isEqualTo(404);
        assertThat(owner.send("POST", replay).status()).isEqualTo(204);
        assertThat(owner.send("POST", replay).status()).as("it is dead no more").isEqualTo(404);
        assertThat(owner.send("POST", workspace + "/jobs/one/replay").status()).isEqualTo(404);
        assertThat(server.bean(JobWorker.class).figures().dead()).isNotNegative();
        assertThat(server.https("GET", "/health").status()).isEqualTo(200);
    }
}
