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
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens for one monitor each, and the native way in that takes them. */
class IngestTokensTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static MonitoredWorkspace works;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        works = MonitoredWorkspace.of(Person.signedIn(server));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer event(String token, UUID run, String json) throws Exception {
        return server.json("POST", "/ingest/v1/runs/" + run, json, "Authorization: Bearer " + token);
    }

    @Test
    void a_run_is_told_with_metrics_and_output_and_each_event_counts_once() throws Exception {
        Made monitor = works.monitor("Export", "\"everySeconds\":3600,\"requiredMetrics\":[\"records_out\"]");
        String token = works.token(monitor);
        UUID run = UUID.randomUUID();
        assertThat(event(token, run, "{\"event\":\"start\"}").body()).contains("\"recorded\":true");
        assertThat(event(token, run, "{\"event\":\"start\"}").body()).contains("\"recorded\":false");
        String end =
                "{\"event\":\"success\",\"exit\":0,\"metrics\":{\"records_out\":1200,\"peak_memory\":1048576,\"queue\":2.5},"
                        + "\"output\":\"done, password=hunter2hunter2\"}";
        assertThat(event(token, run, end).body()).contains("\"recorded\":true");
        assertThat(event(token, run, end).body()).contains("\"recorded\":false");
        List<JsonObject> runs = works.runs(monitor);
        assertThat(runs).hasSize(1);
        JsonObject whole = works.run(monitor, runs.getFirst());
        assertThat(whole.string("status")).isEqualTo("succeeded");
        assertThat(whole.object("metrics").toString()).contains("records_out", "peak_memory", "queue", "throughput");
        assertThat(whole.object("output").string("head")).isEqualTo("done, password=[redacted:assignment]");
        assertThat(whole.array("transitions").objects())
                .extracting(t -> t.string("to"))
                .contains("running", "succeeded");
        assertThat(works.seen(monitor).integer("pings")).isEqualTo(2);
    }

    @Test
    void a_run_without_the_metrics_that_are_demanded_is_incomplete() throws Exception {
        Made monitor = works.monitor("Import", "\"everySeconds\":3600,\"requiredMetrics\":[\"records_in\"]");
        event(works.token(monitor), UUID.randomUUID(), "{\"event\":\"success\"}");
        assertThat(works.runs(monitor).getFirst().string("status")).isEqualTo("incomplete");
        assertThat(works.seen(monitor).string("state")).isEqualTo("down");
    }

    @Test
    void a_token_of_one_monitor_is_good_for_no_other() throws Exception {
        Made mine = works.monitor("Mine", "\"everySeconds\":3600");
        Made other = works.monitor("Other", "\"everySeconds\":3600,\"ingest\":\"token\"");
        String token = works.token(mine);
        assertThat(server.https("POST", other.ping("")).status()).isEqualTo(401);
        assertThat(server.https("POST", other.ping(""), "Authorization: Bearer " + token)
                        .status())
                .isEqualTo(403);
        assertThat(works.seen(other).integer("pings")).isZero();
        String its = works.token(other);
        assertThat(server.https("POST", other.ping(""), "Authorization: Bearer " + its)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_forged_token_is_refused_before_the_database_is_asked() throws Exception {
        Made monitor = works.monitor("Forged", "\"everySeconds\":3600");
        String token = works.token(monitor);
        event(token, UUID.randomUUID(), "{\"event\":\"log\"}");
        String[] parts = token.split("\\.");
        byte[] claims = Base64.getUrlDecoder().decode(parts[0].substring(IngestTokens.PREFIX.length()));
        claims[39] ^= 1;
        List<String> forged = List.of(
                IngestTokens.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(claims) + "." + parts[1],
                parts[0] + "." + "A".repeat(43),
                parts[0] + ".",
                IngestTokens.PREFIX + ".",
                "avt_" + token,
                "x");
        var writer = server.bean(GroupCommit.class);
        // Nobody writes: whoever asked the database would be told to come again, as who has a good token is.
        writer.stop();
        try {
            assertThat(event(token, UUID.randomUUID(), "{\"event\":\"start\"}").status())
                    .isEqualTo(503);
            for (String each : forged) {
                assertThat(event(each, UUID.randomUUID(), "{\"event\":\"start\"}")
                                .status())
                        .as(each)
                        .isEqualTo(401);
                assertThat(server.https("GET", monitor.ping(""), "Authorization: Bearer " + each)
                                .status())
                        .as(each)
                        .isEqualTo(401);
            }
        } finally {
            writer.start();
        }
        assertThat(works.seen(monitor).integer("pings")).isEqualTo(1);
    }

    @Test
    void a_token_that_was_rotated_counts_for_the_overlap_and_not_after() throws Exception {
        Made monitor = works.monitor("Rotated", "\"everySeconds\":3600");
        Answer made = works.owner.send("POST", monitor.path() + "/tokens", "name", "job", "life", "90d");
        String old = Person.member(made, "token");
        String rotation = monitor.path() + "/tokens/" + Person.member(made, "id") + "/rotation";
        Answer next = works.owner.send("POST", rotation, "life", "90d", "overlap", "1h");
        assertThat(next.status()).isEqualTo(201);
        assertThat(event(old, UUID.randomUUID(), "{\"event\":\"log\"}").status())
                .isEqualTo(200);
        String fresh = Person.member(next, "token");
        assertThat(event(fresh, UUID.randomUUID(), "{\"event\":\"log\"}").status())
                .isEqualTo(200);
        assertThat(works.owner
                        .send("POST", rotation, "life", "90d", "overlap", "0s")
                        .status())
                .isEqualTo(201);
        assertThat(event(old, UUID.randomUUID(), "{\"event\":\"log\"}").status())
                .isEqualTo(401);
        assertThat(works.owner
                        .delete(monitor.path() + "/tokens/" + Person.member(next, "id"))
                        .status())
                .isEqualTo(204);
        assertThat(event(fresh, UUID.randomUUID(), "{\"event\":\"log\"}").status())
                .isEqualTo(401);
    }

    @Test
    void a_request_is_signed_with_a_secret_that_does_not_travel() throws Exception {
        Made monitor = works.monitor("Signed", "\"everySeconds\":3600");
        String[] token = works.token(monitor).split("\\.");
        byte[] secret = Base64.getUrlDecoder().decode(token[1]);
        String path = "/ingest/v1/runs/" + UUID.randomUUID();
        String body = "{\"event\":\"success\"}";
        String now = Long.toString(server.prepared().clock().instant().getEpochSecond());
        String signature = "v1=" + sign(secret, now, path, body);
        String[] headers = {
            "Averment-Token: " + token[0], "Averment-Timestamp: " + now, "Averment-Signature: " + signature
        };
        assertThat(server.json("POST", path, body + " ", headers).status()).isEqualTo(401);
        assertThat(server.json("POST", path + "0", body, headers).status()).isEqualTo(404);
        assertThat(server.json("POST", path, body, headers).status()).isEqualTo(200);
        String old = Long.toString(Long.parseLong(now) - 301);
        assertThat(server.json(
                                "POST",
                                path,
                                body,
                                "Averment-Token: " + token[0],
                                "Averment-Timestamp: " + old,
                                "Averment-Signature: v1=" + sign(secret, old, path, body))
                        .status())
                .isEqualTo(401);
    }

    private static String sign(byte[] secret, String timestamp, String path, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of()
                .formatHex(
                        mac.doFinal((timestamp + "\nPOST\n" + path + "\n" + digest).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void an_event_that_makes_no_sense_is_refused_with_what_is_wrong() throws Exception {
        String token = works.token(works.monitor("Wrong", "\"everySeconds\":3600"));
        for (String body : List.of(
                "",
                "[]",
                "{}",
                "{\"event\":\"end\"}",
                "{\"event\":\"fail\",\"exit\":256}",
                "{\"event\":\"success\",\"exit\":1}",
                "{\"event\":\"success\",\"metrics\":{\"a\":\"b\"}}",
                "{\"event\":\"success\",\"metrics\":{\"A b\":1}}",
                "{\"event\":\"success\",\"more\":1}")) {
            assertThat(event(token, UUID.randomUUID(), body).status()).as(body).isEqualTo(422);
        }
        assertThat(event(token, UUID.randomUUID(), "{\"event\":\"log\",\"output\":\"" + "x".repeat(300_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }
}
