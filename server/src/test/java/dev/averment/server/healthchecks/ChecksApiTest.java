package dev.averment.server.healthchecks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The management interface of Healthchecks, field by field, as its version 3 documents and its own tests have it. */
@Timeout(300)
class ChecksApiTest {
    private static final Set<String> ALWAYS = Set.of(
            "badge_url",
            "desc",
            "failure_kw",
            "filter_body",
            "filter_default_fail",
            "filter_http_body",
            "filter_subject",
            "grace",
            "last_ping",
            "manual_resume",
            "methods",
            "n_pings",
            "name",
            "next_ping",
            "slug",
            "start_kw",
            "started",
            "status",
            "subject",
            "subject_fail",
            "success_kw",
            "tags");

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Person owner;
    private static String workspace;
    private static String readWrite;
    private static String readOnly;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        owner = Person.signedIn(server);
        workspace =
                "/api/v1/workspaces/" + Person.member(owner.send("POST", "/api/v1/workspaces", "name", "Works"), "id");
        readWrite = key(owner, workspace, "monitors:read", "monitors:change", "workspace:read");
        readOnly = key(owner, workspace, "monitors:read");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String key(Person person, String workspace, String... scopes) throws Exception {
        return Person.member(
                person.send(
                        workspace + "/tokens", JsonObject.of("name", "Tool", "scopes", List.of(scopes), "life", "1h")),
                "token");
    }

    private static Answer get(String key, String path) throws Exception {
        return server.https("GET", "/api/v3/" + path, "X-Api-Key: " + key);
    }

    private static Answer post(String key, String path, String body) throws Exception {
        return server.json("POST", "/api/v3/" + path, body, "X-Api-Key: " + key);
    }

