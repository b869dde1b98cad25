package dev.averment.checks.isolationcatalog;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Catalog;
import dev.averment.checks.target.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs every rule's query in one snapshot, as the probe role, and writes down what each finds. */
final class IsolationCatalogCollector implements Collector {

    /** So many findings of one rule are listed; one is enough to fail, fifty to see the pattern. */
    static final int LISTED = 50;

    private static final String TABLES = """
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
        try (Catalog catalog = Catalog.open(database)) {
            if (!catalog.hasRole(database.runtimeRole())) {
                throw new CollectException("The database has no role " + database.runtimeRole()
                        + "; name the application's runtime role in the target file.");
            }
            List<Subject> tables = tables(catalog);
            List<Map<String, Object>> findings = new ArrayList<>();
            for (Rule rule : Rule.values()) {
                findings.addAll(findings(catalog, rule));
            }
            return new Facts(
                    look.clock().instant(),
                    tables,
                    Map.of(
                            "tables", (long) tables.size(),
                            "rules", (long) Rule.values().length,
                            "findings", List.copyOf(findings)));
        } catch (SQLException broken) {
            throw new CollectException(
                    "The catalog could not be read (SQL state " + broken.getSQLState()
                            + "); see that the probe role of the target can connect and read pg_catalog.",
                    broken);
        }
    }

    private static List<Subject> tables(Catalog catalog) throws SQLException {
        return catalog.rows(
                TABLES,
                row -> new Subject(
                        row.getString("name"),
                        Map.of(
                                "rls", row.getBoolean("relrowsecurity"),
                                "forced", row.getBoolean("relforcerowsecurity"),
                                "reachable", row.getBoolean("reachable"),
                                "policies", row.getLong("policies"),
                                "commands", row.getString("commands"))));
    }

    /** What one rule finds. */
    static List<Map<String, Object>> findings(Catalog catalog, Rule rule) throws SQLException {
        return catalog.rows(
                rule.sql(),
                LISTED,
                row -> Map.<String, Object>of(
                        "rule", rule.name(), "object", row.getString(1), "detail", row.getString(2)));
    }
}
