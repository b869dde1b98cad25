package dev.averment.checks.isolationcatalog;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.CatalogScope;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs every rule's query in one snapshot, as the probe role, and writes down what each finds. */
final class IsolationCatalogCollector implements Collector {

    /** So many findings of one rule are listed; one is enough to fail, fifty to see the pattern. */
    static final int LISTED = 50;

    private static final String TABLES = CatalogScope.HEAD + """
            select t.name, t.relrowsecurity, t.relforcerowsecurity, t.reachable,
                   (select count(*) from pg_policy p where p.polrelid = t.oid) as policies,
                   array_to_string(array(select c.word from (values ('SELECT'), ('INSERT'), ('UPDATE')) c (word)
                                          where has_any_column_privilege(ask.role, t.oid, c.word)
                                         union all
                                         select 'DELETE' where has_table_privilege(ask.role, t.oid, 'DELETE')), ',') as commands
              from tenant_table t
             cross join ask
             order by t.name""";

    @Override
    public Facts collect(Look look) throws CollectException {
        Database database = look.target().require(Database.class);
        try (Connection probe = database.connect(Database.Role.PROBE)) {
            CatalogScope.open(probe);
            try {
                requireRole(probe, database);
                String parameter = CatalogScope.parameter(database);
                List<Subject> tables = tables(probe, parameter);
                List<Map<String, Object>> findings = new ArrayList<>();
                for (Rule rule : Rule.values()) {
                    findings.addAll(findings(probe, rule, parameter));
                }
                return new Facts(
                        look.clock().instant(),
                        tables,
                        Map.of(
                                "tables", (long) tables.size(),
                                "rules", (long) Rule.values().length,
                                "findings", List.copyOf(findings)));
            } finally {
                probe.rollback();
            }
        } catch (SQLException broken) {
            throw new CollectException(
                    "The catalog could not be read (SQL state " + broken.getSQLState()
                            + "); see that the probe role of the target can connect and read pg_catalog.",
                    broken);
        }
    }

    private static void requireRole(Connection probe, Database database) throws SQLException, CollectException {
        try (PreparedStatement statement = probe.prepareStatement("select from pg_roles where rolname = ?")) {
            statement.setString(1, database.runtimeRole());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new CollectException("The database has no role " + database.runtimeRole()
                            + "; name the application's runtime role in the target file.");
                }
            }
        }
    }

    private static List<Subject> tables(Connection probe, String parameter) throws SQLException {
        List<Subject> tables = new ArrayList<>();
        try (PreparedStatement statement = probe.prepareStatement(TABLES)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tables.add(new Subject(
                            rows.getString("name"),
                            Map.of(
                                    "rls", rows.getBoolean("relrowsecurity"),
                                    "forced", rows.getBoolean("relforcerowsecurity"),
                                    "reachable", rows.getBoolean("reachable"),
                                    "policies", rows.getLong("policies"),
                                    "commands", rows.getString("commands"))));
                }
            }
        }
        return tables;
    }

    /** What one rule finds, for the parameter of a scope. */
    static List<Map<String, Object>> findings(Connection probe, Rule rule, String parameter) throws SQLException {
        List<Map<String, Object>> findings = new ArrayList<>();
        try (PreparedStatement statement = probe.prepareStatement(CatalogScope.HEAD + rule.sql())) {
            statement.setString(1, parameter);
            statement.setMaxRows(LISTED);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    findings.add(Map.of("rule", rule.name(), "object", rows.getString(1), "detail", rows.getString(2)));
                }
            }
        }
        return findings;
    }
}
