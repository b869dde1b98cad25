package dev.averment.server.database;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** How each role reaches the database: the address, and for each role its credential from the data folder. */
public final class DatabaseAccess {
    /** Name of the application's database inside the server, unless {@link #inDatabase} gives another. */
    public static final String DATABASE = "averment";

    private final DataFolder data;
    private final String address;
    private final Properties transport;
    private final String administrator;
    private final Secret administratorPassword;
    private final boolean clientCertificates;
    private final String announcement;
    private final String database;

    /** Reads a secret when it is needed, so that a replaced file counts at the next connection. */
    @FunctionalInterface
    interface Secret {
        String read() throws IOException;
    }

    private DatabaseAccess(
            DataFolder data,
            String address,
            Properties transport,
            String administrator,
            Secret administratorPassword,
            boolean clientCertificates,
            String announcement,
            String database) {
        this.data = data;
        this.address = address;
        this.transport = transport;
        this.administrator = administrator;
        this.administratorPassword = administratorPassword;
        this.clientCertificates = clientCertificates;
        this.announcement = announcement;
        this.database = database;
    }

    /** The database in the data folder, over TLS with a client certificate for each role. */
    public static DatabaseAccess embedded(DataFolder data, int port) {
        var transport = new Properties();
        transport.setProperty("sslmode", "verify-full");
        transport.setProperty("sslrootcert", data.path("tls", "ca.crt").toString());
        return new DatabaseAccess(
                data,
                "jdbc:postgresql://localhost:" + port + "/",
                transport,
                EmbeddedPostgres.SUPERUSER,
                () -> data.secret("postgres-superuser"),
                true,
                "port:" + port,
                DATABASE);
    }

    /**
     * A database that others run, described by a properties file: {@code url} (jdbc:postgresql://host:port/, with
     * {@code sslmode=verify-full}), {@code user} and {@code passwordFile} of a superuser.
     */
    public static DatabaseAccess external(DataFolder data, Path file) throws StartException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new StartException(
                    "The database file " + file + (Files.exists(file) ? " can't be read" : " is not there")
                            + ". Give --database a properties file with url, user and passwordFile.",
                    e);
        }
        String url = needed(properties, "url", file);
        String user = needed(properties, "user", file);
        Path passwordFile = file.resolveSibling(needed(properties, "passwordFile", file));
        if (!Files.isReadable(passwordFile)) {
            throw new StartException("The password file " + passwordFile + " is not there or can't be read. The line"
                    + " passwordFile= in " + file + " names a file with the password of " + user
                    + " alone; a relative name counts from the folder of " + file + ".");
        }
        if (!url.startsWith("jdbc:postgresql://")) {
            throw new StartException("The url in " + file + " must start with jdbc:postgresql:// and name a host.");
        }
        int query = url.indexOf('?');
        var transport = new Properties();
        if (query >= 0) {
            for (String pair : url.substring(query + 1).split("&")) {
                String[] halves = pair.split("=", 2);
                transport.setProperty(halves[0], halves.length > 1 ? halves[1] : "");
            }
        }
        if (!transport.getProperty("sslmode", "").startsWith("verify-")) {
            throw new StartException("The url in " + file + " must end in ?sslmode=verify-full&sslrootcert=FILE: a"
                    + " connection that does not check the server's certificate can be read by others.");
        }
        String base = query < 0 ? url : url.substring(0, query);
        String address = base.substring(0, base.indexOf('/', "jdbc:postgresql://".length()) + 1);
        if (address.isEmpty()) {
            address = base + "/";
        }
        return new DatabaseAccess(
                data,
                address,
                transport,
                user,
                () -> Files.readString(passwordFile).strip(),
                false,
                "file:" + file.toAbsolutePath(),
                DATABASE);
    }

    /** As a server on {@code data} announced it: the embedded database, or the one that {@code file} describes. */
    public static DatabaseAccess of(DataFolder data, String announced) throws IOException {
        if (announced.startsWith("port:")) {
            return embedded(data, Integer.parseInt(announced.substring("port:".length())));
        }
        try {
            return external(data, Path.of(announced.substring("file:".length())));
        } catch (StartException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The same server and roles, with the application's tables in the database {@code name}. */
    public DatabaseAccess inDatabase(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("a database is named in small letters, digits and _, not " + name);
        }
        return new DatabaseAccess(
                data, address, transport, administrator, administratorPassword, clientCertificates, announcement, name);
    }

    /** The same database, prepared by {@code name}: for administrators who are no superuser. */
    DatabaseAccess administeredBy(String name, String password) {
        return new DatabaseAccess(
                data, address, transport, name, () -> password, clientCertificates, announcement, database);
    }

    /** Name of the application's database. */
    public String database() {
        return database;
    }

    /** What {@link #of} needs to reach the same database: {@code port:N} or {@code file:PATH}. */
    public String announcement() {
        return announcement;
    }

    private static String needed(Properties properties, String name, Path file) throws StartException {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new StartException("The database file " + file + " lacks the line " + name + "=…");
        }
        return value.strip();
    }

    /** The role that made the other roles. */
    public String administrator() {
        return administrator;
    }

    /** True when each role also shows a certificate of its own. */
    public boolean clientCertificates() {
        return clientCertificates;
    }

    /** JDBC address of {@code database}, without any credential in it. */
    public String url(String database) {
        return address + database;
    }

    /** Credential and transport of {@code role} as the JDBC driver takes them. */
    public Properties properties(String role) throws IOException {
        var all = new Properties();
        transport.forEach((k, v) -> all.setProperty((String) k, (String) v));
        all.setProperty("user", role);
        all.setProperty(
                "password", role.equals(administrator) ? administratorPassword.read() : data.secret("role-" + role));
        all.setProperty("ApplicationName", role);
        all.setProperty("options", "-c TimeZone=UTC");
        all.setProperty("connectTimeout", "10");
        all.setProperty("tcpKeepAlive", "true");
        if (clientCertificates) {
            all.setProperty("sslcert", data.path("tls", role + ".crt").toString());
            all.setProperty("sslkey", data.path("tls", role + ".pk8").toString());
        }
        return all;
    }

    /** A new connection of {@code role} to the application's database. */
    public Connection connect(String role) throws SQLException {
        return connect(role, database);
    }

    /** A new connection of {@code role} to {@code database}. */
    public Connection connect(String role, String database) throws SQLException {
        return connect(role, database, Map.of());
    }

    /** A new connection with some properties replaced: checks use it to knock at doors that should be shut. */
    public Connection connect(String role, String database, Map<String, String> replaced) throws SQLException {
        try {
            Properties all = properties(role);
            replaced.forEach((k, v) -> {
                if (v.isEmpty()) {
                    all.remove(k);
                } else {
                    all.setProperty(k, v);
                }
            });
            return DriverManager.getConnection(url(database), all);
        } catch (IOException e) {
            throw new SQLException("the credential of " + role + " can't be read: " + e.getMessage(), "28000", e);
        }
    }
}
