package dev.averment.checks.crossreferences;

import dev.averment.checks.postgres.Catalog;
import dev.averment.checks.target.Database;
import java.sql.Array;
import java.sql.SQLException;
import java.util.List;

/**
 * A foreign key between two tenant tables.
 *
 * @param name       of the constraint
 * @param table      label of the referencing table
 * @param parent     label of the referenced table
 * @param composite  whether some tenant column is paired with the parent's tenant column
 * @param usesOwnKey whether that is the row's own tenant column, and it can't be null: MATCH SIMPLE skips a key with a null,
 *                   and a second workspace column would let a row name another workspace's pair
 * @param enforced   whether it is enforced and validated, and its triggers fire
 * @param columns    referencing columns, in the key's order
 * @param parents    referenced columns, in the same order
 */
record ForeignKey(
        String name,
        String table,
        String parent,
        boolean composite,
        boolean usesOwnKey,
        boolean enforced,
        List<String> columns,
        List<String> parents) {

    private static final String KEYS = """
            select f.conname, t.name as child, o.name as parent,
                   exists (select from generate_subscripts(f.conkey, 1) k
                            where f.confkey[k] = o.tenant
                              and exists (select from pg_attribute a
                                           where a.attrelid = t.oid and a.attnum = f.conkey[k]
                                             and a.atttypid = (select p.atttypid from pg_attribute p
                                                                where p.attrelid = o.oid and p.attnum = o.tenant)))
                     as composite,
                   exists (select from generate_subscripts(f.conkey, 1) k
                            where f.conkey[k] = t.tenant and f.confkey[k] = o.tenant)
                     and (select a.attnotnull from pg_attribute a where a.attrelid = t.oid and a.attnum = t.tenant)
                     as own,
                   f.convalidated and coalesce((to_jsonb(f) ->> 'conenforced')::boolean, true)
                     and not exists (select from pg_trigger g where g.tgconstraint = f.oid and g.tgenabled in ('D', 'R'))
                     as enforced,
                   array(select a.attname::text from unnest(f.conkey) with ordinality k (n, i)
                           join pg_attribute a on a.attrelid = t.oid and a.attnum = k.n order by k.i) as columns,
                   array(select a.attname::text from unnest(f.confkey) with ordinality k (n, i)
                           join pg_attribute a on a.attrelid = o.oid and a.attnum = k.n order by k.i) as parents
              from pg_constraint f
              join tenant_table t on t.oid = f.conrelid
              join tenant_table o on o.oid = f.confrelid
             where f.contype = 'f' and f.conparentid = 0
             order by t.name, f.conname""";

    static List<ForeignKey> of(Database database) throws SQLException {
        try (Catalog catalog = Catalog.open(database)) {
            return catalog.rows(
                    KEYS,
                    row -> new ForeignKey(
                            row.getString("conname"),
                            row.getString("child"),
                            row.getString("parent"),
                            row.getBoolean("composite"),
                            row.getBoolean("own"),
                            row.getBoolean("enforced"),
                            names(row.getArray("columns")),
                            names(row.getArray("parents"))));
        }
    }

    /** As a reviewed list writes it. */
    String reference() {
        return table + "(" + String.join(", ", columns) + ") -> " + parent + "(" + String.join(", ", parents) + ")";
    }

    private static List<String> names(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
