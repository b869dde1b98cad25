package dev.averment.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.averment.cli.Ran;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job under {@code aver run} ends as it would without, and its monitor is told. */
class RunCommandTest {
    @TempDir
    private Path folder;

    private final List<JsonObject> told = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Path token;

    @BeforeEach
    void start() throws Exception {
        token = Files.writeString(folder.resolve("token"), "avt_in_abc.def\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ingest/v1/runs/", exchange -> {
            boolean ours =
                    "Bearer avt_in_abc.def".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            try (exchange) {
                told.add(Json.parseObject(exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(ours ? 200 : 401, -1);
            } catch (dev.averment.evidence.json.JsonException e) {
                exchange.sendResponseHeaders(422, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Ran run(String... command) {
        String[] all = new String[command.length + 3];
        all[0] = "run";
        all[1] = token.toString();
        all[2] = "--";
        System.arraycopy(command, 0, all, 3, command.length);
        return Ran.aver(
                null,
                Map.of("AVERMENT_URL", "http://127.0.0.1:" + server.getAddress().getPort()),
                all);
    }

    @Test
    void a_job_that_goes_well_is_told_with_its_output_and_what_it_took() throws Exception {
        Ran ran = run("sh", "-c", "echo to out; echo to err >&2");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("to out\n");
        assertThat(ran.err()).isEqualTo("to err\n");
        assertThat(told).extracting(event -> event.string("event")).containsExactly("start", "success");
        JsonObject end = told.getLast();
        assertThat(end.string("output")).contains("to out\n", "to err\n");
        assertThat(end.object("metrics").integer("output_bytes")).isEqualTo(14);
        assertThat(end.object("metrics").integer("duration_ms")).isNotNegative();
    }

    @Test
    void a_job_that_fails_fails_as_before() throws Exception {
        assertThat(run("sh", "-c", "exit 7").exit()).isEqualTo(7);
        assertThat(told.getLast().string("event")).isEqualTo("fail");
        assertThat(told.getLast().integer("exit")).isEqualTo(7);
    }

    @Test
    void a_job_that_a_signal_ends_says_so_as_a_shell_would() throws Exception {
        assertThat(run("sh", "-c", "kill -9 $$").exit()).isEqualTo(137);
        assertThat(told.getLast().integer("exit")).isEqualTo(137);
    }

    @Test
    void a_job_that_is_not_there_is_told_as_failed() throws Exception {
        assertThat(run("/nonexistent/job").exit()).isEqualTo(127);
        assertThat(told.getLast().string("event")).isEqualTo("fail");
    }

    @Test
    void of_a_long_output_both_ends_are_told() throws Exception {
        assertThat(run("sh", "-c", "echo first; head -c 100000 /dev/zero | tr '\\0' x; echo; echo last")
                        .exit())
                .isZero();
        assertThat(told.getLast().string("output"))
                .startsWith("first\nxxx")
                .contains("bytes left out]")
                .endsWith("xxx\nlast\n")
                .hasSizeLessThan(20_000);
    }

    @Test
    void a_server_that_is_away_does_not_fail_the_job() {
        server.stop(0);
        Ran ran = run("sh", "-c", "echo done; exit 0");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("done\n");
        assertThat(ran.err()).contains("the monitor was not told", "the job is not affected");
    }

    @Test
    void what_is_wrong_is_said_before_the_job_starts() throws Exception {
        assertThat(Ran.aver(null, "run", token.toString(), "--", "true").exit()).isEqualTo(2);
        assertThat(Ran.aver(null, Map.of("AVERMENT_URL", "http://example.org"), "run", token.toString(), "--", "true")
                        .exit())
                .isEqualTo(2);
        Files.writeString(token, "something else");
        assertThat(run("true").exit()).isEqualTo(2);
        assertThat(told).isEmpty();
    }

    @Test
    void with_the_address_of_pings_a_job_is_told_of_as_healthchecks_tools_do() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        server.createContext("/ping/", exchange -> {
            try (exchange) {
                heard.add(exchange.getRequestURI().getPath() + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        String ping = "http://127.0.0.1:" + server.getAddress().getPort() + "/ping/abc";
        assertThat(Ran.aver(null, Map.of(), "run", ping, "--", "sh", "-c", "echo done")
                        .exit())
                .isZero();
        assertThat(heard).containsExactly("/ping/abc/start ", "/ping/abc/0 done\n");
        heard.clear();
        Files.writeString(token, ping + "/\n");
        assertThat(run("sh", "-c", "exit 3").exit()).isEqualTo(3);
        assertThat(heard).as("from a file").containsExactly("/ping/abc/start ", "/ping/abc/3 ");
        Ran wrong = Ran.aver(null, Map.of(), "run", "http://example.org/ping/secret", "--", "true");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("no address of a monitor's pings").doesNotContain("secret");
    }
}
