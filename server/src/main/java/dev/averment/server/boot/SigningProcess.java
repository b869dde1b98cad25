package dev.averment.server.boot;

import dev.averment.server.identity.OwnService;
import dev.averment.server.identity.ShownServiceCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/**
 * A service in a process of its own, that signs calls of this server: the check of actor tokens starts it, so that what is
 * exchanged really goes from one process to another. It reads requests from its standard input, {@code WORKSPACE ACCOUNT
 * SESSION METHOD PATH} a line, and answers each with its two headers, a tab between them, or with {@code !} and the reason.
 * It ends with its input.
 */
public final class SigningProcess {
    private SigningProcess() {}

    /** @param arguments name of the callee, folder of keys, life of a token in seconds */
    public static void main(String[] arguments) throws IOException {
        var calls = new ShownServiceCalls(new OwnService(arguments[0], Path.of(arguments[1])));
        Duration life = Duration.ofSeconds(Long.parseLong(arguments[2]));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] asked = line.split(" ", -1);
            try {
                out.println(calls.sign(
                        UUID.fromString(asked[0]),
                        UUID.fromString(asked[1]),
                        UUID.fromString(asked[2]),
                        asked[3],
                        asked[4],
                        life,
                        InstantSource.system()));
            } catch (IOException e) {
                out.println("!" + e.getMessage());
            }
        }
    }
}
