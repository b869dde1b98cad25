package dev.averment.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.database.DataFolder;
import dev.averment.server.database.StartException;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.registers.RegisterStore;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, refusing to start, and coming back. */
class BootTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** Another process's state sends no signal. */
    private static void await(String what, BooleanSupplier condition) {
        Instant limit = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited for " + what).isBefore(limit);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static List<Long> databasesIn(Path data) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains(data.toString()))
                .filter(p -> p.info().commandLine().orElse("").contains("postgres"))
                .map(ProcessHandle::pid)
                .toList();
    }

    private void refused(String wayOut, String... arguments) throws Exception {
        assertThatThrownBy(() -> AvermentServer.start(RunningServer.options(arguments), _ -> {})
                        .close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(wayOut);
        assertThat(databasesIn(folder)).as("nothing is left running").isEmpty();
    }

    private String[] on(Path data, String... more) throws IOException {
        var all = new java.util.ArrayList<>(List.of(
                "--data",
                data.toString(),
                "--port",
                "0",
                "--reading-port",
                Integer.toString(RunningServer.freePort())));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void a_port_in_use_is_refused_before_anything_is_made() throws Exception {
        try (var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            String port = Integer.toString(taken.getLocalPort());
            Path data = folder.resolve("data");
            refused("--port", "--data", data.toString(), "--port", port, "--reading-port", "0");
            refused("--reading-port", "--data", data.toString(), "--port", "0", "--reading-port", port);
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void a_page_that_cannot_be_read_or_put_in_force_is_refused_before_anything_is_made() throws Exception {
        Path data = folder.resolve("data");
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "page: x\nclaims: [\n");
        Path empty = Files.writeString(folder.resolve("empty.yaml"), "");
        refused("--page", on(data, "--page", folder.resolve("nothing.yaml").toString()));
        refused("page", on(data, "--page", folder.toString()));
        refused("The page can't be put in force", on(data, "--page", broken.toString()));
        refused("The page can't be put in force", on(data, "--page", empty.toString()));
        assertThat(data).doesNotExist();
    }

    @Test
    void a_folder_that_is_none_or_another_programs_or_another_versions_is_refused_and_left_alone() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        refused("--data", on(file));
        assertThat(file).hasContent("mine");

        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("letter.txt"), "mine");
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rwxr-xr-x"));
        refused("--data", on(foreign));
        assertThat(foreign).isDirectoryContaining(p -> p.endsWith("letter.txt"));
        try (var entries = Files.list(foreign)) {
            assertThat(entries).hasSize(1);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(foreign)))
                .isEqualTo("rwxr-xr-x");

        Path later = Files.createDirectory(folder.resolve("later"));
        Files.writeString(later.resolve("VERSION"), "999\n");
        refused("has format 999", on(later));

        Path used = folder.resolve("used");
        try (var holder = DataFolder.open(used)) {
            assertThat(holder.root()).isDirectory();
            refused("Another server is using the data folder", on(used));
        }
    }

    @Test
    void a_failure_of_the_last_step_leaves_no_database_running_and_the_folder_free() throws Exception {
        Path data = folder.resolve("data");
        DataFolder.open(data).close();
        // Read by the application only, when all else runs.
        Files.writeString(data.resolve("secrets/log-signing.pk8"), "no key");
        refused("can't start", on(data, "--no-schedule"));
        DataFolder.open(data).close();
    }

    @Test
    void options_that_make_no_sense_are_refused_by_their_names_before_anything_is_made() throws Exception {
        Path data = folder.resolve("data");
        String at = data.toString();
        refused("--port takes 1 to 65535", "--data", at, "--port", "70000");
        refused("--port takes 1 to 65535", "--data", at, "--port", "-1");
        refused("--reading-port takes 1 to 65535", "--data", at, "--port", "0", "--reading-port", "65536");
        refused("given twice", "--data", at, "--port", "18080", "--reading-port", "18080");
        refused("--base takes", on(data, "--base", "foo"));
        refused("--security-contact takes", on(data, "--security-contact", "foo"));
        // Of a block that is for documentation: no machine has it.
        refused("Give --address one that has", on(data, "--address", "192.0.2.1"));
        assertThat(data).doesNotExist();
    }

    /** What runs it must be able to tell an orderly stop from a crash. */
    @Test
    void a_server_that_is_told_to_stop_says_so_and_ends_with_0() throws Exception {
        Path data = folder.resolve("data");
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.averment.server.boot.Up",
                        "--data",
                        data.toString(),
                        "--port",
                        "0",
                        "--reading-port",
                        "0",
                        "--no-schedule")
                .redirectError(folder.resolve("child.log").toFile())
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("Stop it with Ctrl-C")) {
                line = lines.readLine();
            }
            assertThat(line).as(Files.readString(folder.resolve("child.log"))).isNotNull();
            server.toHandle().destroy();
            assertThat(lines.readLine()).isEqualTo("stopped; data is safe in " + data);
            assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
        }
        assertThat(databasesIn(data)).isEmpty();
    }

    /** One life of a server: first start, second start, a database that dies, a database that was set back. */
    @Test
    void a_server_finds_its_data_again_outlives_its_database_and_notices_a_restore() throws Exception {
        Path data = folder.resolve("data");
        var context = new WorkspaceContext(WellKnown.OPERATOR, "service:test");
        String origin;
        String token;
        try (var first = RunningServer.start(data)) {
            var out = new ByteArrayOutputStream();
            first.server().printAddresses(new PrintStream(out, true, StandardCharsets.UTF_8));
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("https://localhost:" + first.port() + "/")
                    .contains("http://localhost:" + first.prepared().readingPort() + "/")
                    .contains(data.toString())
                    .doesNotContain(first.operatorToken());
            assertThat(first.https("GET", "/health").status()).isEqualTo(200);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            assertThat(data.resolve("run/instance.json")).exists();
            origin = origin(first, context);
            token = first.operatorToken();
            first.bean(Workspaces.class)
                    .in(
                            context,
                            jdbc -> jdbc.sql(
                                            "update tenancy.workspace set name = 'Renamed by its owner' where workspace_id = ?")
                                    .param(context.workspace())
                                    .update());
            assertThatThrownBy(() -> RunningServer.start(data))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("Already running at https://localhost:" + first.port() + "/, process "
                            + ProcessHandle.current().pid());
            assertThat(first.https("GET", "/health").status())
                    .as("the refused one did no harm")
                    .isEqualTo(200);
        }
        assertThat(databasesIn(data)).isEmpty();
        assertThat(data.resolve("run/instance.json")).doesNotExist();

        try (var second = RunningServer.start(data)) {
            assertThat(second.operatorToken()).isEqualTo(token);
            assertThat(origin(second, context)).isEqualTo(origin);
            assertThat(count(second, "select count(*) from claims.revision where page_id = 'self'"))
                    .isEqualTo(1);
            assertThat(count(second, "select count(*) from tenancy.workspace where name = 'Renamed by its owner'"))
                    .isEqualTo(1);
            assertThat(count(second, "select count(*) from tenancy.workspace")).isEqualTo(6);

            killDatabase(second, data);
            await("a write after the database died", () -> writes(second, context));
            await("health", () -> healthy(second));
            assertThat(databasesIn(data)).isNotEmpty();

            await("an empty queue", () -> count(second, "select count(*) from evidence.pending") == 0);
            setBack(second);
            await("a write", () -> writes(second, context));
            await("the refusal to sign", () -> !healthy(second));
            assertThat(second.https("GET", "/health").status()).isEqualTo(503);
            assertThat(second.https("GET", "/pages/self").status())
                    .as("the page stays readable")
                    .isEqualTo(200);
        }
        assertThat(databasesIn(data)).isEmpty();
    }

    private static void killDatabase(RunningServer server, Path data) {
        long pid = server.prepared().postgresPid();
        assertThat(databasesIn(data)).contains(pid);
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        assertThat(postmaster.destroyForcibly()).isTrue();
        postmaster.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** As a dump of yesterday put back over today's database would leave the operator's log. */
    private static void setBack(RunningServer server) throws Exception {
        try (Connection c = administrator(server);
                Statement s = c.createStatement()) {
            String log = "workspace_id = '" + WellKnown.OPERATOR + "'";
            s.execute("delete from evidence.leaf_index where seq >= 1 and " + log);
            s.execute("delete from evidence.checkpoint where size > 1 and " + log);
            s.execute("update evidence.tile set data = substring(data from 1 for 32) where level = 0 and " + log);
            s.execute(
                    "update evidence.tree t set size = 1, root = i.leaf_hash from evidence.leaf_index i where i.seq = 0"
                            + " and i.workspace_id = t.workspace_id and t." + log);
        }
    }

    private static boolean writes(RunningServer server, WorkspaceContext context) {
        try {
            return server.bean(Workspaces.class)
                            .in(
                                    context,
                                    jdbc -> jdbc.sql(
                                                    "update tenancy.workspace set name = 'Written' where workspace_id = ?")
                                            .param(context.workspace())
                                            .update())
                    == 1;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static boolean healthy(RunningServer server) {
        try {
            return server.https("GET", "/health").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static String origin(RunningServer server, WorkspaceContext context) {
        return server.bean(Workspaces.class)
                .reading(
                        context,
                        jdbc -> jdbc.sql("select origin from evidence.log where workspace_id = ?")
                                .param(context.workspace())
                                .query(String.class)
                                .single());
    }

    private static Connection administrator(RunningServer server) throws Exception {
        var access = server.prepared().access();
        return access.connect(access.administrator());
    }

    private static long count(RunningServer server, String query) {
        try (Connection c = administrator(server);
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery(query)) {
            r.next();
            return r.getLong(1);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was acknowledged is there: five times a whole JVM with its server is killed in the middle of writing. */
    @Test
    void everything_that_was_acknowledged_before_a_kill_is_there_after_the_next_start() throws Exception {
        Path data = folder.resolve("data");
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < 5; round++) {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.averment.server.fixture.ChildServer",
                            data.toString(),
                            "round" + round)
                    .redirectError(folder.resolve("child.log").toFile())
                    .start();
            try (var lines =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                int enough = 5 + 10 * round;
                String line = null;
                for (int i = 0; i < enough && (line = lines.readLine()) != null; i++) {
                    acknowledged.add(line.substring("acknowledged ".length()));
                }
                assertThat(line)
                        .as(Files.readString(folder.resolve("child.log")))
                        .isNotNull();
                // Through the handle: the process itself would shut its output, too.
                child.toHandle().destroyForcibly();
                // What it said before it died counts as well.
                for (String last = lines.readLine();
                        last != null && last.startsWith("acknowledged ");
                        last = lines.readLine()) {
                    acknowledged.add(last.substring("acknowledged ".length()));
                }
            } finally {
                child.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(databasesIn(data))
                    .as("the killed server left its database behind")
                    .isNotEmpty();
        }
        try (var server = RunningServer.start(data)) {
            var context = new WorkspaceContext(WellKnown.OPERATOR, "service:test");
            assertThat(server.bean(RegisterStore.class).entries(context, "self", "kill-test"))
                    .extracting(entry -> entry.id())
                    .containsAll(acknowledged);
            assertThat(acknowledged).hasSizeGreaterThan(100);
            await("an empty queue", () -> count(server, "select count(*) from evidence.pending") == 0);
            assertThat(count(server, """
                            select count(*) from registers.entry e
                             where e.register = 'kill-test' and not exists (
                                   select from evidence.leaf l join evidence.leaf_index i using (workspace_id, leaf_id)
                                    where l.action = 'row.inserted'
                                      and convert_from(l.bytes, 'UTF8')::json -> 'targets' -> 0 ->> 'id'
                                          = e.page_id || '/' || e.register || '/' || e.entry_id)""")).as("rows without an integrated leaf").isZero();
            assertThat(count(
                            server,
                            "select max(seq) + 1 - count(*) from evidence.leaf_index where workspace_id = '"
                                    + WellKnown.OPERATOR + "'"))
                    .as("gaps in the log")
                    .isZero();
            assertThat(healthy(server)).isTrue();
        }
        assertThat(databasesIn(data)).isEmpty();
    }
}
