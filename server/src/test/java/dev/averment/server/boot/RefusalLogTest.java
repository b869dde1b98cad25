package dev.averment.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.edge.Gate;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RefusalLogTest {

    @Test
    @Asvs({"16.3.2", "16.4.1"})
    void each_refusal_is_a_line_of_the_file_and_the_terminal_gets_one_line_for_all(
            CapturedOutput output, @TempDir Path folder) throws Exception {
        try (var refusals = RefusalLog.in(folder)) {
            for (int i = 0; i < 3; i++) {
                LoggerFactory.getLogger(Gate.class).warn("refused: GET /a{}\nforged", i);
            }
            LoggerFactory.getLogger(WorkspaceAccess.class).warn("refused: user:x wanted y in workspace z");
            assertThat(output.getAll()).doesNotContain("refused: ");
            refusals.tell();
            refusals.tell();
        }
        assertThat(output.getAll().lines().filter(line -> line.contains("refused in the last minute")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("3 at the door, 1 in workspaces", "refusals.log"));
        assertThat(Files.readAllLines(folder.resolve("refusals.log")))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).containsPattern("^\\S+Z WARN .*refused: "));
    }

    @Test
    void without_the_file_a_refusal_is_a_line_of_the_terminal(CapturedOutput output, @TempDir Path folder) {
        RefusalLog.in(folder).close();
        LoggerFactory.getLogger(Gate.class).warn("refused: GET /b");
        assertThat(output.getAll()).contains("refused: GET /b");
    }
}
