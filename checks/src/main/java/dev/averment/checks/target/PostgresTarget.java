package dev.averment.checks.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;

/**
 * A user's own PostgreSQL. Passwords are read from their files at every connection, so that one that was rotated is used
 * at once, and never stand in the URL.
 */
final class PostgresTarget implements Database {

    /** A role to connect as. */
    record Login(String user, Path passwordFile) {}

    private final String url;
    private final Login runtime;
    private final Login probe;
    private final String runtimeRole;
    private final String tenantColumn;
    private final String policy;
    private final String contextStatement;
    private final Canaries canaries;
    private final Allowances allowances;

    PostgresTarget(
            String url,
            Login runtime,
            Login probe,
            String runtimeRole,
            String tenantColumn,
            String policy,
            String contextStatement,
            Canaries canaries,
            Allowances allowances) {
        this.url = url;
        this.runtime = runtime;
        this.probe = probe;
        this.runtimeRole = runtimeRole;
        this.tenantColumn = tenantColumn;
        this.policy = policy;
        this.contextStatement = contextStatement;
        this.canaries = canaries;
        this.allowances = allowances;
    }

    @Override
    public Connection connect(Role role) throws SQLException {
        Login login = switch (role) {
            case RUNTIME -> runtime;
            case PROBE -> probe;
        };
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", password(login));
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("ApplicationName", "averment");
        return DriverManager.getConnection(url, properties);
    }

    private static String password(Login login) throws SQLException {
        try {
            return Files.readString(login.passwordFile()).strip();
        } catch (IOException e) {
            throw new SQLException(
                    "The password file of " + login.user() + " can't be read ("
                            + e.getClass().getSimpleName() + "); see its path and permissions.",
                    e);
        }
    }

    @Override
    public void enter(Connection connection, UUID workspace) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(contextStatement)) {
            statement.setString(1, workspace.toString());
            statement.execute();
        }
    }

    @Override
    public String runtimeRole() {
        return runtimeRole;
    }

    @Override
    public String tenantColumn() {
        return tenantColumn;
    }

    @Override
    public String canonicalPolicy() {
        return policy;
    }

    @Override
    public Canaries canaries() {
        return canaries;
    }

    @Override
    public Allowances allowances() {
        return allowances;
    }
}
