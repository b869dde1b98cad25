package dev.averment.checks.tenantkey;

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

/** Reads each table's tenant column and primary key from the catalog. */
final class TenantKeyCollector implements Collector {

    private static final String KEYS = CatalogScope.HEAD + """
            select r.name,
                   case when r.tenant is null then 'missing' else ask.tenant_column end as tenant_column,
                   coalesce(a.attnotnull
                            and not exists (select from pg_constraint n
                                             where n.conrelid = r.oid and n.contype = 'n' and n.conkey = array[r.tenant]
                                               and not n.convalidated), false) as not_null,
                   coalesce(k.conkey[1] = r.tenant, false) as leads
              from app_relation r
             cross join ask
              left join pg_attribute a on a.attrelid = r.oid and a.attnum = r.tenant
              left join pg_constraint k on k.conrelid = r.oid and k.contype = 'p'
             where r.relkind in ('r', 'p') and not r.relispartition
               and (r.reachable or r.tenant is not null)
               and r.name <> all (ask.global_tables)
             order by r.name""";

    @Override
    public Facts collect(Look look) throws CollectException {
        Database database = look.target().require(Database.class);
        List<Subject> tables = new ArrayList<>();
        try (Connection probe = database.connect(Database.Role.PROBE)) {
            CatalogScope.open(probe);
            try (PreparedStatement statement = probe.prepareStatement(KEYS)) {
                statement.setString(1, CatalogScope.parameter(database));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        tables.add(new Subject(
                                rows.getString("name"),
                                Map.of(
                                        "column", rows.getString("tenant_column"),
                                        "notNull", rows.getBoolean("not_null"),
                                        "leadsPrimaryKey", rows.getBoolean("leads"))));
                    }
                }
            } finally {
                probe.rollback();
            }
        } catch (SQLException broken) {
            throw new CollectException(
                    "The keys could not be read from the catalog (SQL state " + broken.getSQLState()
                            + "); see that the probe role of the target can connect.",
                    broken);
        }
        return new Facts(look.clock().instant(), tables, Map.of("globalTables", (long)
                database.allowances().globalTables().size()));
    }
}
