package dev.averment.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** One command, run in this process with its streams captured. */
public record Ran(int exit, String out, String err) {

    /** Runs at {@code now}, or by the real clock when it is null. */
    public static Ran aver(Instant now, String... args) {
        return aver(now, Map.of("HOME", "/nonexistent"), args);
    }

    public static Ran aver(Instant now, Map<String, String> environment, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(stream(out), stream(err), false, 100);
        InstantSource clock = now == null ? InstantSource.system() : InstantSource.fixed(now);
        int exit = Aver.run(terminal, environment, clock, args);
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
