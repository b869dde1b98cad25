package dev.averment.checks.postgres;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the tenant tables in the catalog: nobody has to list them, so nobody can forget one. */
public final class TenantTables {
    private TenantTables() {}

    /** More tables than this are refused rather than looked at in part. */
    public static final int MOST = 2000;

    private static final String COLUMNS = """
            select t.nspname, t.relname, ask.tenant_column,
                   t.name = any (ask.append_only_tables) as append_only,
                   has_table_privilege(ask.role, t.oid, 'DELETE') as may_delete,
                   a.attname, format_type(a.atttypid, a.atttypmod) as type,
                   has_column_privilege(ask.role, t.oid, a.attnum, 'SELECT') as may_select,
                   a.attgenerated = '' and a.attidentity <> 'a'
                     and has_column_privilege(ask.role, t.oid, a.attnum, 'INSERT') as may_insert,
                   a.attgenerated = '' and a.attidentity <> 'a'
                     and has_column_privilege(ask.role, t.oid, a.attnum, 'UPDATE') as may_update,
                   exists (select from pg_index i
                            where i.indrelid = t.oid and (i.indisunique or i.indisexclusion)
                              and a.attnum = any (i.indkey)) as in_key,
                   exists (select from pg_constraint f
                            where f.conrelid = t.oid and f.contype = 'f' and a.attnum = any (f.conkey)) as in_foreign_key
              from app_relation t
             cross join ask
              join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
             where t.relkind in ('r', 'p') and t.tenant is not null and t.name <> all (ask.global_tables)
               and (not t.relispartition or t.reachable)
             order by t.nspname, t.relname, a.attnum""";

    /** A column, and what its row says of the table; a table has as many rows as columns. */
    private record Line(
            String schema,
            String table,
            String tenant,
            boolean delete,
            boolean appendOnly,
            TenantTable.Column column) {}

    /** Every tenant table, and every partition of one that the runtime role can reach by its own name, in order. */
    public static List<TenantTable> of(Database database) throws CollectException, SQLException {
        try (Catalog catalog = Catalog.open(database)) {
            return tables(catalog.rows(COLUMNS, TenantTables::line));
        }
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getString("nspname"),
                row.getString("relname"),
                row.getString("tenant_column"),
                row.getBoolean("may_delete"),
                row.getBoolean("append_only"),
                new TenantTable.Column(
                        row.getString("attname"),
                        row.getString("type"),
                        row.getBoolean("may_select"),
                        row.getBoolean("may_insert"),
                        row.getBoolean("may_update"),
                        row.getBoolean("in_key"),
                        row.getBoolean("in_foreign_key")));
    }

    private static List<TenantTable> tables(List<Line> lines) throws CollectException {
        Map<String, List<Line>> byTable = new LinkedHashMap<>();
        for (Line line : lines) {
            byTable.computeIfAbsent(line.schema() + "." + line.table(), _ -> new ArrayList<>())
                    .add(line);
        }
        if (byTable.size() > MOST) {
            throw new CollectException("The database has more than " + MOST
                    + " tenant tables; point the check at one database a product.");
        }
        return byTable.values().stream().map(TenantTables::table).toList();
    }

    private static TenantTable table(List<Line> lines) {
        Line first = lines.getFirst();
        List<TenantTable.Column> columns = lines.stream().map(Line::column).toList();
        boolean seesTenant = columns.stream().anyMatch(c -> c.name().equals(first.tenant()) && c.select());
        return new TenantTable(
                first.schema(), first.table(), first.tenant(), seesTenant, first.delete(), first.appendOnly(), columns);
    }
}
