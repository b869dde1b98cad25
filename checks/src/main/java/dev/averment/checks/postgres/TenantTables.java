package dev.averment.checks.postgres;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds the tenant tables in the catalog: nobody has to list them, so nobody can forget one. */
public final class TenantTables {
    private TenantTables() {}

    /** More tables than this are refused rather than looked at in part. */
    public static final int MOST = 2000;

    private static final String COLUMNS = CatalogScope.HEAD + """
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

    /** Every tenant table, and every partition of one that the runtime role can reach by its own name, in order. */
    public static List<TenantTable> of(Database database) throws CollectException, SQLException {
        try (Connection probe = database.connect(Database.Role.PROBE)) {
            CatalogScope.open(probe);
            try (PreparedStatement statement = probe.prepareStatement(COLUMNS)) {
                statement.setString(1, CatalogScope.parameter(database));
                try (ResultSet rows = statement.executeQuery()) {
                    return read(rows);
                }
            } finally {
                probe.rollback();
            }
        }
    }

    private static List<TenantTable> read(ResultSet rows) throws SQLException, CollectException {
        List<TenantTable> tables = new ArrayList<>();
        while (rows.next()) {
            String schema = rows.getString("nspname");
            String name = rows.getString("relname");
            TenantTable.Column column = new TenantTable.Column(
                    rows.getString("attname"),
                    rows.getString("type"),
                    rows.getBoolean("may_select"),
                    rows.getBoolean("may_insert"),
                    rows.getBoolean("may_update"),
                    rows.getBoolean("in_key"),
                    rows.getBoolean("in_foreign_key"));
            String tenant = rows.getString("tenant_column");
            boolean seesTenant = column.name().equals(tenant) && column.select();
            TenantTable last = tables.isEmpty() ? null : tables.getLast();
            if (last != null && last.schema().equals(schema) && last.name().equals(name)) {
                List<TenantTable.Column> columns = new ArrayList<>(last.columns());
                columns.add(column);
                tables.set(
                        tables.size() - 1,
                        new TenantTable(
                                schema,
                                name,
                                tenant,
                                last.select() || seesTenant,
                                last.delete(),
                                last.appendOnly(),
                                columns));
                continue;
            }
            if (tables.size() == MOST) {
                throw new CollectException("The database has more than " + MOST
                        + " tenant tables; point the check at one database a product.");
            }
            tables.add(new TenantTable(
                    schema,
                    name,
                    tenant,
                    seesTenant,
                    rows.getBoolean("may_delete"),
                    rows.getBoolean("append_only"),
                    List.of(column)));
        }
        return tables;
    }
}
