package dev.averment.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs programs that are not ours, so that somebody else's code judges what we write. */
public final class ExternalTool {

    private ExternalTool() {}

    /**
     * @param exit the program's exit status
     * @param output what it printed, both streams
     */
    public record Outcome(int exit, String output) {}

    /** Skips the test, by name, if a program is not installed. */
    public static void require(String program, String howToInstall) {
        boolean found = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        Assumptions.assumeTrue(found, "needs " + program + ": " + howToInstall);
    }

    public static Outcome run(Path directory, Map<String, String> environment, String... command) {
        return run(directory, environment, 120, command);
    }

    public static Outcome run(Path directory, Map<String, String> environment, int seconds, String... command) {
        try {
            Path output = Files.createTempFile("tool", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException(command[0] + " took longer than " + seconds + " s");
            }
            String printed = new String(Files.readAllBytes(output), UTF_8);
            Files.delete(output);
            return new Outcome(process.exitValue(), printed);
        } catch (IOException e) {
            throw new IllegalStateException(command[0] + " could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
