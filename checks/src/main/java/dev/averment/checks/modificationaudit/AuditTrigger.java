package dev.averment.checks.modificationaudit;

import dev.averment.checks.postgres.Catalog;
import dev.averment.checks.target.Database;
import java.sql.SQLException;
import java.util.List;

/**
 * What the catalog says of the modification trigger on one table.
 *
 * @param table   {@code schema.table}
 * @param present whether any trigger there runs the function, however limited
 * @param always  whether each of them is ENABLE ALWAYS: others sleep under {@code session_replication_role = replica}
 * @param insert  whether inserts of every row reach it, and so on
 */
record AuditTrigger(String table, boolean present, boolean always, boolean insert, boolean update, boolean delete) {

    /** A trigger with a WHEN or a column list passes rows over, and so does not count for a command. */
    private static final String TRIGGERS = """
            , audit as (
              select g.tgrelid, g.tgenabled = 'A' as always,
                     g.tgenabled = 'A' and g.tgqual is null and coalesce(array_length(g.tgattr, 1), 0) = 0 as every_row,
                     g.tgtype::integer as kind
                from pg_trigger g
                join app_function f on f.oid = g.tgfoid
               cross join ask
               where not g.tgisinternal and f.name = ask.modification_trigger
            )
            select t.name, count(a.tgrelid) > 0 as present, coalesce(bool_and(a.always), false) as always,
                   coalesce(bool_or(a.every_row and a.kind & 4 <> 0), false) as on_insert,
                   coalesce(bool_or(a.every_row and a.kind & 16 <> 0), false) as on_update,
                   coalesce(bool_or(a.every_row and a.kind & 8 <> 0), false) as on_delete
              from tenant_table t
             cross join ask
              left join audit a on a.tgrelid = t.oid
             where t.nspname <> all (ask.unaudited_schemas) and t.name <> all (ask.unaudited_tables)
             group by t.name
             order by t.name""";

    /** What the reviewed list says of the trigger's function; {@code none} where it says nothing. */
    private static final String FUNCTION = """
            select case when not (ask.reviewed_functions ?? f.signature) then 'none'
                        when ask.reviewed_functions ->> f.signature
                             = encode(sha256(convert_to(pg_get_userbyid(f.proowner) || E'\n'
                                                        || pg_get_functiondef(f.oid), 'UTF8')), 'hex') then 'same'
                        else 'changed' end
              from app_function f
             cross join ask
             where f.name = ask.modification_trigger and f.prokind <> 'a'
             order by 1
             limit 1""";

    /** {@code same} as reviewed, {@code changed}, {@code none} reviewed, or {@code missing}. */
    static String function(Database database) throws SQLException {
        try (Catalog catalog = Catalog.open(database)) {
            return catalog.rows(FUNCTION, row -> row.getString(1)).stream()
                    .findFirst()
                    .orElse("missing");
        }
    }

    static List<AuditTrigger> of(Database database) throws SQLException {
        try (Catalog catalog = Catalog.open(database)) {
            return catalog.rows(
                    TRIGGERS,
                    row -> new AuditTrigger(
                            row.getString("name"),
                            row.getBoolean("present"),
                            row.getBoolean("always"),
                            row.getBoolean("on_insert"),
                            row.getBoolean("on_update"),
                            row.getBoolean("on_delete")));
        }
    }
}
