package dev.averment.server.healthchecks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that were written for Healthchecks, and the lines that stand in crontabs, against a running server. */
@Timeout(300)
class ClientsTest {
    @TempDir
    private static Path folder;

    private static RunningServer server;
    private static Person owner;
    private static String workspace;
    private static String authority;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(folder.resolve("data"));
        authority = folder.resolve("data").resolve("tls").resolve("ca.crt").toString();
        owner = Person.signedIn(server);
        workspace =
                "/api/v1/workspaces/" + Person.member(owner.send("POST", "/api/v1/workspaces", "name", "Works"), "id");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A monitor and the address of its pings. */
    private record Watched(String path, String ping) {
        JsonObject read() throws Exception {
            return json(owner.get(path).body());
        }

        List<JsonObject> runs() throws Exception {
            return json(owner.get(path + "/runs").body()).array("runs").objects();
        }

        JsonObject last() throws Exception {
            return json(
                    owner.get(path + "/runs/" + runs().getFirst().string("id")).body());
        }

        /** Waits until so many pings were heard and the runs have come to them. */
        Watched heard(int pings, String state) throws Exception {
            while (read().integer("pings") < pings || !read().string("state").equals(state)) {
                Thread.onSpinWait();
            }
            assertThat(read().integer("pings")).isEqualTo(pings);
            return this;
        }
    }

