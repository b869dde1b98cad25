package dev.averment.checks.isolationcatalog;

/** Queries about the ways round a table's policy: views, functions, triggers, replication. Each gives object and detail. */
final class ReachRules {
    private ReachRules() {}

    static final String P16 = """
            select r.name, 'view runs as its owner ' || pg_get_userbyid(r.relowner)
              from app_relation r
             where r.relkind = 'v' and r.reachable
               and not coalesce((select o.option_value::boolean from pg_options_to_table(r.reloptions) o
                                  where o.option_name = 'security_invoker'), false)""";

    static final String P17 = """
            select r.name, case r.relkind when 'm' then 'materialized view' else 'foreign table' end
              from app_relation r
             where r.relkind in ('m', 'f') and r.reachable""";

    static final String P19 = """
            select f.name, 'runs as ' || pg_get_userbyid(f.proowner)
              from app_function f
             cross join ask
             where f.prosecdef and f.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
               and f.name <> all (ask.security_definers)
               and exists (select from role_set s
                            where has_function_privilege(s.oid, f.oid, 'EXECUTE')
                              and has_schema_privilege(s.oid, f.schema, 'USAGE'))""";

    static final String P20 = """
            , definer as (
              select f.name, c.path,
                     array(select trim(both '"' from trim(e)) from unnest(string_to_array(c.path, ',')) e) as elements
                from app_function f
                left join lateral (select substr(s, length('search_path=') + 1) as path
                                     from unnest(f.proconfig) s where s like 'search_path=%') c on true
               where f.prosecdef
            )
            select d.name,
                   case when d.path is null then 'no search_path of its own'
                        when '$user' = any (d.elements) then 'its search_path follows the caller'
                        else 'its search_path lets the runtime role put objects in its way' end
              from definer d
             where d.path is null
                or '$user' = any (d.elements)
                or exists (select from pg_namespace n
                            where n.nspname = any (d.elements) and n.nspname not like 'pg\\_temp%'
                              and exists (select from role_set s where has_schema_privilege(s.oid, n.oid, 'CREATE')))
                -- The temporary schema comes first unless the path names it, so that a temporary table of the caller
                -- stands before the one that the function means.
                or d.elements[cardinality(d.elements)] is distinct from 'pg_temp'
                   and exists (select from unnest(d.elements) e where e not in ('', 'pg_catalog', 'pg_temp'))
                   and exists (select from role_set s where has_database_privilege(s.oid, current_database(), 'TEMP'))""";

    static final String P21 = """
            select f.name, 'is marked LEAKPROOF' from app_function f where f.proleakproof""";

    static final String P26 = """
            select r.name, 'trigger ' || g.tgname || ' runs ' || f.name || ' as ' || pg_get_userbyid(f.proowner)
              from pg_trigger g
              join app_relation r on r.oid = g.tgrelid
              join app_function f on f.oid = g.tgfoid
             cross join ask
             where not g.tgisinternal and f.prosecdef and r.reachable
               and f.name <> all (ask.security_definers) and f.name <> ask.modification_trigger""";

    static final String P28 = """
            select 'publication ' || p.pubname, 'sends out ' || string_agg(t.name, ', ' order by t.name)
              from pg_publication_tables p
              join app_relation t on t.nspname = p.schemaname and t.relname = p.tablename and t.tenant is not null
             cross join ask
             where t.name <> all (ask.global_tables)
             group by p.pubname""";

    static final String P29 = """
            select 'PostgreSQL ' || v.major || '.' || v.minor,
                   coalesce('a hole in row-level security was closed in ' || v.major || '.' || f.minor,
                            'no release of this major version is looked after here; 15 is the oldest')
              from (select server_version / 10000 as major, server_version % 10000 as minor from ask) v
              left join (values (15, 14), (16, 10), (17, 6)) f (major, minor) on f.major = v.major
             where v.major < 15 or v.minor < f.minor""";
}
