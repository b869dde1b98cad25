package dev.averment.sabotage.instance;

import dev.averment.checks.Target;
import dev.averment.checks.target.Database;
import dev.averment.claims.Page;
import dev.averment.sabotage.code.CodeMistake;
import dev.averment.sabotage.edge.EdgeRule;
import dev.averment.sabotage.edge.SpoiltEdge;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.Folders;
import dev.averment.server.proving.InstanceTarget;
import dev.averment.server.tenancy.WellKnown;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A running disposable server, as whoever wants to break it reaches it: as superuser, in its files, at its edge. */
public final class Instance implements AutoCloseable {
    /** No fault may wait longer for a lock or a statement. */
    private static final String PATIENCE = "set lock_timeout = '10s'; set statement_timeout = '20s'";

    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(25);

    private final Path work;
    private final DisposableServer server;
    private final Page page;
    private final DatabaseAccess access;
    private final InstanceTarget target;

    /** Deletes the folder when the program is interrupted; the server's own folder has the server's own hook. */
    private final Thread sweeper;

    private Instance(
            Path work,
            Thread sweeper,
            DisposableServer server,
            Page page,
            DatabaseAccess access,
            InstanceTarget target) {
        this.work = work;
        this.sweeper = sweeper;
        this.server = server;
        this.page = page;
        this.access = access;
        this.target = target;
    }

    /** Starts a server as {@code launch} says, with an edge that can be spoilt. */
    public static Instance start(Launch launch) throws InstanceException, InterruptedException {
        Path work;
        try {
            work = Files.createTempDirectory("averment-sabotage-");
        } catch (IOException e) {
            throw new InstanceException("No folder for an instance can be made: " + e.getMessage(), e);
        }
        var sweeper = new Thread(() -> sweep(work));
        DisposableServer server = null;
        try {
            Runtime.getRuntime().addShutdownHook(sweeper);
            Path file = Files.write(
                    work.resolve(launch.page().id() + ".yaml"), launch.page().source());
            Path registers = launch.registers();
            if (registers != null) {
                Files.copy(
                        registers,
                        Files.createDirectory(work.resolve("registers")).resolve(file.getFileName()));
            }
            EdgeRule.write(work.resolve("edge"), List.of());
            server = DisposableServer.start(new DisposableServer.Start(
                    new ServerLibraries(launch.libraries().path() + File.pathSeparator + ownClasses()),
                    file,
                    arguments(launch),
                    Map.of("JDK_JAVA_OPTIONS", options(launch, work)),
                    DisposableServer.START_LIMIT,
                    StandIns.of(launch.page())));
            var announced = dev.averment.server.proving.Instance.read(server.dataFolder());
            var data = DataFolder.readOnly(server.dataFolder());
            var access = DatabaseAccess.of(data, announced.database());
            return new Instance(work, sweeper, server, launch.page(), access, InstanceTarget.of(server.dataFolder()));
        } catch (IOException | RuntimeException e) {
            discard(server, work, sweeper);
            throw new InstanceException("An instance to break can't be made: " + e.getMessage(), e);
        } catch (InstanceException | InterruptedException e) {
            discard(server, work, sweeper);
            throw e;
        }
    }

    private static List<String> arguments(Launch launch) throws IOException {
        var all = new java.util.ArrayList<>(List.of("--reading-port", Integer.toString(freePort())));
        all.addAll(launch.arguments());
        return all;
    }

    /** The plain listener is among what may be broken; it wants a port that is named. */
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String options(Launch launch, Path work) throws IOException {
        var all = new java.util.ArrayList<>(launch.options());
        all.add("-D" + SpoiltEdge.RULES + "=" + work.resolve("edge"));
        if (!launch.mistakes().isEmpty()) {
            all.add(CodeMistake.option(work.resolve("mistakes.jar"), launch.mistakes()));
        }
        // Spring Boot takes further sources of an application by this name; the product itself knows nothing of them.
        all.add("-Dspring.main.sources=" + SpoiltEdge.class.getName());
        return all.stream().map(option -> '"' + option + '"').collect(Collectors.joining(" "));
    }

