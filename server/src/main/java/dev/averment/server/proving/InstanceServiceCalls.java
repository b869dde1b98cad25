package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.ServiceCalls;
import dev.averment.checks.target.WebFetch;
import dev.averment.claims.Page;
import dev.averment.server.identity.OwnService;
import dev.averment.server.identity.ShownServiceCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/** Calls to this server as the service {@code prover} makes them, from a process that is started for one look. */
final class InstanceServiceCalls implements ServiceCalls {
    /** In another room, above this one: it is started, not called. */
    private static final String PROGRAM = "dev.averment.server.boot.SigningProcess";

    private final OwnService own;
    private final ShownServiceCalls calls;
    private final long process;

    /** @param process of the server */
    InstanceServiceCalls(OwnService own, long process) {
        this.own = own;
        this.calls = new ShownServiceCalls(own);
        this.process = process;
    }

    @Override
    public Caller caller(Page page) throws CollectException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                PROGRAM,
                own.name(),
                own.keys().toString(),
                Long.toString(ShownServiceCalls.life(page).toSeconds()));
        // Options for the server's own Java are none for this one.
        builder.environment().keySet().removeAll(java.util.Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return new Child(builder.start());
        } catch (IOException e) {
            throw new CollectException("No process that signs calls can be started: " + e.getMessage(), e);
        }
    }

    /** The process on the other side of two pipes. */
    private static final class Child implements Caller {
        private final Process process;
        private final BufferedReader answers;

        Child(Process process) {
            this.process = process;
            this.answers = process.inputReader(StandardCharsets.UTF_8);
        }

        @Override
        public Signed sign(Actor actor, String method, String path) throws CollectException {
            try {
                String line = actor.workspace() + " " + actor.account() + " " + actor.session() + " " + method + " "
                        + path + "\n";
                process.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
                process.getOutputStream().flush();
                String answer = answers.readLine();
                if (answer == null || answer.startsWith("!")) {
                    throw new CollectException(
                            answer == null
                                    ? "The process that signs calls has ended; see that the machine has memory to start one."
                                    : answer.substring(1));
                }
                int tab = answer.indexOf('\t');
                return new Signed(answer.substring(0, tab), answer.substring(tab + 1));
            } catch (IOException e) {
                throw new CollectException("The process that signs calls can't be spoken to: " + e.getMessage(), e);
            }
        }

        @Override
        public long process() {
            return process.pid();
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

    @Override
    public long callee() {
        return process;
    }

    @Override
    public String whoami() {
        return ShownServiceCalls.WHOAMI;
    }

    @Override
    public String elsewhere() {
        return ShownServiceCalls.ELSEWHERE;
    }

    @Override
    public String actorHeader() {
        return ShownServiceCalls.ACTOR_HEADER;
    }

    @Override
    public String scheme() {
        return ShownServiceCalls.SCHEME;
    }

    @Override
    public byte[] mac(Use use, String id, byte[] input) throws CollectException {
        try {
            return calls.mac(use == Use.ACTOR, id, input);
        } catch (IOException e) {
            throw new CollectException("No token can be made by hand: " + WebFetch.why(e), e);
        }
    }

    @Override
    public KeyFile keyFile() throws CollectException {
        try {
            return new KeyFile(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(calls.keyFile())),
                    calls.openToOthers(),
                    calls.keys());
        } catch (IOException | UncheckedIOException e) {
            throw new CollectException(
                    "The key of calls between services can't be looked at ("
                            + e.getClass().getSimpleName()
                            + "); see that it is in " + calls.keyFile() + " and the check runs as the server's user.",
                    e);
        }
    }
}
