package dev.averment.checks.postgres;

import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalog of one database as the probe role reads it: one read-only transaction with one snapshot. The search path is
 * fixed because PostgreSQL leaves out the schema of whatever is on it when it prints an expression: a policy would read
 * differently for another role.
 */
public final class Catalog implements AutoCloseable {
    private final Connection probe;
    private final String parameter;

    /** Reads one row; moves no cursor. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private Catalog(Connection probe, String parameter) {
        this.probe = probe;
        this.parameter = parameter;
    }

    public static Catalog open(Database database) throws SQLException {
        return open(database, CatalogScope.parameter(database));
    }

    /** The same, passed off as the catalog of another server version, such as 150004 for 15.4. */
    public static Catalog open(Database database, int serverVersion) throws SQLException {
        return open(database, CatalogScope.parameter(database, serverVersion));
    }

    private static Catalog open(Database database, String parameter) throws SQLException {
        Connection probe = database.connect(Database.Role.PROBE);
        try {
            probe.setAutoCommit(false);
            try (Statement statement = probe.createStatement()) {
                statement.execute("""
                        set transaction isolation level repeatable read, read only;
                        set local search_path = pg_catalog;
                        set local statement_timeout = '10s'""");
            }
            return new Catalog(probe, parameter);
        } catch (SQLException broken) {
            probe.close();
            throw broken;
        }
    }

    /** Name of the database. */
    public String database() throws SQLException {
        return probe.getCatalog();
    }

    /** Every row of a {@code select} on the names of {@link CatalogScope#HEAD}. */
    public <T> List<T> rows(String select, Row<T> row) throws SQLException {
        return rows(select, 0, row);
    }

    /** @param most rows that are read, 0 for all */
    public <T> List<T> rows(String select, int most, Row<T> row) throws SQLException {
        try (PreparedStatement statement = probe.prepareStatement(CatalogScope.HEAD + select)) {
            statement.setString(1, parameter);
            statement.setMaxRows(most);
            return read(statement, row);
        }
    }

    /** Whether the database has a role of that name. */
    public boolean hasRole(String name) throws SQLException {
        try (PreparedStatement statement = probe.prepareStatement("select from pg_roles where rolname = ?")) {
            statement.setString(1, name);
            return !read(statement, _ -> true).isEmpty();
        }
    }

    private static <T> List<T> read(PreparedStatement statement, Row<T> row) throws SQLException {
        List<T> all = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                all.add(row.read(rows));
            }
        }
        return all;
    }

    @Override
    public void close() throws SQLException {
        try (probe) {
            probe.rollback();
        }
    }
}
