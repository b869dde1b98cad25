package dev.averment.checks.tenantkey;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Catalog;
import dev.averment.checks.target.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Reads each table's tenant column and primary key from the catalog. */
final class TenantKeyCollector implements Collector {

    private static final String KEYS = """
            select r.name,
                   case when r.tenant is null then 'missing' else ask.tenant_column end as tenant_column,
                   coalesce(a.attnotnull
                            and not exists (select from pg_constraint n
                                             where n.conrelid = r.oid and n.contype = 'n' and n.conkey = array[r.tenant]
                                               and not n.convalidated), false) as not_null,
                   coalesce(k.conkey[1] = r.tenant, false) as leads,
                   case when r.tenant is null then 'nothing'
                        when a.attgenerated <> '' then 'computed'
                        when a.attidentity <> '' then 'numbered'
                        when d.oid is null then 'nothing'
                        when position(f.expression in ask.canonical_policy) > 0 and position('(' in f.expression) > 0
                          or exists (select from unnest(ask.context_settings) s (name)
                                      cross join (values ('', ''), ('(', ')::' || format_type(a.atttypid, null))) w (before, after)
                                      cross join (values (''), (', true'), (', false')) m (missing)
                                      where f.expression = w.before || format('current_setting(%L::text%s)', s.name, m.missing)
                                                           || w.after) then 'context'
                        else 'constant' end as filled
              from app_relation r
             cross join ask
              left join pg_attribute a on a.attrelid = r.oid and a.attnum = r.tenant
              left join pg_attrdef d on d.adrelid = r.oid and d.adnum = r.tenant
              left join lateral (select pg_get_expr(d.adbin, d.adrelid) as expression) f on true
              left join pg_constraint k on k.conrelid = r.oid and k.contype = 'p'
             where r.relkind in ('r', 'p') and not r.relispartition
               and (r.reachable or r.tenant is not null)
               and r.name <> all (ask.global_tables)
             order by r.name""";

    @Override
    public Facts collect(Look look) throws CollectException {
        Database database = look.target().require(Database.class);
        try (Catalog catalog = Catalog.open(database)) {
            List<Subject> tables = catalog.rows(
                    KEYS,
                    row -> new Subject(
                            row.getString("name"),
                            Map.of(
                                    "column", row.getString("tenant_column"),
                                    "notNull", row.getBoolean("not_null"),
                                    "leadsPrimaryKey", row.getBoolean("leads"),
                                    "filledBy", row.getString("filled"))));
            return new Facts(look.clock().instant(), tables, Map.of("globalTables", (long)
                    database.allowances().globalTables().size()));
        } catch (SQLException broken) {
            throw new CollectException(
                    "The keys could not be read from the catalog (SQL state " + broken.getSQLState()
                            + "); see that the probe role of the target can connect.",
                    broken);
        }
    }
}
