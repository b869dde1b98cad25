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
            select f.signature,
                   'runs as ' || pg_get_userbyid(f.proowner)
                     || case when f.name = any (ask.security_definers)
                             then '; the list names it without its argument types, and there are ' || f.of_that_name else '' end
              from app_function f
             cross join ask
             where f.prosecdef and f.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
               and f.oid not in (select oid from reviewed_definer)
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
             where f.prosecdef and r.reachable
               and f.oid not in (select oid from reviewed_definer) and f.name <> ask.modification_trigger""";

    static final String P28 = """
            select 'publication ' || p.pubname, 'sends out ' || string_agg(t.name, ', ' order by t.name)
              from pg_publication_tables p
              join app_relation t on t.nspname = p.schemaname and t.relname = p.tablename and t.tenant is not null
             cross join ask
             where t.name <> all (ask.global_tables)
             group by p.pubname""";

    static final String P31 = """
            select r.key, coalesce('is sha256:' || f.digest || ', not sha256:' || r.value,
                                   'is on the list of reviewed functions and not in the database')
              from ask
             cross join lateral jsonb_each_text(ask.reviewed_functions) r
              left join lateral (select encode(sha256(convert_to(pg_get_userbyid(f.proowner) || E'\n'
                                                                 || pg_get_functiondef(f.oid), 'UTF8')), 'hex') as digest
                                   from app_function f
                                  where f.signature = r.key and f.prokind <> 'a') f on true
             where f.digest is distinct from r.value""";

    /** Every role counts, not the runtime role alone: one that holds the key makes seals for all. */
    static final String P32 = """
            select r.name, p.privilege_type || ' for ' || case p.grantee when 0 then 'everybody' else pg_get_userbyid(p.grantee) end
              from app_relation r
             cross join ask
             cross join lateral (
               select a.grantee, a.privilege_type from aclexplode(r.relacl) a
               union
               select a.grantee, a.privilege_type || ' (' || c.attname || ')'
                 from pg_attribute c
                cross join lateral aclexplode(c.attacl) a
                where c.attrelid = r.oid and not c.attisdropped) p
             where r.name = any (ask.key_tables) and p.grantee <> r.relowner""";

    static final String P33 = """
            select r.name, 'rule ' || w.rulename
              from pg_rewrite w
              join app_relation r on r.oid = w.ev_class
             where w.rulename <> '_RETURN' or r.relkind not in ('v', 'm')""";

    static final String P34 = """
            select 'event trigger ' || e.evtname, 'runs ' || p.oid::regprocedure || ' on ' || e.evtevent
              from pg_event_trigger e
              join pg_proc p on p.oid = e.evtfoid
             cross join ask
             where e.evtname <> all (ask.event_triggers)
               and not exists (select from extension_object d where d.classid = 'pg_proc'::regclass and d.objid = p.oid)""";

    static final String P35 = """
            select 'extension ' || e.extname, pg_describe_object(d.classid, d.objid, 0) || ' is declared a part of it'
              from pg_extension e
              join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'e'
             where d.classid in ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_namespace'::regclass)
               and not exists (select from extension_object o where o.classid = d.classid and o.objid = d.objid)
               and (d.classid <> 'pg_class'::regclass
                    or exists (select from app_relation r where r.oid = d.objid))
            union all
            select 'extension ' || e.extname, 'is not on the reviewed list'
              from pg_extension e
             cross join ask
             where cardinality(ask.extensions) > 0 and e.extname <> all (ask.extensions)""";

    static final String P29 = """
            select 'PostgreSQL ' || v.major || '.' || v.minor,
                   coalesce('a hole in row-level security was closed in ' || v.major || '.' || f.minor,
                            'no release of this major version is looked after here; 15 is the oldest')
              from (select server_version / 10000 as major, server_version % 10000 as minor from ask) v
              left join (values (15, 14), (16, 10), (17, 6)) f (major, minor) on f.major = v.major
             where v.major < 15 or v.minor < f.minor""";
}
