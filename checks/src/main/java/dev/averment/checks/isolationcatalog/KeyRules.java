package dev.averment.checks.isolationcatalog;

/**
 * Queries about keys. PostgreSQL checks unique and foreign keys against every row, visible or not, so a key without the
 * tenant in it answers questions about other tenants. Each gives object and detail.
 */
final class KeyRules {
    private KeyRules() {}

    static final String P11 = """
            select t.name, case when c.oid is null then 'no primary key'
                                else 'its primary key begins with '
                                     || (select a.attname from pg_attribute a
                                          where a.attrelid = t.oid and a.attnum = c.conkey[1]) end
              from tenant_table t
              left join pg_constraint c on c.conrelid = t.oid and c.contype = 'p'
             where c.oid is null or c.conkey[1] <> t.tenant""";

    static final String P12 = """
            select t.name, 'unique index ' || x.relname
              from tenant_table t
              join pg_index i on i.indrelid = t.oid and (i.indisunique or i.indisexclusion) and not i.indisprimary
              join pg_class x on x.oid = i.indexrelid
             where not exists (select from generate_series(0, i.indnkeyatts - 1) k where i.indkey[k] = t.tenant)""";

    static final String P13 = """
            select t.name, 'foreign key ' || f.conname || ' to ' || o.name
              from pg_constraint f
              join tenant_table t on t.oid = f.conrelid
              join tenant_table o on o.oid = f.confrelid
             where f.contype = 'f' and f.conparentid = 0
               and not exists (select from generate_subscripts(f.conkey, 1) k
                                where f.conkey[k] = t.tenant and f.confkey[k] = o.tenant)""";

    static final String P14 = """
            select t.name, 'foreign key ' || f.conname || ' is '
                     || case when not f.convalidated then 'not validated, or not enforced' else 'disabled' end
              from pg_constraint f
              join tenant_table t on t.oid = f.conrelid
             where f.contype = 'f' and f.conparentid = 0
               and (not f.convalidated
                    or exists (select from pg_trigger g where g.tgconstraint = f.oid and g.tgenabled in ('D', 'R')))""";

    static final String P15 = """
            select t.name, 'foreign key ' || f.conname || ' writes the tenant column '
                     || case when f.confupdtype in ('c', 'n', 'd') then 'on update' else 'on delete' end
              from pg_constraint f
              join tenant_table t on t.oid = f.conrelid
             where f.contype = 'f' and f.conparentid = 0 and t.tenant = any (f.conkey)
               and (f.confupdtype in ('c', 'n', 'd')
                    or f.confdeltype in ('n', 'd') and (f.confdelsetcols is null or t.tenant = any (f.confdelsetcols)))""";

    static final String P30 = """
            select t.name || ' (' || x.relname || ')', 'column type ' || format_type(oc.opcintype, null)
              from tenant_table t
              join pg_index i on i.indrelid = t.oid
              join pg_class x on x.oid = i.indexrelid
             cross join lateral generate_series(0, i.indnkeyatts - 1) k
              join pg_opclass oc on oc.oid = i.indclass[k]
             where not exists (select from pg_amop m
                                 join pg_operator o on o.oid = m.amopopr
                                 join pg_proc p on p.oid = o.oprcode
                                where m.amopfamily = oc.opcfamily and m.amoppurpose = 's'
                                  and m.amoplefttype = oc.opcintype and p.proleakproof)""";
}
