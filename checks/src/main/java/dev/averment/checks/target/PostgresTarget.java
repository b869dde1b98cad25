package dev.averment.checks.target;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * A user's own PostgreSQL. Passwords are read from their files at every connection, so that one that was rotated is used
 * at once, and never stand in the URL.
 *
 * @param keyPassword opens the client's key
 * @param probe   reads the catalog
 * @param pool    what the application's pool does, if the file says so
 * @param trail   how its records of changes are asked for, if the file says so
 * @param others  tenants that are somebody's, a few of many
 * @param knocks  whether ways of connecting may be tried that the application does not use
 */
record PostgresTarget(
        PostgresAddress address,
        Optional<Path> keyPassword,
        Login runtime,
        Login probe,
        String runtimeRole,
        String tenantColumn,
        String canonicalPolicy,
        Entrance entrance,
        Canaries canaries,
        Allowances allowances,
        Optional<StatementPool.Habits> habits,
        Optional<StatementTrail> trail,
        boolean knocks,
        List<UUID> others)
        implements Database {

    /** A role to connect as. */
    record Login(String user, Path passwordFile) {}

    /**
     * How a tenant is entered.
     *
     * @param statement with one parameter, the tenant, and a second one when there is a secret
     * @param secret    what the application shows to enter, where its database asks for something
     * @param settings  where the context is kept, if the file says so
     */
    record Entrance(String statement, Optional<Path> secret, Optional<ContextSettings> settings) {}

    @Override
    public Connection connect(Role role) throws SQLException {
        return connect(
                switch (role) {
                    case RUNTIME -> runtime;
                    case PROBE -> probe;
                },
                address.properties());
    }

    private Connection connect(Login login, Properties properties) throws SQLException {
        properties.setProperty("user", login.user());
        properties.setProperty("password", secret("The password of " + login.user(), login.passwordFile()));
        if (keyPassword.isPresent() && !properties.getProperty("sslkey", "").isEmpty()) {
            properties.setProperty("sslpassword", secret("The password of the client's key", keyPassword.get()));
        }
        return DriverManager.getConnection(address.url(), properties);
    }

    private static String secret(String what, Path file) throws SQLException {
        try {
            return PlainFile.text(file).strip();
        } catch (IOException e) {
            throw new SQLException(
                    what + " can't be read from its file (" + e.getClass().getSimpleName()
                            + "); see the file's path and permissions.",
                    e);
        }
    }

    @Override
    public void enter(Connection connection, UUID workspace) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(entrance.statement())) {
            statement.setString(1, workspace.toString());
            if (entrance.secret().isPresent()) {
                statement.setString(
                        2, secret("The secret of the context", entrance.secret().get()));
            }
            statement.execute();
        }
    }

    @Override
    public Optional<ContextSettings> contextSettings() {
        return entrance.settings();
    }

    @Override
    public Optional<Pool> pool() {
        return habits.map(said -> new StatementPool(() -> connect(Role.RUNTIME), said));
    }

    @Override
    public Optional<AuditTrail> auditTrail() {
        return trail.map(said -> said);
    }

    @Override
    public Optional<Transports> transports() {
        return knocks ? Optional.of(transport -> connect(runtime, address.properties(transport))) : Optional.empty();
    }
}
