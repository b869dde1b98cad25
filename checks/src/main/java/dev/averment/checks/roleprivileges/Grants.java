package dev.averment.checks.roleprivileges;

import dev.averment.checks.postgres.Catalog;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * What roles hold, as the catalog tells: of the runtime role whatever opens more than rows and functions, and of every role
 * everything, for a list of exact grants. Each is {@code role: object: privilege}; {@code *} after a privilege is the right to
 * grant it on, and the role {@code public} is everybody. What a role may by its attributes, such as {@code REPLICATION}, is told
 * of every role of the cluster, as a grant on {@code role attributes}. What an owner holds by owning is not told, and neither is what came
 * with the cluster.
 */
final class Grants {
    static final String OWNERSHIP = "OWNERSHIP";
    static final String GRANT_OPTION = "GRANT OPTION";
    static final String MEMBERSHIP = "MEMBERSHIP that administers, inherits or becomes a role";
    static final String PREDEFINED = "PREDEFINED ROLE";
    static final String BEYOND = "GRANT beyond the reviewed list";

    private Grants() {}

    /** Objects of the application, of every kind that has an owner and rights. */
    private static final String HELD = """
            , object as (
              select case c.relkind when 'S' then 'sequence ' when 'v' then 'view ' when 'm' then 'view ' else 'table ' end
                       || n.nspname || '.' || c.relname as name, c.relowner as owner,
                     c.relacl as acl, 'pg_class'::regclass as class, c.oid as id, c.oid >= 16384 as own
                from pg_class c
                join any_schema n on n.oid = c.relnamespace
               where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and (n.own or c.oid >= 16384 or c.relacl is not null)
                 and not exists (select from extension_object d where d.classid = 'pg_class'::regclass and d.objid = c.oid)
              union all
              select 'function ' || f.signature, f.proowner, coalesce(f.proacl, acldefault('f', f.proowner)), 'pg_proc'::regclass, f.oid, true
                from app_function f
              union all
              select 'function ' || p.oid::regprocedure, p.proowner, p.proacl, 'pg_proc'::regclass, p.oid, false
                from pg_proc p
               where p.oid < 16384 and p.proacl is not null
              union all
              select 'type ' || n.nspname || '.' || t.typname, t.typowner, t.typacl, null, null, true
                from pg_type t
                join any_schema n on n.oid = t.typnamespace
               where t.oid >= 16384 and t.typtype in ('d', 'e', 'r') and n.own
                 and not exists (select from pg_depend d
                                  where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype in ('e', 'i'))
              union all
              select 'schema ' || n.nspname, n.nspowner, n.nspacl, 'pg_namespace'::regclass, n.oid, n.oid >= 16384
                from app_schema n
              union all
              select 'schema ' || n.nspname, n.nspowner, n.nspacl, 'pg_namespace'::regclass, n.oid, false
                from pg_namespace n
               where n.nspacl is not null and n.oid not in (select s.oid from app_schema s)
              union all
              select 'database', d.datdba, coalesce(d.datacl, acldefault('d', d.datdba)), null, null, true
                from pg_database d
               where d.datname = current_database()
              union all
              select 'language ' || l.lanname, l.lanowner, l.lanacl, null, null, false from pg_language l where l.lanacl is not null
              union all
              select 'foreign server ' || s.srvname, s.srvowner, s.srvacl, null, null, true from pg_foreign_server s
              union all
              select 'foreign data wrapper ' || w.fdwname, w.fdwowner, w.fdwacl, null, null, true
                from pg_foreign_data_wrapper w
              union all
              select 'large object ' || o.oid, o.lomowner, o.lomacl, null, null, true from pg_largeobject_metadata o
              union all
              select 'parameter ' || p.parname, 10, p.paracl, null, null, true from pg_parameter_acl p
              union all
              select 'new ' || case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
                                                    when 'T' then 'types' when 'n' then 'schemas' else 'objects' end
                       || ' of ' || pg_get_userbyid(d.defaclrole), d.defaclrole, d.defaclacl, null, null, true
                from pg_default_acl d
            ),
            held as (
              select o.name, o.owner, o.own, o.class, o.id, 0 as part, a.grantee, a.privilege_type as privilege, a.is_grantable
                from object o
               cross join lateral aclexplode(o.acl) a
              union all
              select o.name, o.owner, o.own, o.class, o.id, c.attnum, a.grantee, a.privilege_type || '(' || c.attname || ')',
                     a.is_grantable
                from object o
                join pg_attribute c on c.attrelid = o.id and not c.attisdropped and c.attacl is not null
               cross join lateral aclexplode(c.attacl) a
               where o.class = 'pg_class'::regclass
            ),
            -- What everybody holds on PostgreSQL's own objects came with them, unless somebody added to it. A function without
            -- initial rights belonged to everybody, and of the information schema no initial rights are kept.
            held_beyond as (
              select h.* from held h
               where h.grantee <> h.owner and h.grantee <> 10
                 and (h.own or h.grantee >= 16384
                      or h.grantee = 0 and h.class is not null
                         and (h.class <> 'pg_proc'::regclass and h.name not like '% information\\_schema%'
                              or exists (select from pg_init_privs i where i.classoid = h.class and i.objoid = h.id))
                         and not exists (select from pg_init_privs i
                                          cross join lateral aclexplode(i.initprivs) a
                                          where i.classoid = h.class and i.objoid = h.id and i.objsubid = h.part
                                            and a.grantee = 0 and a.privilege_type = split_part(h.privilege, '(', 1)))
            )
            """;

