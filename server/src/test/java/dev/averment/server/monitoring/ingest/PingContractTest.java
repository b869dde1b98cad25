package dev.averment.server.monitoring.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.monitoring.MonitoredWorkspace;
import dev.averment.server.monitoring.MonitoredWorkspace.Made;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Healthchecks ping API, line by line, against the running server. */
class PingContractTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static MonitoredWorkspace works;
    private static Made monitor;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        works = MonitoredWorkspace.of(Person.signedIn(server));
        monitor = works.monitor("Nightly backup", "\"everySeconds\":86400");
        key = works.pingKey();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void says(Answer answer, int status, String body) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/start",
                "/fail",
                "/log",
                "/0",
                "/1",
                "/255",
                "/007",
                "?rid=0f0e0d0c-0B0a-4908-8706-050403020100"
            })
    void an_address_of_a_ping_answers_ok(String suffix) throws Exception {
        Made mine = works.monitor("Each", "\"everySeconds\":3600");
        for (String method : List.of("GET", "POST")) {
            says(server.https(method, mine.ping(suffix)), 200, "OK");
        }
        Answer head = server.https("HEAD", mine.ping(suffix));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(works.seen(mine).integer("pings")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/start", "/fail", "/log", "/0", "/3"})
    void a_slug_under_the_key_is_the_same(String suffix) throws Exception {
        says(server.https("GET", "/ping/" + key + "/nightly-backup" + suffix), 200, "OK");
    }

    @Test
    void the_answer_says_how_much_of_a_body_is_kept_and_that_nobody_keeps_the_answer() throws Exception {
        Answer answer = server.https("POST", monitor.ping("/start"));
        assertThat(answer.header("ping-body-limit")).contains("10000");
        assertThat(answer.header("access-control-allow-origin")).contains("*");
        assertThat(answer.header("cache-control").orElseThrow()).contains("no-cache", "no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "/abc, 404, not found",
        "/start/, 404, not found",
        "/-1, 404, not found",
        "/256, 400, invalid url format",
        "/99999999999999999999, 400, invalid url format",
        "?rid=, 400, invalid uuid format",
        "?rid=abc, 400, invalid uuid format",
        "?rid=0f0e0d0c0b0a49088706050403020100, 400, invalid uuid format",
        "?rid=%zz, 400, invalid uuid format",
        "/300?rid=, 400, invalid url format",
    })
    void what_is_wrong_with_an_address_is_said_in_their_words(String suffix, int status, String body) throws Exception {
        long before = works.seen(monitor).integer("pings");
        says(server.https("GET", monitor.ping(suffix)), status, body);
        assertThat(works.seen(monitor).integer("pings")).isEqualTo(before);
    }

    @Test
    void whoever_is_not_there_is_not_found_before_anything_else_is_looked_at() throws Exception {
        String nobody = "/ping/" + UUID.randomUUID();
        for (String suffix : List.of("", "/start", "/300", "?rid=", "/300?rid=x")) {
            says(server.https("GET", nobody + suffix), 404, "not found");
        }
        says(server.https("GET", "/ping/" + monitor.pingId().replace("-", "")), 404, "not found");
        says(server.https("GET", "/ping/" + key + "/nobody"), 404, "not found");
        says(server.https("GET", "/ping/" + key + "/nightly-backup/"), 404, "not found");
        says(server.https("GET", "/ping/" + "a".repeat(22) + "/nightly-backup?create=1"), 404, "not found");
        says(server.https("GET", "/ping/" + key + "/Nightly-Backup"), 400, "invalid url format");
        says(server.https("GET", "/ping"), 404, "not found");
        says(server.https("GET", "/ping/"), 404, "not found");
    }

    @Test
    void a_slug_that_two_monitors_have_is_ambiguous() throws Exception {
        works.monitor("Twin", "\"everySeconds\":60");
        works.monitor("Twin", "\"everySeconds\":60");
        says(server.https("GET", "/ping/" + key + "/twin"), 409, "ambiguous slug");
    }

    @Test
    void a_first_ping_makes_its_monitor_when_it_asks_for_that() throws Exception {
        String path = "/ping/" + key + "/made-by-" + UUID.randomUUID();
        says(server.https("GET", path + "?create=0"), 404, "not found");
        says(server.https("POST", path + "/start?create=1"), 201, "Created");
        says(server.https("POST", path + "?create=1"), 200, "OK");
        assertThat(works.owner.get(works.path + "/monitors").body())
                .contains(path.substring(path.lastIndexOf('/') + 1));
    }

    /** Healthchecks itself records them as pings; a browser that asks before it posts is no job that ran. */
    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS"})
    void other_methods_are_refused_and_no_ping(String method) throws Exception {
        long before = works.seen(monitor).integer("pings");
        Answer answer = server.https(method, monitor.ping(""));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).contains("GET, HEAD, POST");
        assertThat(works.seen(monitor).integer("pings")).isEqualTo(before);
    }

    @Test
    void a_monitor_that_takes_posts_only_answers_others_and_ignores_them() throws Exception {
        Made posts = works.monitor("Posts", "\"everySeconds\":60,\"methods\":\"POST\"");
        says(server.https("GET", posts.ping("/fail")), 200, "OK");
        assertThat(works.seen(posts).string("state")).isEqualTo("new");
        says(server.https("POST", posts.ping("")), 200, "OK");
        assertThat(works.seen(posts).string("state")).isEqualTo("up");
    }

    @Test
    void start_and_end_with_one_run_id_are_one_run_and_overlapping_ones_are_two() throws Exception {
        Made mine = works.monitor("Overlap", "\"everySeconds\":3600");
        String one = UUID.randomUUID().toString();
        String two = UUID.randomUUID().toString();
        server.https("POST", mine.ping("/start?rid=" + one));
        server.https("POST", mine.ping("/start?rid=" + two));
        server.https("POST", mine.ping("/7?rid=" + one));
        Map<String, JsonObject> byRid = new java.util.HashMap<>();
        for (JsonObject run : works.runs(mine)) {
            byRid.put(run.string("rid"), run);
        }
        assertThat(byRid).hasSize(2);
        assertThat(byRid.get(one).string("status")).isEqualTo("failed");
        assertThat(byRid.get(one).integer("exit")).isEqualTo(7);
        assertThat(byRid.get(one).integer("durationMillis")).isNotNegative();
        assertThat(byRid.get(two).string("status")).isEqualTo("running");
        assertThat(works.seen(mine).string("state")).isEqualTo("down");
        server.https("POST", mine.ping("?rid=" + two));
        assertThat(works.seen(mine).string("state")).isEqualTo("up");
    }

    /** {@code curl --data-raw "$m" URL/$?} sends it as a form, and it is none. */
    @Test
    void a_body_that_is_called_a_form_is_kept_byte_for_byte_and_names_no_run() throws Exception {
        Made mine = works.monitor("Curl", "\"everySeconds\":3600");
        says(
                server.body("POST", mine.ping("/0"), "application/x-www-form-urlencoded", "rid=nonsense&create=1 100%"),
                200,
                "OK");
        JsonObject run = works.run(mine, works.runs(mine).getFirst());
        assertThat(run.object("output").string("head")).isEqualTo("rid=nonsense&create=1 100%");
    }

    @Test
    void bytes_that_are_no_text_are_taken_too() throws Exception {
        Made mine = works.monitor("Bytes", "\"everySeconds\":3600");
        byte[] head = ("POST " + mine.ping("/fail") + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n"
                        + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = java.util.Arrays.copyOf(head, head.length + 6);
        System.arraycopy(new byte[] {'a', 0, (byte) 0xff, (byte) 0xc3, 'b', (byte) 0xe2}, 0, whole, head.length, 6);
        says(server.raw(whole), 200, "OK");
        JsonObject output = works.run(mine, works.runs(mine).getFirst()).object("output");
        // The fixture reads every byte as one letter.
        assertThat(new String(output.string("head").getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .isEqualTo("a\uFFFD\uFFFD\uFFFDb\uFFFD");
        assertThat(output.integer("size")).isEqualTo(6);
    }

    @Test
    void of_a_long_output_beginning_and_end_are_kept_and_no_secret_in_them() throws Exception {
        Made mine = works.monitor("Long", "\"everySeconds\":3600");
        String secret = "ghp_" + "A1b2".repeat(10);
        String text = "begin token=hunter2hunter2\n" + "x".repeat(50_000) + "\nlast " + secret + " end";
        says(server.body("POST", mine.ping("/fail"), "text/plain", text), 200, "OK");
        JsonObject output = works.run(mine, works.runs(mine).getFirst()).object("output");
        assertThat(output.string("head")).startsWith("begin token=[redacted:assignment]\nxxx");
        assertThat(output.string("tail")).endsWith("xxx\nlast [redacted:github-token] end");
        assertThat(output.integer("size")).isEqualTo(text.length());
        assertThat(output.integer("leftOut")).isEqualTo(text.length() - 10_000L);
        assertThat(output.integer("redactions")).isEqualTo(2);
        assertThat(output.string("sha256"))
                .isEqualTo(java.util.HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** What runitor sends, in its order; it takes 200 and 201 for success and nothing else. */
    @Test
    void a_client_like_runitor_is_served() throws Exception {
        String rid = UUID.randomUUID().toString();
        String handle = "/ping/" + key + "/runitor-" + rid;
        String[] headers = {"User-Agent: runitor/1.4.1 (linux-amd64; +https://bdd.fi/x/runitor)"};
        Answer started = server.https("POST", handle + "/start?create=1&rid=" + rid, headers);
        says(started, 201, "Created");
        assertThat(started.header("ping-body-limit")).contains("10000");
        says(server.body("POST", handle + "/3?create=1&rid=" + rid, "text/plain", "[runitor] it broke"), 200, "OK");
    }

    @Test
    void nobody_has_more_pings_written_than_a_monitor_may_have() throws Exception {
        Made mine = works.monitor("Eager", "\"everySeconds\":3600");
        Answer last = null;
        for (int i = 0; i <= IngestLimits.MONITOR.count(); i++) {
            last = server.https("GET", mine.ping(""));
        }
        says(last, 429, "rate limited");
        assertThat(Integer.parseInt(last.header("retry-after").orElseThrow())).isPositive();
        assertThat(works.seen(mine).integer("pings")).isEqualTo(IngestLimits.MONITOR.count());
    }

    /** Nothing but the lane's two folders has lost the chain that asks for credentials, whatever it is called. */
    @Test
    void no_other_path_has_lost_what_guards_it() throws Exception {
        for (String path :
                List.of("/api/v1/pages/self", "/api/v1/workspaces", works.path + "/monitors", "/api/ping/x")) {
            assertThat(server.https("GET", path).status()).as(path).isEqualTo(401);
        }
        for (String path :
                List.of("/pingx", "/pings/" + monitor.pingId(), "/ingestion/v1", "/x/ping/" + monitor.pingId())) {
            assertThat(server.https("GET", path).status()).as(path).isEqualTo(404);
            assertThat(server.https("GET", path).body()).as(path).doesNotStartWith("not found");
        }
        for (String path :
                List.of("/ping/../api/v1/workspaces", "/ping/%2e%2e/api/v1/workspaces", "/ping//x", "/ping/;x")) {
            assertThat(server.https("GET", path).status()).as(path).isEqualTo(400);
        }
        var registrations = server.bean(jakarta.servlet.ServletContext.class).getFilterRegistrations();
        assertThat(registrations.get("springSecurityFilterChain").getUrlPatternMappings())
                .containsExactly("/*");
        assertThat(registrations.get("ingestLane").getUrlPatternMappings())
                .containsExactlyInAnyOrder("/ping/*", "/ingest/*");
    }
}
