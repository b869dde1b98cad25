package dev.averment.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpTest {

    @ParameterizedTest
    @ValueSource(strings = {"--prt 1", "--port", "--port many", "stray"})
    void wrong_use_is_told_in_one_line(String arguments) {
        var err = new StringWriter();

        int exit = Up.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.split(" "));

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("averment: ")
                        .endsWith("Nothing was started; ./aver help up says what it takes."));
    }

    @Test
    void told_to_stop_before_it_listens_it_ends_with_130_and_no_stack_trace_and_starts_again(@TempDir Path folder)
            throws Exception {
        Process early = start(folder);
        try (BufferedReader said = early.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).contains("starting the database");
            early.toHandle().destroy(); // SIGTERM, as Ctrl-C does
            assertThat(said.lines().collect(Collectors.joining("\n")))
                    .contains("told to stop before it was ready")
                    .doesNotContain("\tat ", "Exception");
        }
        assertThat(early.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(early.exitValue()).isEqualTo(130);
        assertThat(database(folder)).as("the database").isEmpty();

        Process again = start(folder);
        try (BufferedReader said = again.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = said.lines()
                    .takeWhile(line -> !line.contains("Stop it with Ctrl-C"))
                    .toList();
            assertThat(again.isAlive()).as("%s", lines).isTrue();
            again.toHandle().destroy();
            assertThat(said.lines().collect(Collectors.joining("\n"))).contains("stopped; data is safe");
        }
        assertThat(again.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(again.exitValue()).isZero();
    }

    @Test
    void told_to_stop_while_the_application_starts_it_leaves_no_database_behind(@TempDir Path folder) throws Exception {
        Process early = start(folder);
        try (BufferedReader said = early.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.lines()
                            .filter(line -> line.contains("starting the application"))
                            .findFirst())
                    .isPresent();
            assertThat(database(folder)).as("the database").isPresent();
            endGroup(early);
            assertThat(said.lines().collect(Collectors.joining("\n")))
                    .contains("told to stop before it was ready")
                    .doesNotContain("\tat ", "Exception");
        }
        assertThat(early.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(early.exitValue()).isEqualTo(130);
        assertThat(database(folder)).as("the database").isEmpty();
    }

    @Test
    void ctrl_c_reaches_the_whole_group_and_the_database_still_ends_last_and_in_order(@TempDir Path folder)
            throws Exception {
        Process server = start(folder);
        try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.lines()
                            .filter(line -> line.contains("Stop it with Ctrl-C"))
                            .findFirst())
                    .isPresent();
            // Its checks run by now, a few at a time.
            endGroup(server);
            assertThat(said.lines().collect(Collectors.joining("\n")))
                    .contains("stopped; data is safe")
                    .doesNotContain("\tat ", "Exception", "ERROR");
        }
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(database(folder)).as("the database").isEmpty();
        assertThat(Files.readString(folder.resolve("data/run/postgres.log")))
                .contains("received fast shutdown request", "database system is shut down")
                .doesNotContain("received smart shutdown request")
                .doesNotContain("PANIC");
    }

    /** As a terminal does on Ctrl-C; by SIGTERM, for a shell starts what is in the background with SIGINT ignored. */
    private static void endGroup(Process leader) throws Exception {
        assertThat(new ProcessBuilder("kill", "-TERM", "--", "-" + leader.pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    /** The database that runs on the folder. */
    private static Optional<ProcessHandle> database(Path folder) {
        String cluster = folder.resolve("data/postgres").toString();
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains("-D " + cluster))
                .findFirst();
    }

    /** In a process group of its own, which it leads, as a shell starts what is in the foreground. */
    private static Process start(Path folder) throws Exception {
        return new ProcessBuilder(
                        "setsid",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.averment.server.boot.Up",
                        "--port",
                        "0",
                        "--reading-port",
                        "0",
                        "--data",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .start();
    }
}
