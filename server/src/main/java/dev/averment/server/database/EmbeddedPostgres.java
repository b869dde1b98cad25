package dev.averment.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private PostgreSQL in the data folder. It listens on the loopback address only, over TLS 1.3 only, asks every role
 * for its password and its certificate, and writes durably: {@code fsync} and {@code synchronous_commit} are on.
 *
 * <p>If the database dies while the server lives, it is started again; if the server was killed and left a database
 * behind, that one is stopped before a new one starts.
 *
 * <p>It leads a session of its own: a terminal sends Ctrl-C to every process of the foreground group, and the database must
 * outlive what still works with it.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** The bootstrap superuser: makes roles and the database, then stays in the operator's drawer. */
    public static final String SUPERUSER = "averment_superuser";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration RESTART_PAUSE = Duration.ofMillis(200);

    private final Path home;
    private final Path folder;
    private final Path cluster;
    private final int port;
    private final Map<String, String> settings;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable Process process;
    private volatile @Nullable Process tool;

    private EmbeddedPostgres(Path home, Path folder, int port, Map<String, String> settings) {
        this.home = home;
        this.folder = folder;
        this.cluster = folder.resolve("postgres");
        this.port = port;
        this.settings = settings;
    }

    /**
     * Starts it, after making the cluster when there is none.
     *
     * @param data      keeps the cluster, its password and its certificates
     * @param authority signs the database's certificate
     * @param settings  further lines of {@code postgresql.conf}
     */
    public static EmbeddedPostgres start(DataFolder data, LocalAuthority authority, Map<String, String> settings)
            throws StartException {
        return start(data, authority, settings, _ -> {});
    }

    /**
     * As {@link #start(DataFolder, LocalAuthority, Map)}.
     *
     * @param making    gets it before any process runs: closing it from another thread ends the start
     */
    public static EmbeddedPostgres start(
            DataFolder data, LocalAuthority authority, Map<String, String> settings, Consumer<EmbeddedPostgres> making)
            throws StartException {
        Path home = PostgresBinaries.unpacked();
        try {
            authority.ensure("database", "localhost", List.of("localhost", "127.0.0.1"));
            authority.ensure(SUPERUSER, SUPERUSER, List.of());
            var server = new EmbeddedPostgres(home, data.root(), freePort(), Map.copyOf(settings));
            making.accept(server);
            server.initialise(data.secret("postgres-superuser"));
            server.stopLeftBehind();
            server.launch();
            server.awaitReady(data);
            return server;
        } catch (IOException e) {
            throw new StartException("The built-in database can't start: " + e.getMessage(), e);
        }
    }

    public int port() {
        return port;
    }

    /** Process id of the postmaster, while it runs. */
    public Optional<Long> pid() {
        Process running = process;
        return running != null && running.isAlive() ? Optional.of(running.pid()) : Optional.empty();
    }

    private void initialise(String password) throws IOException, StartException {
        if (Files.exists(cluster.resolve("PG_VERSION"))) {
            String found = Files.readString(cluster.resolve("PG_VERSION")).strip();
            String ours = run(List.of(bin("postgres"), "--version"), Duration.ofSeconds(20))
                    .replaceAll("\\D*(\\d+).*", "$1")
                    .strip();
            if (!found.equals(ours)) {
                throw new StartException("The database in " + cluster + " is of PostgreSQL " + found
                        + ", and this server brings " + ours + ". Start the version that wrote it and move the data"
                        + " with its backup, or give another folder with --data.");
            }
            return;
        }
        Folders.delete(cluster);
        Path passwordFile = folder.resolve("run").resolve("initdb-password");
        DataFolder.writePrivate(passwordFile, password + "\n");
        try {
            run(
                    List.of(
                            bin("initdb"),
                            "-D",
                            cluster.toString(),
                            "-U",
                            SUPERUSER,
                            "--pwfile=" + passwordFile,
                            "-A",
                            "scram-sha-256",
                            "-E",
                            "UTF8",
                            "--locale-provider=builtin",
                            "--locale=C.UTF-8",
                            "--data-checksums"),
                    START_LIMIT);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private void configure() throws IOException {
        var lines = new ArrayList<String>();
        lines.add("# Written by Averment at every start; put lines of your own into averment.local.conf beside it.");
        lines.add("listen_addresses = '127.0.0.1'");
        lines.add("port = " + port);
        lines.add("unix_socket_directories = ''");
        lines.add("ssl = on");
        lines.add("ssl_min_protocol_version = 'TLSv1.3'");
        lines.add("ssl_cert_file = '" + folder.resolve("tls/database.crt") + "'");
        lines.add("ssl_key_file = '" + folder.resolve("tls/database.key") + "'");
        lines.add("ssl_ca_file = '" + folder.resolve("tls/ca.crt") + "'");
        lines.add("password_encryption = 'scram-sha-256'");
        lines.add("max_connections = 100");
        lines.add("shared_buffers = 128MB");
        lines.add("timezone = 'UTC'");
        lines.add("log_timezone = 'UTC'");
        lines.add("log_line_prefix = '%m [%p] %q%u@%d '");
        lines.add("idle_in_transaction_session_timeout = '60s'");
        settings.forEach((k, v) -> lines.add(k + " = '" + v.replace("'", "''") + "'"));
        lines.add("include_if_exists = 'averment.local.conf'");
        Files.write(cluster.resolve("averment.conf"), lines);
        Path main = cluster.resolve("postgresql.conf");
        if (!Files.readString(main).contains("include = 'averment.conf'")) {
            Files.writeString(main, "\ninclude = 'averment.conf'\n", java.nio.file.StandardOpenOption.APPEND);
        }
        // verify-full: the certificate's name must be the role's name, so one role's key can't open another's door.
        Files.writeString(cluster.resolve("pg_hba.conf"), """
                # Written by Averment at every start. Without TLS and a certificate of the role there is no way in.
                hostssl all all 127.0.0.1/32 scram-sha-256 clientcert=verify-full
                hostnossl all all all reject
                """);
    }

    private synchronized void launch() throws IOException {
        if (closing.get()) {
            throw new IOException("it was told to stop");
        }
        configure();
        Path logFile = folder.resolve("run").resolve("postgres.log");
        Process started = new ProcessBuilder(inSession(command(List.of(bin("postgres"), "-D", cluster.toString()))))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                .start();
        process = started;
        // A moment later: the dead one's children hold the shared memory until they notice, and a database that can't
        // start must not be tried as fast as the machine can.
        started.onExit()
                .thenAcceptAsync(
                        this::restartUnlessClosing,
                        CompletableFuture.delayedExecutor(RESTART_PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Under the same lock as {@link #close}: a restart that ran beside it would leave a database behind. */
    private synchronized void restartUnlessClosing(Process dead) {
        if (closing.get() || process != dead) {
            return;
        }
        log.warn("the built-in database ended with status {}; starting it again", dead.exitValue());
        try {
            launch();
        } catch (IOException e) {
            log.error("the built-in database can't be started again; see {}", folder.resolve("run/postgres.log"), e);
        }
    }

    private void awaitReady(DataFolder data) throws IOException, StartException {
        Instant limit = Instant.now().plus(START_LIMIT);
        var access = DatabaseAccess.embedded(data, port);
        while (true) {
            try {
                access.connect(SUPERUSER, "postgres").close();
                return;
            } catch (SQLException e) {
                Process running = process;
                boolean ended = running == null || !running.isAlive();
                if (ended || Instant.now().isAfter(limit)) {
                    close();
                    throw new StartException(
                            "The built-in database did not come up: " + e.getMessage() + ". Its log says:\n"
                                    + lastLines(folder.resolve("run").resolve("postgres.log")));
                }
                pause(Duration.ofMillis(25));
            }
        }
    }

    /** Waits for another process's state, which sends no signal. */
    private static void pause(Duration time) {
        java.util.concurrent.locks.LockSupport.parkNanos(time.toNanos());
    }

    private static String lastLines(Path file) throws IOException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }

    /**
     * A server killed with -9 leaves its database running: it must go before the cluster can be opened again. After a
     * reboot the number may be another program's, even another PostgreSQL's: only one that names this very cluster is ours.
     */
    private void stopLeftBehind() throws IOException, StartException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        long pid = !lines.isEmpty() && lines.getFirst().strip().matches("[0-9]{1,10}")
                ? Long.parseLong(lines.getFirst().strip())
                : -1;
        Optional<ProcessHandle> running = ProcessHandle.of(pid).filter(h -> {
            String command = h.info().commandLine().orElse("");
            return command.contains("postgres") && command.contains(cluster.toString());
        });
        if (running.isEmpty()) {
            return;
        }
        log.info("a database left behind by an earlier server runs as process {}; stopping it", pid);
        // SIGINT is PostgreSQL's fast shutdown; Java can only send SIGTERM and SIGKILL by itself.
        run(List.of("kill", "-INT", Long.toString(pid)), Duration.ofSeconds(5));
        try {
            running.get().onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
            throw new StartException(
                    "The database left behind as process " + pid + " does not stop. Stop it by hand (kill -INT " + pid
                            + ") and start again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted while an earlier database was stopping.", e);
        }
    }

    private String bin(String program) {
        return home.resolve("bin").resolve(program).toString();
    }

    /** PostgreSQL refuses to run as root, so root runs it inside a user namespace in which it is nobody. */
    private static List<String> command(List<String> program) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return program;
        }
        var wrapped = new ArrayList<String>(List.of("unshare", "--user"));
        wrapped.addAll(program);
        return wrapped;
    }

    /**
     * The program as leader of a session of its own, under the same process id: what starts a program from here is no leader
     * of a group, so {@code setsid} need not fork.
     */
    private static List<String> inSession(List<String> program) {
        boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")));
        if (!there) {
            log.warn(
                    "there is no program setsid on the PATH (it comes with util-linux), so Ctrl-C ends the database at the"
                            + " same moment as the server; stop the server by kill, or install it");
            return program;
        }
        return Stream.concat(Stream.of("setsid"), program.stream()).toList();
    }

    private String run(List<String> program, Duration limit) throws IOException {
        boolean plain = program.getFirst().equals("kill");
        Process p;
        synchronized (this) {
            if (closing.get() && !plain) {
                throw new IOException("it was told to stop");
            }
            p = new ProcessBuilder(plain ? program : command(program))
                    .redirectErrorStream(true)
                    .start();
            if (!plain) {
                tool = p;
            }
        }
        try {
            String output = new String(p.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!p.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                p.destroyForcibly();
                throw new IOException(program.getFirst() + " took longer than " + limit.toSeconds() + " s");
            }
            if (p.exitValue() != 0) {
                throw new IOException(
                        program.getFirst() + " ended with status " + p.exitValue() + ": " + output.strip());
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Stops the database, or its start, and waits until it has. */
    @Override
    public synchronized void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        Process preparing = tool;
        if (preparing != null && preparing.isAlive()) {
            // initdb takes back on SIGTERM what it has made.
            preparing.destroy();
        }
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        try {
            run(List.of("kill", "-INT", Long.toString(running.pid())), Duration.ofSeconds(5));
            if (!running.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("the built-in database does not stop in {} s; killing it", STOP_LIMIT.toSeconds());
                running.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static {
        // Loads the driver before the first wait loop, so that its absence is an error and not a time-out.
        DriverManager.getDrivers();
    }
}
