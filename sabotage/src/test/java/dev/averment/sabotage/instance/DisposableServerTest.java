package dev.averment.sabotage.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, with a small program in the server's place that behaves as its environment says. */
@Timeout(60)
class DisposableServerTest {
    private static final String SERVER = """
            package dev.averment.server.boot;
            import java.nio.file.Files;
            import java.nio.file.Path;
            public class Up {
                public static void main(String[] args) throws Exception {
                    Path data = Path.of(args[java.util.Arrays.asList(args).indexOf("--data") + 1]);
                    Files.createDirectories(data.resolve("run"));
                    Files.write(data.resolve("arguments"), java.util.List.of(args));
                    String how = System.getenv("HOW");
                    if (how.equals("ends")) {
                        for (int i = 0; i < 100; i++) System.err.println("line " + i);
                        System.err.println("averment: the port 8443 is taken");
                        System.exit(2);
                    }
                    if (how.equals("up")) Files.writeString(data.resolve("run/instance.json"), "{}");
                    Thread.currentThread().join();
                }
            }
            """;

    @TempDir
    Path folder;

    private ServerLibraries libraries = new ServerLibraries("");

    @BeforeEach
    void compileTheServer() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source")).resolve("Up.java");
        Files.writeString(source, SERVER);
        Path classes = Files.createDirectories(folder.resolve("class path"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
        libraries = new ServerLibraries(classes.toString());
    }

    private DisposableServer.Start start(String how, Duration limit) {
        return new DisposableServer.Start(
                libraries, folder.resolve("page.yaml"), List.of("--further"), Map.of("HOW", how), limit);
    }

    @Test
    void it_is_up_once_its_file_is_there_and_leaves_nothing_when_closed() throws Exception {
        Path data;
        long pid;
        try (DisposableServer server = DisposableServer.start(start("up", Duration.ofSeconds(30)))) {
            data = server.dataFolder();
            pid = server.pid();
            assertThat(server.alive()).isTrue();
            assertThat(Files.readAllLines(data.resolve("arguments")))
                    .containsSubsequence("--page", folder.resolve("page.yaml").toString(), "--port", "0")
                    .contains("--no-schedule", "--further");
        }
        assertThat(data.getParent()).doesNotExist();
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }

    @Test
    void a_server_that_ends_is_reported_with_the_end_of_what_it_said() {
        assertThatThrownBy(() -> DisposableServer.start(start("ends", Duration.ofSeconds(30))))
                .isInstanceOf(InstanceException.class)
                .hasMessageContaining("exit code 2")
                .hasMessageContaining("the port 8443 is taken")
                .hasMessageContaining("line 99")
                .hasMessageNotContaining("line 50");
    }

    @Test
    void a_server_that_is_not_up_in_time_is_ended() {
        assertThatThrownBy(() -> DisposableServer.start(start("hangs", Duration.ofMillis(300))))
                .isInstanceOf(InstanceException.class)
                .hasMessageContaining("was not up");
        assertThat(ProcessHandle.current()
                        .children()
                        .filter(child -> child.info()
                                .arguments()
                                .map(arguments -> String.join(" ", arguments).contains(folder.toString()))
                                .orElse(false)))
                .isEmpty();
    }

    @Test
    void closing_twice_is_closing_once() throws Exception {
        DisposableServer server = DisposableServer.start(start("up", Duration.ofSeconds(30)));
        server.close();
        server.close();
        assertThat(server.alive()).isFalse();
    }

    @Test
    void the_product_s_class_path_holds_no_faults_commands_or_tests() {
        Properties properties = new Properties();
        properties.put(
                "java.class.path",
                String.join(
                        java.io.File.pathSeparator,
                        "/tree/server/target/classes",
                        "/tree/sabotage/target/classes",
                        "/tree/cli/target/classes",
                        "/tree/server/target/test-classes",
                        "/m2/averment-sabotage-1.jar",
                        "/m2/junit-jupiter-api-6.jar",
                        "/m2/postgresql-42.jar"));
        assertThat(ServerLibraries.of(properties).path())
                .isEqualTo("/tree/server/target/classes" + java.io.File.pathSeparator + "/m2/postgresql-42.jar");
        properties.put(ServerLibraries.PROPERTY, "/dist/server");
        assertThat(ServerLibraries.of(properties).path()).isEqualTo("/dist/server/*");
    }
}