    private static JsonObject json(String body) throws Exception {
        return Json.parseObject(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Watched watched(String name) throws Exception {
        JsonObject made = json(owner.send(workspace + "/monitors", JsonObject.of("name", name, "everySeconds", 86_400L))
                .body());
        return new Watched(workspace + "/monitors/" + made.string("id"), made.string("pingUrl"));
    }

    /** @param exit of the program */
    private record Ended(int exit, String output) {}

    private static Ended run(Map<String, String> environment, String... command) throws Exception {
        var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        process.environment().putAll(environment);
        Process started = process.start();
        started.getOutputStream().close();
        String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(started.waitFor(), output);
    }

    private static Ended shell(String line, Watched to) throws Exception {
        return run(
                Map.of("PING_URL", to.ping(), "CURL_CA_BUNDLE", authority, "SSL_CERT_FILE", authority),
                "sh",
                "-c",
                line);
    }

    @Test
    void a_crontab_line_with_curl_reports_start_output_and_exit_status() throws Exception {
        Watched to = watched("Cron");
        Ended good = shell(
                "curl -fsS -m 10 --retry 5 -o /dev/null \"$PING_URL/start\"; m=$(echo 'a=1&b=2%41 done');"
                        + " curl -fsS -m 10 --retry 5 --data-raw \"$m\" \"$PING_URL/$?\"",
                to);
        assertThat(good).isEqualTo(new Ended(0, "OK"));
        to.heard(2, "up");
        assertThat(to.last().string("status")).isEqualTo("succeeded");
        assertThat(to.last().object("output").string("head"))
                .as("a body is no form")
                .isEqualTo("a=1&b=2%41 done");

        Ended bad = shell("(exit 7); curl -fsS -m 10 --retry 5 -o /dev/null \"$PING_URL/$?\"", to);
        assertThat(bad.exit()).isZero();
        to.heard(3, "down");
        assertThat(to.last().integer("exit")).isEqualTo(7);
    }

    @Test
    void curl_by_head_wget_and_a_mistyped_address_do_what_their_users_expect() throws Exception {
        Watched to = watched("Shell");
        assertThat(shell("curl -fsS -m 10 -I -o /dev/null \"$PING_URL\"", to).exit())
                .isZero();
        to.heard(1, "up");
        assertThat(shell("wget -q --ca-certificate=\"$SSL_CERT_FILE\" -T 10 -t 1 -O - \"$PING_URL\"", to))
                .isEqualTo(new Ended(0, "OK"));
        assertThat(shell(
                                "wget -q --ca-certificate=\"$SSL_CERT_FILE\" -T 10 -t 1 -O - --post-data=broken \"$PING_URL/fail\"",
                                to)
                        .exit())
                .isZero();
        to.heard(3, "down");
        assertThat(to.last().object("output").string("head")).isEqualTo("broken");
        assertThat(shell("curl -fsS -m 10 \"$PING_URL/start/now\"", to).exit())
                .as("curl's own exit status for an answer of 400 and more")
                .isEqualTo(22);
        assertThat(shell("curl -fsS -m 10 \"${PING_URL%/*}/" + UUID.randomUUID() + "\"", to)
                        .exit())
                .isEqualTo(22);
    }

    @Test
    void borgmatic_reports_a_backup_that_it_makes_and_one_that_fails() throws Exception {
        Watched to = watched("Borgmatic");
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("ledger.txt"), "1843");
        Path repository = folder.resolve("repository");
        Path home = Files.createDirectories(folder.resolve("home"));
        Path configuration =
                Files.writeString(folder.resolve("borgmatic.yaml"), """
                location:
                    source_directories:
                        - %s
                    repositories:
                        - %s
                retention:
                    keep_daily: 7
                hooks:
                    healthchecks:
                        ping_url: %s
                """.formatted(source, repository, to.ping()));
        var environment = Map.of(
                "HOME",
                home.toString(),
                "REQUESTS_CA_BUNDLE",
                authority,
                "BORG_BASE_DIR",
                home.toString(),
                "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK",
                "yes");
        String config = configuration.toString();
        // Where there is no syslog, borgmatic complains of that alone.
        String log = folder.resolve("borgmatic.log").toString();
        Ended made =
                run(environment, "borgmatic", "--config", config, "--log-file", log, "init", "--encryption", "none");
        assertThat(made.exit()).as(made.output()).isZero();
        Ended created = run(
                environment,
                "borgmatic",
                "--config",
                config,
                "--log-file",
                log,
                "--monitoring-verbosity",
                "1",
                "create");
        assertThat(created.exit()).as(created.output()).isZero();
        assertThat(created.output()).doesNotContain("Healthchecks error");
        to.heard(2, "up");
        assertThat(to.last().string("status")).isEqualTo("succeeded");
        assertThat(to.last().object("output").string("head")).contains("Creating archive");

        Files.move(repository, folder.resolve("moved"));
        Ended failed = run(environment, "borgmatic", "--config", config, "--log-file", log, "create");
        assertThat(failed.exit()).as(failed.output()).isNotZero();
        to.heard(4, "down");
        assertThat(to.last().string("status")).isEqualTo("failed");
        assertThat(to.last().object("output").string("head")).contains("returned non-zero exit status 2");
    }

    /** As runitor goes about it: what it counts as success, what it tries again, and how it cuts what it sends. */
    private static final class LikeRunitor {
        private final String address;
        private final UUID run = UUID.randomUUID();
        private int limit = 10_000_000;

        LikeRunitor(String address) {
            this.address = address;
        }

        int post(String suffix, String body) throws IOException {
            String path = java.net.URI.create(address).getPath() + suffix + "?rid=" + run;
            var answer = server.body(
                    "POST",
                    path,
                    "text/plain",
                    body,
                    "User-Agent: runitor/1.4.1 (linux-amd64; +https://bdd.fi/x/runitor)");
            answer.header("ping-body-limit").ifPresent(l -> limit = Integer.parseInt(l));
            return answer.status();
        }

        List<Integer> job(int exit, String output) throws IOException {
            var statuses = new ArrayList<Integer>();
            statuses.add(post("/start", ""));
            String note = "\n[runitor] Output truncated to last " + limit + " bytes.";
            String sent = output.length() <= limit
                    ? output
                    : output.substring(output.length() - limit + note.length()) + note;
            statuses.add(post(exit == 0 ? "" : "/" + exit, sent));
            return statuses;
        }
    }

    @Test
    void a_client_like_runitor_gets_the_answers_and_the_limit_that_it_goes_by() throws Exception {
        Watched to = watched("Runitor");
        var client = new LikeRunitor(to.ping());
        assertThat(client.job(0, "x".repeat(30_000) + "the end")).containsExactly(200, 200);
        assertThat(client.limit).isEqualTo(10_000);
        to.heard(2, "up");
        assertThat(to.runs()).hasSize(1);
        JsonObject output = to.last().object("output");
        assertThat(output.integer("size")).isEqualTo(10_000);
        assertThat(output.string("head") + output.optionalString("tail").orElse(""))
                .contains("[runitor] Output truncated to last 10000 bytes.");
        assertThat(new LikeRunitor(to.ping()).job(255, "boom")).containsExactly(200, 200);
        to.heard(4, "down");
        assertThat(to.last().integer("exit")).isEqualTo(255);
        assertThat(new LikeRunitor(to.ping()).post("/256", ""))
                .as("not tried again")
                .isEqualTo(400);
        assertThat(new LikeRunitor(
                                to.ping().replaceAll("[^/]*$", UUID.randomUUID().toString()))
                        .post("", ""))
                .as("not tried again")
                .isEqualTo(404);
    }

    @Test
    void a_client_like_runitor_makes_its_check_by_key_and_slug() throws Exception {
        String key = Person.member(owner.send("POST", workspace + "/ping-keys"), "key");
        String address = "https://localhost:" + server.port() + "/ping/" + key + "/made-by-a-ping";
        var client = new LikeRunitor(address);
        assertThat(client.post("", "")).as("it is not there yet").isEqualTo(404);
        var creating = server.body(
                "POST",
                java.net.URI.create(address).getPath() + "?create=1",
                "text/plain",
                "",
                "User-Agent: runitor/1.4.1");
        assertThat(creating.status()).isEqualTo(201);
        assertThat(client.job(0, "done")).containsExactly(200, 200);
    }
}
