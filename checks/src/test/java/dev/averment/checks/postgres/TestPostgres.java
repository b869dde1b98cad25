package dev.averment.checks.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * One PostgreSQL server a JVM, from the binaries on the class path, with TLS on. The sample schema is made once in a
 * template; a test clones it. The name's beginning decides what a database's connections must be: {@code tls_…} refuses
 * plain ones, {@code mtls_…} demands a client certificate as well, all others take what comes. That needs PostgreSQL 16, where
 * such lines of pg_hba.conf came in; on 15 the tests of database-transport can't pass, all others do.
 */
public final class TestPostgres {
    private static final String BINARIES = "/postgres-linux-x86_64.txz";
    private static final String TEMPLATE = "sample_template";
    private static final AtomicInteger CLONES = new AtomicInteger();
    private static final Deque<String> ALIVE = new ArrayDeque<>();
    private static final TestPostgres SERVER = start();

    private final Path home;
    private final int port;
    private final TestCertificates certificates;

    private TestPostgres(Path home, int port, TestCertificates certificates) {
        this.home = home;
        this.port = port;
        this.certificates = certificates;
    }

    public static TestPostgres server() {
        return SERVER;
    }

    public int port() {
        return port;
    }

    /** 15 to 18: {@code -Dpostgres-binaries.version=15.19.0} runs the tests on an older one. */
    public int majorVersion() throws SQLException {
        try (Connection admin = connect("postgres", "postgres")) {
            return admin.getMetaData().getDatabaseMajorVersion();
        }
    }

    public TestCertificates certificates() {
        return certificates;
    }

    /** A database of its own, a copy of the sample. Goes when three younger ones are there: a test needs no more at once. */
    public static synchronized String fresh(String prefix) throws SQLException {
        String name = prefix + CLONES.incrementAndGet();
        try (Connection admin = SERVER.connect("postgres", "postgres");
                Statement statement = admin.createStatement()) {
            statement.execute("create database " + name + " template " + TEMPLATE);
            statement.execute("revoke temporary on database " + name + " from public");
            ALIVE.add(name);
            if (ALIVE.size() > 3) {
                statement.execute("drop database " + ALIVE.remove() + " with (force)");
            }
        }
        return name;
    }

    /** A plain connection. */
    public Connection connect(String database, String role) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("sslmode", "disable");
        return connect(database, properties);
    }

    public Connection connect(String database, Properties properties) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    /** The cluster's superuser, in one database: to plant and remove defects. */
    public void asSuperuser(String database, String sql) throws SQLException {
        // Over TLS with a certificate, so that it works in every kind of database.
        try (Connection admin = connect(database, certificates.properties("postgres", true));
                Statement statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    private static TestPostgres start() {
        try {
            Path home = Files.createTempDirectory(
                    "averment-postgres",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            extract(home);
            TestCertificates certificates = TestCertificates.make(home);
            int port;
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            Path data = home.resolve("data");
            run(home, "initdb", "-D", data.toString(), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync");
            Files.writeString(data.resolve("postgresql.conf"), """
                    listen_addresses = '127.0.0.1'
                    port = %d
                    unix_socket_directories = ''
                    fsync = off
                    max_connections = 60
                    wal_level = logical
                    ssl = on
                    ssl_cert_file = '%s'
                    ssl_key_file = '%s'
                    ssl_ca_file = '%s'
                    """.formatted(
                    port, certificates.serverCertificate(), certificates.serverKey(), certificates.authority()));
            Files.writeString(data.resolve("pg_hba.conf"), """
                    hostssl "/^mtls_" all 127.0.0.1/32 trust clientcert=verify-ca
                    hostssl "/^tls_"  all 127.0.0.1/32 trust
                    host    "/^mtls_" all 127.0.0.1/32 reject
                    host    "/^tls_"  all 127.0.0.1/32 reject
                    host    all       all 127.0.0.1/32 trust
                    """);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(home)));
            run(
                    home,
                    "pg_ctl",
                    "-D",
                    data.toString(),
                    "-l",
                    home.resolve("server.log").toString(),
                    "-w",
                    "start");
            TestPostgres server = new TestPostgres(home, port, certificates);
            server.makeTemplate();
            return server;
        } catch (IOException | SQLException | InterruptedException e) {
            throw new IllegalStateException("PostgreSQL did not start for the tests", e);
        }
    }

    private void makeTemplate() throws SQLException, IOException {
        asSuperuser("postgres", "create database " + TEMPLATE);
        asSuperuser(TEMPLATE, resource("/sample-schema.sql"));
    }

    /** A text resource of the tests. */
    public static String resource(String path) {
        try (InputStream in = TestPostgres.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void extract(Path home) throws IOException {
        try (InputStream raw = TestPostgres.class.getResourceAsStream(BINARIES)) {
            if (raw == null) {
                throw new IOException("no PostgreSQL binaries for this machine on the class path: " + BINARIES);
            }
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(raw)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    Path file = home.resolve(entry.getName()).normalize();
                    if (!file.startsWith(home)) {
                        throw new IOException("the archive points outside: " + entry.getName());
                    }
                    if (entry.isDirectory()) {
                        Files.createDirectories(file);
                    } else if (entry.isSymbolicLink()) {
                        Files.createDirectories(file.getParent());
                        Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                    } else {
                        Files.createDirectories(file.getParent());
                        Files.copy(tar, file);
                        if ((entry.getMode() & 0100) != 0) {
                            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                        }
                    }
                }
            }
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace without a mapping it is nobody. */
    private static void run(Path home, String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = home.resolve(program + ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(program + " failed: " + Files.readString(output));
        }
    }

    private static void stop(Path home) {
        try {
            run(home, "pg_ctl", "-D", home.resolve("data").toString(), "-m", "immediate", "-w", "stop");
            try (var files = Files.walk(home)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            System.err.println("PostgreSQL of the tests was left behind in " + home + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