    private static Path ownClasses() throws IOException {
        try {
            var source = SpoiltEdge.class.getProtectionDomain().getCodeSource();
            if (source == null) {
                throw new IOException("it is not known where the faults' own classes lie");
            }
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** The page in force. */
    public Page page() {
        return page;
    }

    /** The server as checks see it. */
    public Target target() {
        return target;
    }

    public boolean alive() {
        return server.alive();
    }

    /** Runs statements as superuser, all or none. */
    public void asSuperuser(String... statements) throws PlantException {
        asSuperuser(connection -> {
            try (Statement s = connection.createStatement()) {
                for (String statement : statements) {
                    s.execute(statement);
                }
            }
            return true;
        });
    }

    /** Work with a connection; it may throw what JDBC throws. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T with(Connection connection) throws SQLException;
    }

    /** Runs {@code work} as superuser in one transaction. */
    public <T extends @Nullable Object> T asSuperuser(Work<T> work) throws PlantException {
        try (Connection connection = superuser(DatabaseAccess.DATABASE)) {
            return committed(connection, work);
        } catch (SQLException e) {
            throw new PlantException("as superuser: " + e.getMessage(), e);
        }
    }

    /** Runs {@code work} as the application's own role in the operator's workspace, as the application itself would. */
    public <T extends @Nullable Object> T asOperator(Work<T> work) throws PlantException {
        Database database =
                target.facility(Database.class).orElseThrow(() -> new PlantException("the instance shows no database"));
        try (Connection connection = database.connect(Database.Role.RUNTIME)) {
            return committed(connection, c -> {
                database.enter(c, WellKnown.OPERATOR);
                return work.with(c);
            });
        } catch (SQLException e) {
            throw new PlantException("as the application: " + e.getMessage(), e);
        }
    }

    /** Runs {@code statement} in a session of the superuser that stays until it is closed. */
    public Connection session(String statement) throws PlantException {
        try {
            Connection connection = superuser(DatabaseAccess.DATABASE);
            try (Statement s = connection.createStatement()) {
                s.execute(statement);
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new PlantException("as superuser: " + e.getMessage(), e);
        }
    }

    private static <T extends @Nullable Object> T committed(Connection connection, Work<T> work) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(PATIENCE);
        }
        connection.setAutoCommit(false);
        T result = work.with(connection);
        connection.commit();
        return result;
    }

    private Connection superuser(String database) throws SQLException {
        return access.connect(access.administrator(), database);
    }

    /** Says from now on which rules of the edge are broken. */
    public void edge(List<EdgeRule> rules) throws PlantException {
        try {
            EdgeRule.write(work.resolve("edge"), rules);
        } catch (IOException e) {
            throw new PlantException("the edge's rules can't be written: " + e.getMessage(), e);
        }
    }

    /** A file of the server's data folder, such as {@code secrets/keys-cookies}. */
    public Path data(String name) {
        return server.dataFolder().resolve(name);
    }

    /** A file of the database's own folder, such as {@code pg_hba.conf}. */
    public Path cluster(String name) {
        return server.dataFolder().resolve("postgres").resolve(name);
    }

    /** Has the database read its configuration again, and waits until new connections are under it. */
    public void reload() throws PlantException, InterruptedException {
        try {
            String before = loaded();
            try (Connection c = superuser("postgres");
                    Statement s = c.createStatement()) {
                s.execute("select pg_reload_conf()");
            }
            long end = System.nanoTime() + RELOAD_LIMIT.toNanos();
            while (loaded().equals(before)) {
                if (System.nanoTime() > end) {
                    throw new PlantException("the database did not read its configuration again");
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                // Another process's state sends no signal.
                LockSupport.parkNanos(LOOK.toNanos());
            }
        } catch (SQLException e) {
            throw new PlantException("the database's configuration can't be read again: " + e.getMessage(), e);
        }
    }

    private String loaded() throws SQLException {
        try (Connection c = superuser("postgres");
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery("select pg_conf_load_time()")) {
            r.next();
            return r.getString(1);
        }
    }

    /** The end of what the server said; for a report of an instance that died. */
    public String tail() {
        return server.tail();
    }

    @Override
    public void close() {
        target.close();
        discard(server, work, sweeper);
    }

    private static void discard(@Nullable DisposableServer server, Path work, Thread sweeper) {
        if (server != null) {
            server.close();
        }
        sweep(work);
        try {
            Runtime.getRuntime().removeShutdownHook(sweeper);
        } catch (IllegalStateException e) {
            // This program is ending, and the hook found nothing left.
            return;
        }
    }

    private static synchronized void sweep(Path work) {
        try {
            Folders.delete(work);
        } catch (IOException e) {
            System.getLogger(Instance.class.getName())
                    .log(System.Logger.Level.WARNING, "The folder {0} is left behind: {1}", work, e);
        }
    }
}
