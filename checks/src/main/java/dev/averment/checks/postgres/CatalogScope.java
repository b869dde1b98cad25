package dev.averment.checks.postgres;

import dev.averment.checks.target.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/**
 * The common head of every catalog query: who the runtime role is, which relations belong to the application and which of
 * them hold tenant rows. A query is this head and a {@code select} on its names; the one parameter is
 * {@link #parameter(Database)}. {@link Catalog} asks it.
 */
final class CatalogScope {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CatalogScope() {}

    /**
     * Defines {@code ask} (one row; none when the runtime role does not exist), {@code role_set} (the runtime role and
     * every role that it is a member of, inherited or not: it could SET ROLE to them), {@code app_schema},
     * {@code app_relation}, {@code tenant_table} and {@code app_function}. Objects of extensions are left out.
     * Partitions are no tenant tables of their own: they count through their parent, and when they can be reached.
     */
    static final String HEAD = """
            with recursive
            ask as materialized (
              select r.oid as role,
                     a.j ->> 'tenantColumn' as tenant_column,
                     a.j ->> 'canonicalPolicy' as canonical_policy,
                     a.j ->> 'modificationTrigger' as modification_trigger,
                     coalesce((a.j ->> 'serverVersion')::int, current_setting('server_version_num')::int) as server_version,
                     array(select jsonb_array_elements_text(a.j -> 'globalTables')) as global_tables,
                     array(select jsonb_array_elements_text(a.j -> 'securityDefiners')) as security_definers,
                     array(select jsonb_array_elements_text(a.j -> 'otherRolePolicies')) as other_role_policies,
                     array(select jsonb_array_elements_text(a.j -> 'appendOnlyTables')) as append_only_tables,
                     array(select jsonb_array_elements_text(a.j -> 'auditedSchemas')) as audited_schemas,
                     array(select jsonb_array_elements_text(a.j -> 'unauditedTables')) as unaudited_tables,
                     array(select jsonb_array_elements_text(a.j -> 'bypassRoles')) as bypass_roles,
                     array(select jsonb_array_elements_text(a.j -> 'contextSettings')) as context_settings
                from (select ?::jsonb as j) a
                join pg_roles r on r.rolname = a.j ->> 'runtimeRole'
            ),
            role_set as (
              select role as oid from ask
              union
              select m.roleid from pg_auth_members m join role_set s on m.member = s.oid
            ),
            app_schema as (
              select n.oid, n.nspname, n.nspowner, n.nspacl
                from pg_namespace n
               where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
                 and not exists (select from pg_depend d
                                  where d.classid = 'pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')
            ),
            app_relation as (
              select c.oid, n.nspname, c.relname, n.nspname || '.' || c.relname as name, c.relkind, c.relowner,
                     c.relrowsecurity, c.relforcerowsecurity, c.relispartition, c.reloptions, c.relacl,
                     exists (select from role_set s
                              where has_any_column_privilege(s.oid, c.oid, 'SELECT,INSERT,UPDATE,REFERENCES')
                                 or has_table_privilege(s.oid, c.oid, 'DELETE,TRUNCATE,TRIGGER')) as reachable,
                     (select a.attnum from pg_attribute a
                       where a.attrelid = c.oid and a.attname = ask.tenant_column
                         and a.attnum > 0 and not a.attisdropped) as tenant
                from pg_class c
                join app_schema n on n.oid = c.relnamespace
               cross join ask
               where c.relkind in ('r', 'p', 'v', 'm', 'f')
                 and not exists (select from pg_depend d
                                  where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            ),
            tenant_table as (
              select r.* from app_relation r cross join ask
               where r.relkind in ('r', 'p') and not r.relispartition and r.tenant is not null
                 and r.name <> all (ask.global_tables)
            ),
            app_function as (
              select p.oid, n.oid as schema, n.nspname || '.' || p.proname as name, p.prosecdef, p.proleakproof,
                     p.proconfig, p.proacl, p.proowner, p.prorettype
                from pg_proc p
                join app_schema n on n.oid = p.pronamespace
               where not exists (select from pg_depend d
                                  where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
            )
            """;

    /** What the head's one {@code ?} stands for: JSON text. */
    static String parameter(Database database) {
        return JSON.writeValueAsString(parameters(database));
    }

    /** The same with another server version, such as 150004 for 15.4, for rules about versions. */
    static String parameter(Database database, int serverVersion) {
        Map<String, Object> parameters = parameters(database);
        parameters.put("serverVersion", serverVersion);
        return JSON.writeValueAsString(parameters);
    }

    private static Map<String, Object> parameters(Database database) {
        Database.Allowances allowed = database.allowances();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("runtimeRole", database.runtimeRole());
        parameters.put("tenantColumn", database.tenantColumn());
        parameters.put("canonicalPolicy", database.canonicalPolicy());
        parameters.put("modificationTrigger", allowed.modificationTrigger());
        parameters.put("globalTables", allowed.globalTables());
        parameters.put("securityDefiners", allowed.securityDefiners());
        parameters.put("otherRolePolicies", allowed.otherRolePolicies());
        parameters.put("appendOnlyTables", allowed.appendOnlyTables());
        parameters.put("auditedSchemas", allowed.auditedSchemas());
        parameters.put("unauditedTables", allowed.unauditedTables());
        parameters.put("bypassRoles", database.bypassRoles());
        TreeSet<String> settings = new TreeSet<>();
        database.contextSettings().ifPresent(context -> {
            settings.add(context.workspace());
            context.seal().ifPresent(settings::add);
        });
        parameters.put("contextSettings", settings);
        return parameters;
    }
}
