package dev.averment.sabotage.instance;

import dev.averment.server.database.Folders;
import dev.averment.server.proving.StandInProviders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process and a data folder of its own, under the policy of one page. Closing it ends the process and
 * deletes the folder; so does the end of this program, by Ctrl-C or otherwise.
 */
public final class DisposableServer implements AutoCloseable {
    /** A first start makes a database cluster, which takes most of it. */
    public static final Duration START_LIMIT = Duration.ofSeconds(90);

    private static final String MAIN = "dev.averment.server.boot.Up";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 50;
    private static final int TAIL_LINES = 20;
    private static final int TAIL_BYTES = 16 * 1024;

    private final Path folder;
    private final Process process;
    private final Thread hook;
    private boolean ended;

    private DisposableServer(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.hook = new Thread(this::end, "disposable-server-end");
    }

    /**
     * How to start it.
     *
     * @param libraries   the product's class path
     * @param page        the page file whose policy is in force
     * @param arguments   further arguments of the server
     * @param environment further environment of the server
     * @param limit       how long it may take until it is up
     * @param providers   ids of the providers that it lets people sign in with, whose place checks take
     */
    public record Start(
            ServerLibraries libraries,
            Path page,
            List<String> arguments,
            Map<String, String> environment,
            Duration limit,
            Set<String> providers) {
        public Start {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
            providers = Set.copyOf(providers);
        }

        /** Without a provider. */
        public Start(
                ServerLibraries libraries,
                Path page,
                List<String> arguments,
                Map<String, String> environment,
                Duration limit) {
            this(libraries, page, arguments, environment, limit, Set.of());
        }

        /** The plain one: that page, nothing scheduled, any free ports. */
        public static Start of(ServerLibraries libraries, Path page) {
            return new Start(libraries, page, List.of(), Map.of(), START_LIMIT);
        }

        /** The same with these providers. */
        public Start with(Set<String> others) {
            return new Start(libraries, page, arguments, environment, limit, others);
        }
    }

    /**
     * Starts it and waits until it is up.
     *
     * @throws InstanceException when it ended, or was not up in time; nothing is left behind
     */
    public static DisposableServer start(Start how) throws InstanceException, InterruptedException {
        Path folder;
        try {
            folder = Files.createTempDirectory("averment-");
        } catch (IOException e) {
            throw new InstanceException(
                    "No folder for a disposable server can be made under " + System.getProperty("java.io.tmpdir") + " ("
                            + e + "). Make room there, or give a running server with --target.",
                    e);
        }
        DisposableServer server;
        try {
            StandInProviders.write(dataFolder(folder), how.providers(), Instant.now());
            server = new DisposableServer(folder, launch(how, folder));
        } catch (IOException e) {
            delete(folder);
            throw new InstanceException("The disposable server can't be started: " + e.getMessage(), e);
        }
        try {
            Runtime.getRuntime().addShutdownHook(server.hook);
        } catch (IllegalStateException e) {
            // Ctrl-C came while it started: nobody would end it.
            server.end();
            throw new InstanceException("This program is ending.", e);
        }
        try {
            server.awaitUp(how.limit());
            return server;
        } catch (InstanceException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static Process launch(Start how, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                how.libraries().path(),
                MAIN,
                "--data",
                dataFolder(folder).toString(),
                "--page",
                how.page().toAbsolutePath().toString(),
                "--port",
                "0",
                "--no-schedule"));
        if (!how.arguments().contains("--reading-port")) {
            command.addAll(List.of("--reading-port", "0"));
        }
        command.addAll(how.arguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().putAll(how.environment());
        return builder.start();
    }

    /** The server's own file says that it is up; the wait for its process is what paces the looking. */
    private void awaitUp(Duration limit) throws InstanceException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        Path up = dataFolder().resolve("run").resolve("instance.json");
        while (!Files.exists(up)) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new InstanceException("The disposable server ended with exit code " + process.exitValue()
                        + " before it was up." + tail());
            }
            if (System.nanoTime() > end) {
                throw new InstanceException(
                        "The disposable server was not up after " + limit.toSeconds() + " s and was ended." + tail());
            }
        }
    }

    /** Where it keeps everything, {@code run/instance.json} among it. */
    public Path dataFolder() {
        return dataFolder(folder);
    }

    private static Path dataFolder(Path folder) {
        return folder.resolve("data");
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** The end of what the server said on standard error, under a heading; empty when it said nothing. */
    public String tail() {
        try {
            byte[] all = Files.readAllBytes(folder.resolve("stderr"));
            int from = Math.max(0, all.length - TAIL_BYTES);
            List<String> lines = new String(all, from, all.length - from, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
            return last.isEmpty() ? "" : " It last said:\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This program is ending; the hook has nothing left to do.
            return;
        }
    }

    /** Synchronized, so that the end of this program waits for a close that has begun. */
    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        // Noted before its parent ends, for afterwards nobody knows whose they were: a database must not outlive it.
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        delete(folder);
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            System.getLogger(DisposableServer.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The folder {0} of a disposable server is left behind: {1}",
                            folder,
                            e);
        }
    }
}
