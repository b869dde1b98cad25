package dev.averment.checks.isolationcatalog;

/** Queries about who may do what, before any table is looked at. Each gives object and detail. */
final class RoleRules {
    private RoleRules() {}

    static final String P01 = """
            select r.rolname,
                   concat_ws(', ', case when r.rolsuper then 'SUPERUSER' end, case when r.rolbypassrls then 'BYPASSRLS' end,
                             case when r.rolcreaterole then 'CREATEROLE' end, case when r.rolreplication then 'REPLICATION' end,
                             case when r.rolname like 'pg\\_%' then 'may reach the server''s files or programs' end)
              from role_set s
              join pg_roles r on r.oid = s.oid
             where r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolreplication
                or r.rolname in ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')""";

    static final String P02 = """
            select o.object, 'owned by ' || pg_get_userbyid(o.owner)
              from (select r.name as object, r.relowner as owner from app_relation r
                    union all select 'function ' || f.name, f.proowner from app_function f
                    union all select 'schema ' || n.nspname, n.nspowner from app_schema n
                    union all select 'database ' || d.datname, d.datdba from pg_database d
                               where d.datname = current_database()) o
             where o.owner in (select oid from role_set)""";

    static final String P03 = """
            , reach as (
              select oid as login, oid as role from pg_roles where rolcanlogin
              union
              select h.login, m.roleid from reach h join pg_auth_members m on m.member = h.role
            )
            select l.rolname, 'through ' || string_agg(r.rolname, ', ' order by r.rolname)
              from reach h
              join pg_roles l on l.oid = h.login
              join pg_roles r on r.oid = h.role
             cross join ask
             where (r.rolsuper or r.rolbypassrls)
               and l.oid <> 10 -- the cluster's first superuser can't be other than one
               and l.oid not in (select oid from role_set)
               and l.rolname <> all (ask.bypass_roles)
             group by l.rolname""";

    static final String P22 = """
            select r.name, p.privilege
              from app_relation r
             cross join (values ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) p (privilege)
             where r.relkind in ('r', 'p')
               and exists (select from role_set s
                            where has_table_privilege(s.oid, r.oid, p.privilege)
                               or p.privilege = 'REFERENCES' and has_any_column_privilege(s.oid, r.oid, 'REFERENCES'))""";

    static final String P23 = """
            select 'schema ' || n.nspname, 'CREATE'
              from app_schema n
             where exists (select from role_set s where has_schema_privilege(s.oid, n.oid, 'CREATE'))
            union all
            select 'database ' || current_database(), 'CREATE'
             where exists (select from role_set s where has_database_privilege(s.oid, current_database(), 'CREATE'))""";

    static final String P24 = """
            select r.name, a.privilege_type
              from app_relation r
             cross join lateral aclexplode(r.relacl) a
             where a.grantee = 0
            union
            select r.name || ' (' || c.attname || ')', a.privilege_type
              from app_relation r
              join pg_attribute c on c.attrelid = r.oid and c.attnum > 0 and not c.attisdropped
             cross join lateral aclexplode(c.attacl) a
             where a.grantee = 0
            union
            select 'sequence ' || n.nspname || '.' || c.relname, a.privilege_type
              from pg_class c
              join app_schema n on n.oid = c.relnamespace
             cross join lateral aclexplode(c.relacl) a
             where c.relkind = 'S' and a.grantee = 0
            union
            select 'schema ' || n.nspname, 'CREATE'
              from app_schema n
             cross join lateral aclexplode(n.nspacl) a
             where a.grantee = 0 and a.privilege_type = 'CREATE'
            union
            -- Without any grant a function belongs to everybody. A trigger function counts too: whoever may execute it can
            -- hang it on a temporary table of his own and feed it rows.
            select 'function ' || f.name, 'EXECUTE on a SECURITY DEFINER function'
              from app_function f
             cross join lateral aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a
             where f.prosecdef and a.grantee = 0""";

    static final String P25 = """
            select r.name, p.privilege
              from app_relation r
             cross join ask
             cross join (values ('UPDATE'), ('DELETE'), ('TRUNCATE')) p (privilege)
             where r.name = any (ask.append_only_tables)
               and exists (select from role_set s
                            where has_table_privilege(s.oid, r.oid, p.privilege)
                               or p.privilege = 'UPDATE' and has_any_column_privilege(s.oid, r.oid, 'UPDATE'))
            union all
            select l.name, 'is on the list of append-only tables and not in the database'
              from ask
             cross join lateral unnest(ask.append_only_tables) l (name)
             where not exists (select from app_relation r where r.name = l.name)""";

    static final String P27 = """
            select coalesce('role ' || r.rolname, 'every role')
                     || case when s.setdatabase = 0 then '' else ' in this database' end,
                   split_part(c.setting, '=', 1) || ' is set beforehand'
              from pg_db_role_setting s
             cross join ask
             cross join lateral unnest(s.setconfig) c (setting)
              left join pg_roles r on r.oid = s.setrole
             where (s.setdatabase = 0 or s.setdatabase = (select oid from pg_database where datname = current_database()))
               and (s.setrole in (0, ask.role)
                    and (split_part(c.setting, '=', 1) like '%.%' or split_part(c.setting, '=', 1) = 'role')
                    or not coalesce(r.rolsuper or r.rolbypassrls, false)
                    and (split_part(c.setting, '=', 1) in ('row_security', 'session_replication_role')
                         or split_part(c.setting, '=', 1) = any (ask.context_settings)))
            union all
            select 'the server', g.name || ' has a value in a session that set none'
              from ask
             cross join lateral unnest(ask.context_settings) g (name)
             where nullif(current_setting(g.name, true), '') is not null""";
}
