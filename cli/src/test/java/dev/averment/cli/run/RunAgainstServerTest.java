package dev.averment.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Member;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.cli.Ran;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.sabotage.instance.DisposableServer;
import dev.averment.sabotage.instance.ServerLibraries;
import dev.averment.server.proving.InstanceTarget;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code aver run} against a running server: by a token in a file, and by the address of pings. */
@Timeout(300)
class RunAgainstServerTest {
    @TempDir
    private static Path folder;

    private static DisposableServer server;
    private static InstanceTarget target;
    private static Canary owner;
    private static Credentials credentials;
    private static String workspace;

    @BeforeAll
    static void start() throws Exception {
        server = DisposableServer.start(DisposableServer.Start.of(
                ServerLibraries.of(System.getProperties()), Path.of("..", "pages", "self.yaml")));
        target = InstanceTarget.of(server.dataFolder());
        SignInService service = target.require(SignInService.class);
        owner = Canary.confirmed(service);
        credentials = owner.signedIn();
        var workspaces = Member.workspaces(service);
        workspace = Member.of(owner, credentials, workspaces, workspaces.workspace())
                .path();
    }

    @AfterAll
    static void stop() {
        if (owner != null) {
            owner.close();
        }
        if (target != null) {
            target.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static JsonObject sent(int status, String path, JsonObject body) throws Exception {
        Answer answer = owner.send(credentials, "POST", path, body);
        owner.expect(status, answer, "POST " + path);
        return Json.parseObject(answer.body());
    }

    private static JsonObject read(String path) throws Exception {
        return Json.parseObject(owner.send(credentials, "GET", path).body());
    }

    private static Ran aver(String address, String monitor, String... command) {
        var all = new java.util.ArrayList<>(List.of(
                "run",
                "--ca",
                server.dataFolder().resolve("tls").resolve("ca.crt").toString(),
                monitor,
                "--"));
        all.addAll(List.of(command));
        return Ran.aver(null, Map.of("AVERMENT_URL", address), all.toArray(String[]::new));
    }

    private static JsonObject lastRun(String monitor, String state) throws Exception {
        while (!read(monitor).string("state").equals(state)) {
            Thread.onSpinWait();
        }
        return read(monitor + "/runs/"
                + read(monitor + "/runs").array("runs").objects().getFirst().string("id"));
    }

    @Test
    void a_job_is_told_of_by_a_token_in_a_file_and_by_the_address_of_pings() throws Exception {
        JsonObject made = sent(201, workspace + "/monitors", JsonObject.of("name", "Nightly", "everySeconds", 86_400L));
        String monitor = workspace + "/monitors/" + made.string("id");
        String ping = made.string("pingUrl");
        String address = URI.create(ping).resolve("/").toString();
        Path token = Files.writeString(
                folder.resolve("token"),
                sent(201, monitor + "/tokens", JsonObject.of("name", "Job", "life", "1d"))
                        .string("token"));

        Ran good = aver(address, token.toString(), "sh", "-c", "echo copied 3 files");
        assertThat(good.exit()).as(good.err()).isZero();
        assertThat(good.err()).isEmpty();
        JsonObject run = lastRun(monitor, "up");
        assertThat(run.string("status")).isEqualTo("succeeded");
        assertThat(run.object("output").string("head")).isEqualTo("copied 3 files\n");

        Ran bad = aver(address, ping, "sh", "-c", "echo disk is full; exit 3");
        assertThat(bad.exit()).isEqualTo(3);
        assertThat(bad.err()).isEmpty();
        run = lastRun(monitor, "down");
        assertThat(run.integer("exit")).isEqualTo(3);
        assertThat(run.object("output").string("head")).isEqualTo("disk is full\n");

        Path file = Files.writeString(folder.resolve("address"), ping + "\n");
        assertThat(aver(address, file.toString(), "true").exit()).isZero();
        assertThat(lastRun(monitor, "up").string("status")).isEqualTo("succeeded");
        assertThat(read(monitor + "/runs").array("runs").objects()).hasSize(3);
    }
}