    private static final String EVERYTHING = HELD + """
            select case grantee when 0 then 'public' else pg_get_userbyid(grantee) end || ': ' || name || ': ' || privilege
                     || case when is_grantable then '*' else '' end
              from held_beyond
             where grantee = 0 or pg_get_userbyid(grantee) not in (select unnest(bypass_roles) from ask)
            union
            select pg_get_userbyid(o.owner) || ': ' || o.name || ': OWNER'
              from object o
             where o.own and o.name not like 'parameter %' and o.name not like 'new %'
               and o.owner <> (select d.datdba from pg_database d where d.datname = current_database())
            union
            select m.rolname || ': role ' || r.rolname || ': MEMBER'
                     || case when a.admin_option then ' ADMIN' else '' end
                     || case when coalesce((to_jsonb(a) ->> 'inherit_option')::boolean, m.rolinherit) then ' INHERIT' else '' end
                     || case when coalesce((to_jsonb(a) ->> 'set_option')::boolean, true) then ' SET' else '' end
              from pg_auth_members a
              join pg_roles m on m.oid = a.member
              join pg_roles r on r.oid = a.roleid
             where (m.oid in (select grantee from held_beyond) or r.oid in (select grantee from held_beyond)
                    or r.oid in (select owner from object where own) or r.oid < 16384)
               and m.oid >= 16384 and m.rolname not in (select unnest(bypass_roles) from ask)
            union
            select r.rolname || ': role attributes: ' || a.word
              from pg_roles r
             cross join lateral (values ('SUPERUSER', r.rolsuper), ('BYPASSRLS', r.rolbypassrls), ('REPLICATION', r.rolreplication),
                                        ('CREATEROLE', r.rolcreaterole), ('CREATEDB', r.rolcreatedb),
                                        ('LOGIN', r.rolcanlogin and (r.oid in (select grantee from held_beyond)
                                                                     or r.oid in (select owner from object where own)))) a (word, has)
             where a.has and r.oid <> 10 and r.rolname not in (select unnest(bypass_roles) from ask)
             order by 1""";

    private static final String OWNED = HELD + """
            select name from object
             where owner in (select oid from role_set) and name not like 'new %' and name not like 'parameter %'
             order by 1
             limit 50""";

    private static final String GRANTABLE = HELD + """
            select distinct name || ': ' || privilege from held
             where is_grantable and grantee in (select oid from role_set) and grantee <> owner
             order by 1
             limit 50""";

    /** A group without log-in whose rights are in force anyway is no way up; to administer one is. */
    private static final String MEMBERSHIPS = """
            select r.rolname || case when a.admin_option then ' with ADMIN' else '' end
              from pg_auth_members a
              join pg_roles r on r.oid = a.roleid
             where a.member in (select oid from role_set)
               and (a.admin_option or r.rolcanlogin or r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
                    or r.rolreplication
                    or exists (select from app_relation o where o.relowner = r.oid)
                    or exists (select from app_function o where o.proowner = r.oid)
                    or exists (select from app_schema o where o.nspowner = r.oid))
             order by 1
             limit 50""";

    private static final String PREDEFINED_ROLES = """
            select r.rolname from role_set s join pg_roles r on r.oid = s.oid
             where r.oid < 16384 and r.oid <> 10
               and r.rolname not in ('pg_read_all_settings', 'pg_read_all_stats', 'pg_stat_scan_tables', 'pg_monitor')
             order by 1""";

    /** Kind to what was found of it. */
    record Found(String kind, List<String> objects) {}

    /** Of the runtime role. */
    static List<Found> ofRuntime(Catalog catalog) throws SQLException {
        return List.of(
                new Found(OWNERSHIP, texts(catalog, OWNED)),
                new Found(GRANT_OPTION, texts(catalog, GRANTABLE)),
                new Found(MEMBERSHIP, texts(catalog, MEMBERSHIPS)),
                new Found(PREDEFINED, texts(catalog, PREDEFINED_ROLES)));
    }

    /** Everything that any role holds in this database. */
    static List<String> all(Catalog catalog) throws SQLException {
        return texts(catalog, EVERYTHING);
    }

    /** What of {@code held} nobody reviewed. */
    static List<String> beyond(List<String> held, Set<String> reviewed) {
        return held.stream().filter(grant -> !reviewed.contains(grant)).toList();
    }

    private static List<String> texts(Catalog catalog, String sql) throws SQLException {
        return catalog.rows(sql, row -> row.getString(1));
    }
}
