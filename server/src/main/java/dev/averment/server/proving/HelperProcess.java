package dev.averment.server.proving;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A Java process of this program that is started for one look, at the other side of two pipes: lines go in and come out. */
final class HelperProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    private HelperProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts one, and does not wait until it is up.
     *
     * @param program name of its main class
     * @param heap    the most that it may take, as Java's option has it
     */
    static HelperProcess start(String program, String heap, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                program));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        // Options for the server's own Java are none for this one.
        builder.environment().keySet().removeAll(Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return new HelperProcess(builder.start());
    }

    void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    /** Its next line; empty when it has ended. */
    Optional<String> answer() throws IOException {
        return Optional.ofNullable(answers.readLine());
    }

    long pid() {
        return process.pid();
    }

    /** Ends it with no chance to say anything; gives the status with which it ended. */
    int kill() throws InterruptedException {
        return process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        try {
            // Its input is at an end, so it ends.
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