    private static JsonObject json(Answer answer) throws Exception {
        return Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject made(String body) throws Exception {
        Answer made = post(readWrite, "checks/", body);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return json(made);
    }

    private static String error(Answer answer) throws Exception {
        return json(answer).string("error");
    }

    private static void ping(JsonObject check, String suffix, String body) throws Exception {
        Answer answer = server.body(
                "POST",
                "/ping/" + check.string("uuid") + suffix,
                "text/plain",
                body,
                "User-Agent: runitor/1.4 (linux-amd64)");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void a_check_that_is_made_has_the_fields_of_version_3_and_no_others() throws Exception {
        JsonObject check = made("""
                {"name": "Backup", "slug": "backup", "tags": "nightly eu", "desc": "All of it", "timeout": 3600,
                 "grace": 60, "methods": "POST", "manual_resume": true, "channels": "*"}""");
        var all = new java.util.TreeSet<>(ALWAYS);
        all.addAll(Set.of("uuid", "ping_url", "update_url", "pause_url", "resume_url", "channels", "timeout"));
        assertThat(check.members().keySet()).containsExactlyInAnyOrderElementsOf(all);
        String uuid = check.string("uuid");
        String base = "https://localhost:" + server.port();
        assertThat(check.string("ping_url")).isEqualTo(base + "/ping/" + uuid);
        assertThat(check.string("update_url")).isEqualTo(base + "/api/v3/checks/" + uuid);
        assertThat(check.string("pause_url")).isEqualTo(base + "/api/v3/checks/" + uuid + "/pause");
        assertThat(check.string("resume_url")).isEqualTo(base + "/api/v3/checks/" + uuid + "/resume");
        assertThat(check.string("name")).isEqualTo("Backup");
        assertThat(check.string("slug")).isEqualTo("backup");
        assertThat(check.string("tags")).isEqualTo("nightly eu");
        assertThat(check.string("desc")).isEqualTo("All of it");
        assertThat(check.integer("timeout")).isEqualTo(3600);
        assertThat(check.integer("grace")).isEqualTo(60);
        assertThat(check.string("methods")).isEqualTo("POST");
        assertThat(check.bool("manual_resume")).isTrue();
        assertThat(check.string("status")).isEqualTo("new");
        assertThat(check.bool("started")).isFalse();
        assertThat(check.integer("n_pings")).isZero();
        assertThat(check.toString() + new String(check.canonical(), StandardCharsets.UTF_8))
                .contains("\"last_ping\":null", "\"next_ping\":null", "\"badge_url\":null");
        assertThat(json(get(readWrite, "checks/" + uuid)).canonical()).isEqualTo(check.canonical());
    }

    @Test
    void what_is_left_out_is_a_day_an_hour_and_no_slug_and_a_schedule_wins_over_a_timeout() throws Exception {
        JsonObject plain = made("{}");
        assertThat(plain.integer("timeout")).isEqualTo(86_400);
        assertThat(plain.integer("grace")).isEqualTo(3_600);
        assertThat(plain.string("slug")).isEmpty();
        JsonObject cron =
                made("{\"name\": \"Cron\", \"timeout\": 60, \"schedule\": \"0 3 * * *\", \"tz\": \"Europe/Riga\"}");
        assertThat(cron.has("timeout")).isFalse();
        assertThat(cron.string("schedule")).isEqualTo("0 3 * * *");
        assertThat(cron.string("tz")).isEqualTo("Europe/Riga");
        assertThat(made("{\"schedule\": \"Mon..Fri 06:00\"}").string("schedule"))
                .isEqualTo("Mon..Fri 06:00");
    }

    @Test
    @Asvs("8.2.3")
    void a_read_only_key_sees_no_address_and_writes_nothing() throws Exception {
        JsonObject check = made("{\"name\": \"Secret address\", \"tags\": \"readonly\"}");
        Answer listed = get(readOnly, "checks/?tag=readonly");
        JsonObject seen = json(listed).array("checks").objects().getFirst();
        var all = new java.util.TreeSet<>(ALWAYS);
        all.addAll(Set.of("unique_key", "timeout"));
        assertThat(seen.members().keySet()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(listed.body()).doesNotContain(check.string("uuid"));
        assertThat(seen.string("unique_key")).matches("[0-9a-f]{40}");
        assertThat(json(get(readOnly, "checks/" + seen.string("unique_key"))).string("name"))
                .isEqualTo("Secret address");
        assertThat(get(readOnly, "checks/" + seen.string("unique_key") + "/flips/")
                        .status())
                .isEqualTo(200);
        String uuid = check.string("uuid");
        for (Answer refused : List.of(
                post(readOnly, "checks/", "{}"),
                post(readOnly, "checks/" + uuid, "{}"),
                post(readOnly, "checks/" + uuid + "/pause", ""),
                server.https("DELETE", "/api/v3/checks/" + uuid, "X-Api-Key: " + readOnly),
                get(readOnly, "checks/" + uuid + "/pings/"),
                get(readOnly, "channels/"))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(error(refused)).contains("needs the scope");
        }
    }

    @Test
    @Asvs({"8.2.1", "8.4.1"})
    void no_key_a_wrong_key_and_a_key_of_another_workspace_find_nothing() throws Exception {
        Answer none = server.https("GET", "/api/v3/checks/");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.body()).isEqualTo("{\"error\":\"missing api key\"}");
        Answer wrong = get("0123456789abcdef0123456789abcdef", "checks/");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo("{\"error\":\"wrong api key\"}");
        assertThat(owner.get("/api/v3/checks/").status())
                .as("a person is no program")
                .isEqualTo(404);

        JsonObject check = made("{\"name\": \"Ours\"}");
        Person stranger = Person.signedIn(server);
        String other = "/api/v1/workspaces/"
                + Person.member(stranger.send("POST", "/api/v1/workspaces", "name", "Others"), "id");
        String theirs = key(stranger, other, "monitors:read", "monitors:change");
        assertThat(get(theirs, "checks/").body()).isEqualTo("{\"checks\":[]}");
        String uuid = check.string("uuid");
        for (Answer missing : List.of(
                get(theirs, "checks/" + uuid),
                get(theirs, "checks/" + uuid + "/pings/"),
                get(theirs, "checks/" + uuid + "/flips/"),
                post(theirs, "checks/" + uuid, "{\"name\": \"Theirs\"}"),
                post(theirs, "checks/" + uuid + "/pause", ""),
                server.https("DELETE", "/api/v3/checks/" + uuid, "X-Api-Key: " + theirs),
                get(readWrite, "checks/" + UUID.randomUUID()),
                get(readWrite, "checks/abc"))) {
            assertThat(missing.status()).isEqualTo(404);
        }
        assertThat(json(get(readWrite, "checks/" + uuid)).string("name")).isEqualTo("Ours");
        assertThat(server.https("GET", "/api/v1/workspaces", "X-Api-Key: " + readWrite)
                        .status())
                .as("the header counts here alone")
                .isEqualTo(401);
    }

    @Test
    void checks_are_found_by_slug_and_by_all_of_their_tags() throws Exception {
        made("{\"name\": \"One\", \"slug\": \"find-one\", \"tags\": \"find red\"}");
        made("{\"name\": \"Two\", \"slug\": \"find-two\", \"tags\": \"find red blue\"}");
        assertThat(names("checks/?slug=find-one")).containsExactly("One");
        assertThat(names("checks/?tag=find")).containsExactly("One", "Two");
        assertThat(names("checks/?tag=find&tag=blue")).containsExactly("Two");
        assertThat(names("checks/?tag=green")).isEmpty();
    }

    private static List<String> names(String path) throws Exception {
        var names = new java.util.ArrayList<String>();
        for (JsonObject check : json(get(readWrite, path)).array("checks").objects()) {
            names.add(check.string("name"));
        }
        return names;
    }

    @Test
    void unique_changes_the_check_that_is_there_instead_of_making_another() throws Exception {
        JsonObject first = made("{\"name\": \"Once\", \"slug\": \"once\", \"timeout\": 600, \"unique\": [\"name\"]}");
        Answer again = post(readWrite, "checks/", "{\"name\": \"Once\", \"timeout\": 900, \"unique\": [\"name\"]}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(json(again).string("uuid")).isEqualTo(first.string("uuid"));
        assertThat(json(again).integer("timeout")).isEqualTo(900);
        assertThat(json(again).string("slug")).as("what is left out stays").isEqualTo("once");
        Answer other = post(
                readWrite, "checks/", "{\"name\": \"Once\", \"timeout\": 60, \"unique\": [\"name\", \"timeout\"]}");
        assertThat(other.status()).isEqualTo(201);
    }

    @Test
    void what_does_not_fit_is_refused_in_healthchecks_own_words() throws Exception {
        for (var each : List.of(
                List.of("{\"timeout\": 59}", "timeout is too small"),
                List.of("{\"timeout\": 31536001}", "timeout is too large"),
                List.of("{\"timeout\": \"60\"}", "timeout is not a number"),
                List.of("{\"grace\": 59}", "grace is too small"),
                List.of("{\"name\": 1}", "name is not a string"),
                List.of("{\"name\": null}", "name is not a string"),
                List.of("{\"name\": \"" + "x".repeat(101) + "\"}", "name is too long"),
                List.of("{\"slug\": \"Hey!\"}", "slug does not match pattern"),
                List.of("{\"schedule\": \"61 * * * *\"}", "schedule is not a valid cron or OnCalendar expression"),
                List.of("{\"schedule\": \"* * * * *\", \"tz\": \"Mars/Olympus\"}", "tz is not a valid timezone"),
                List.of("{\"methods\": \"PUT\"}", "methods has unexpected value"),
                List.of("{\"manual_resume\": 1}", "manual_resume is not a boolean"),
                List.of("{\"unique\": [\"status\"]}", "unique contains unexpected value"))) {
            Answer answer = post(readWrite, "checks/", each.getFirst());
            assertThat(answer.status()).as(each.getFirst()).isEqualTo(400);
            assertThat(error(answer)).isEqualTo("json validation error: " + each.getLast());
        }
        assertThat(error(post(readWrite, "checks/", "{\"start_kw\": \"BEGIN\"}")))
                .startsWith("json validation error: start_kw is not supported here");
        assertThat(error(post(readWrite, "checks/", "{\"channels\": \"" + UUID.randomUUID() + "\"}")))
                .startsWith("json validation error: channels can't be chosen");
        Answer broken = post(readWrite, "checks/", "surprise");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(error(broken)).isEqualTo("could not parse request body");
    }

    @Test
    void a_check_is_changed_paused_resumed_and_deleted() throws Exception {
        JsonObject check = made("{\"name\": \"Life\", \"schedule\": \"0 3 * * *\", \"tz\": \"Europe/Riga\"}");
        String path = "checks/" + check.string("uuid");
        JsonObject changed = json(post(readWrite, path, "{\"name\": \"Lives\", \"timeout\": 120, \"tags\": \"a b\"}"));
        assertThat(changed.string("name")).isEqualTo("Lives");
        assertThat(changed.integer("timeout")).isEqualTo(120);
        assertThat(changed.has("schedule")).isFalse();
        assertThat(changed.string("tags")).isEqualTo("a b");
        Answer early = post(readWrite, path + "/resume", "");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body()).isEqualTo("check is not paused");
        assertThat(json(post(readWrite, path + "/pause", "")).string("status")).isEqualTo("paused");
        assertThat(json(post(readWrite, path + "/pause", "")).string("status")).isEqualTo("paused");
        assertThat(json(post(readWrite, path + "/resume", "")).string("status")).isEqualTo("new");
        Answer deleted = server.https("DELETE", "/api/v3/" + path, "X-Api-Key: " + readWrite);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(json(deleted).string("name")).isEqualTo("Lives");
        assertThat(get(readWrite, path).status()).isEqualTo(404);
    }

    @Test
    void pings_bodies_and_flips_are_read_as_healthchecks_writes_them() throws Exception {
        JsonObject check = made("{\"name\": \"Heard\", \"timeout\": 3600, \"grace\": 600}");
        String path = "checks/" + check.string("uuid");
        String run = UUID.randomUUID().toString();
        ping(check, "/start?rid=" + run, "");
        ping(check, "?rid=" + run, "copied 3 files");
        ping(check, "/log", "by the way");
        ping(check, "/3", "disk is full, password=hunter2-very-secret");
        JsonObject now = json(get(readWrite, path));
        while (!now.string("status").equals("down")) {
            now = json(get(readWrite, path));
        }
        assertThat(now.integer("n_pings")).isEqualTo(4);
        assertThat(now.string("last_ping")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00");
        assertThat(now.has("last_duration")).isTrue();

        List<JsonObject> pings =
                json(get(readWrite, path + "/pings/")).array("pings").objects();
        assertThat(pings).hasSize(4);
        assertThat(List.of(type(pings, 0), type(pings, 1), type(pings, 2), type(pings, 3)))
                .containsExactly("fail", "log", "success", "start");
        JsonObject success = pings.get(2);
        assertThat(success.members().keySet())
                .containsExactlyInAnyOrder(
                        "type", "date", "n", "scheme", "remote_addr", "method", "ua", "rid", "body_url", "duration");
        assertThat(success.integer("n")).isEqualTo(2);
        assertThat(success.string("scheme")).isEqualTo("https");
        assertThat(success.string("remote_addr")).isEqualTo("127.0.0.1");
        assertThat(success.string("method")).isEqualTo("POST");
        assertThat(success.string("ua")).isEqualTo("runitor/1.4 (linux-amd64)");
        assertThat(success.string("rid")).isEqualTo(run);
        assertThat(success.string("date")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00");
        assertThat(success.string("body_url")).endsWith("/api/v3/" + path + "/pings/2/body");
        assertThat(pings.get(3).has("duration")).isFalse();

        Answer body = get(readWrite, path + "/pings/2/body");
        assertThat(body.body()).isEqualTo("copied 3 files");
        assertThat(body.header("content-type").orElseThrow()).startsWith("text/plain");
        assertThat(get(readWrite, path + "/pings/4/body").body())
                .startsWith("disk is full")
                .doesNotContain("hunter2");
        assertThat(get(readWrite, path + "/pings/99/body").status()).isEqualTo(404);

        List<JsonObject> flips =
                json(get(readWrite, path + "/flips/")).array("flips").objects();
        assertThat(flips).hasSize(2);
        assertThat(flips.getFirst().members().keySet()).containsExactlyInAnyOrder("timestamp", "up");
        assertThat(flips.getFirst().integer("up")).isZero();
        assertThat(flips.getLast().integer("up")).isEqualTo(1);
        assertThat(json(get(readWrite, path + "/flips/?seconds=3600"))
                        .array("flips")
                        .objects())
                .hasSize(2);
        assertThat(json(get(readWrite, path + "/flips/?end=1000"))
                        .array("flips")
                        .objects())
                .isEmpty();
        assertThat(get(readWrite, path + "/flips/?seconds=soon").status()).isEqualTo(400);
    }

    private static String type(List<JsonObject> pings, int at) throws Exception {
        return pings.get(at).string("type");
    }

    @Test
    void channels_and_badges_have_their_shape() throws Exception {
        JsonObject settings = JsonObject.of("to", List.of("ops@example.org"));
        String id = Person.member(
                owner.send(
                        workspace + "/channels", JsonObject.of("kind", "email", "name", "Mail", "settings", settings)),
                "id");
        JsonObject channel =
                json(get(readWrite, "channels/")).array("channels").objects().getFirst();
        assertThat(new String(channel.canonical(), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"" + id + "\",\"kind\":\"email\",\"name\":\"Mail\"}");
        assertThat(made("{\"name\": \"Told\"}").string("channels")).isEqualTo(id);
        owner.delete(workspace + "/channels/" + id);
        assertThat(get(readOnly, "badges/").body()).isEqualTo("{\"badges\":{}}");
    }
}
