package dev.averment.checks.isolationcatalog;

/** Queries about row-level security on the tables themselves. Each gives object and detail. */
final class TableRules {
    private TableRules() {}

    static final String P04 = """
            select t.name, 'row-level security is off' from tenant_table t where not t.relrowsecurity""";

    static final String P05 = """
            select t.name, 'its owner ' || pg_get_userbyid(t.relowner) || ' is not held to the policy'
              from tenant_table t where not t.relforcerowsecurity""";

    static final String P06 = """
            select r.name, 'no column ' || ask.tenant_column
              from app_relation r
             cross join ask
             where r.relkind in ('r', 'p') and not r.relispartition and r.reachable and r.tenant is null
               and r.name <> all (ask.global_tables)""";

    static final String P07 = """
            select t.name, case when a.attnotnull then 'its NOT NULL was never validated' else 'may be null' end
              from tenant_table t
              join pg_attribute a on a.attrelid = t.oid and a.attnum = t.tenant
             where not a.attnotnull
                or exists (select from pg_constraint c -- from PostgreSQL 18 on
                            where c.conrelid = t.oid and c.contype = 'n' and c.conkey = array[t.tenant]
                              and not c.convalidated)""";

    static final String P08 = """
            select t.name, 'no permissive policy for ' || c.word
              from tenant_table t
             cross join (values ('r', 'SELECT'), ('a', 'INSERT'), ('w', 'UPDATE'), ('d', 'DELETE')) c (command, word)
             where exists (select from role_set s
                            where case when c.word = 'DELETE' then has_table_privilege(s.oid, t.oid, 'DELETE')
                                       else has_any_column_privilege(s.oid, t.oid, c.word) end)
               and not exists (select from pg_policy p
                                where p.polrelid = t.oid and p.polpermissive and p.polcmd::text in ('*', c.command)
                                  and (0 = any (p.polroles)
                                       or exists (select from role_set s where s.oid = any (p.polroles))))""";

    static final String P09 = """
            , policy as (
              select t.name, p.polname, p.polcmd::text as command,
                     0 = any (p.polroles) or exists (select from role_set s where s.oid = any (p.polroles)) as runtime,
                     regexp_replace(pg_get_expr(p.polqual, p.polrelid), '\\s+', ' ', 'g') as visible,
                     regexp_replace(pg_get_expr(p.polwithcheck, p.polrelid), '\\s+', ' ', 'g') as writable,
                     regexp_replace(ask.canonical_policy, '\\s+', ' ', 'g') as canonical
                from tenant_table t
                join pg_policy p on p.polrelid = t.oid and p.polpermissive
               cross join ask
            )
            select p.name || '/' || p.polname, 'reads USING ' || coalesce(p.visible, '(nothing)')
              from policy p
             where p.runtime and p.command <> 'a' and p.visible is distinct from p.canonical
            union all
            select p.name || '/' || p.polname, 'reads WITH CHECK ' || coalesce(p.writable, '(nothing)')
              from policy p
             where p.runtime
               and (p.command = 'a' and p.writable is distinct from p.canonical
                    or p.command in ('*', 'w') and p.writable <> p.canonical)
            union all
            select p.name || '/' || p.polname, 'is for another role and not on the list'
              from policy p
             cross join ask
             where not p.runtime and p.name || '/' || p.polname <> all (ask.other_role_policies)""";

    static final String P10 = """
            select t.name, c.word || ' is let through by ' || string_agg(p.polname, ' or ' order by p.polname)
              from tenant_table t
             cross join (values ('r', 'SELECT'), ('a', 'INSERT'), ('w', 'UPDATE'), ('d', 'DELETE')) c (command, word)
              join pg_policy p on p.polrelid = t.oid and p.polpermissive and p.polcmd::text in ('*', c.command)
               and (0 = any (p.polroles) or exists (select from role_set s where s.oid = any (p.polroles)))
             group by t.name, c.word
            having count(*) > 1""";

    static final String P18 = """
            select r.name, 'partition with privileges of its own and '
                     || case when not r.relrowsecurity then 'row-level security off'
                             when not r.relforcerowsecurity then 'row-level security not forced'
                             else 'no policy, or another one' end
              from app_relation r
             cross join ask
             where r.relispartition and r.relkind in ('r', 'p') and r.tenant is not null and r.reachable
               and r.name <> all (ask.global_tables)
               and (not r.relrowsecurity or not r.relforcerowsecurity
                    or exists (select from pg_policy p
                                where p.polrelid = r.oid and p.polpermissive
                                  and (p.polcmd <> 'a'
                                       and regexp_replace(pg_get_expr(p.polqual, r.oid), '\\s+', ' ', 'g')
                                           is distinct from regexp_replace(ask.canonical_policy, '\\s+', ' ', 'g')
                                    or p.polwithcheck is not null
                                       and regexp_replace(pg_get_expr(p.polwithcheck, r.oid), '\\s+', ' ', 'g')
                                           <> regexp_replace(ask.canonical_policy, '\\s+', ' ', 'g'))))""";
}
