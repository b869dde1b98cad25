package dev.averment.checks.postgres;

import dev.averment.checks.target.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
     * {@code app_relation}, {@code tenant_table} and {@code app_function}. What an extension brought is left out, as
     * {@code extension_object}: that is what lies where the extension keeps its own, belongs to the extension's owner and
     * holds no tenant. Anything can be declared a part of an extension, so to be declared one is not enough. Whatever was not
     * made with the cluster itself counts in every schema, PostgreSQL's own among them; temporary objects do not.
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
                     array(select jsonb_array_elements_text(a.j -> 'unauditedSchemas')) as unaudited_schemas,
                     array(select jsonb_array_elements_text(a.j -> 'eventTriggers')) as event_triggers,
                     array(select jsonb_array_elements_text(a.j -> 'extensions')) as extensions,
                     array(select jsonb_array_elements_text(a.j -> 'references')) as expected_references,
                     array(select jsonb_array_elements_text(a.j -> 'keyTables')) as key_tables,
                     a.j -> 'functions' as reviewed_functions,
                     a.j -> 'catalog' as reviewed_catalog,
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
            extension_schema as (
              select e.oid as extension, e.extowner, e.extnamespace as oid from pg_extension e
              union
              select e.oid, e.extowner, d.objid
                from pg_extension e
                join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'e'
                                and d.classid = 'pg_namespace'::regclass
            ),
            extension_object as (
              select d.classid, d.objid
                from pg_depend d
                join extension_schema x on x.extension = d.refobjid
                left join pg_class c on d.classid = 'pg_class'::regclass and c.oid = d.objid
                left join pg_proc p on d.classid = 'pg_proc'::regclass and p.oid = d.objid
                left join pg_namespace n on d.classid = 'pg_namespace'::regclass and n.oid = d.objid
               where d.refclassid = 'pg_extension'::regclass and d.deptype = 'e'
                 and not (x.extension < 16384 and d.objid >= 16384)
                 and coalesce(c.relnamespace, p.pronamespace, n.oid) = x.oid
                 and coalesce(c.relowner, p.proowner, n.nspowner) in (x.extowner, 10)
                 and not exists (select from ask join pg_attribute a on a.attname = ask.tenant_column
                                  where a.attrelid = c.oid and not a.attisdropped)
            ),
            app_schema as (
              select n.oid, n.nspname, n.nspowner, n.nspacl
                from pg_namespace n
               where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
                 and not exists (select from extension_object d
                                  where d.classid = 'pg_namespace'::regclass and d.objid = n.oid)
            ),
            any_schema as (
              select n.oid, n.nspname, n.oid in (select s.oid from app_schema s) as own
                from pg_namespace n
               where n.nspname !~ '^pg_(toast|temp)'
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
                join any_schema n on n.oid = c.relnamespace
               cross join ask
               where c.relkind in ('r', 'p', 'v', 'm', 'f') and (n.own or c.oid >= 16384)
                 and not exists (select from extension_object d
                                  where d.classid = 'pg_class'::regclass and d.objid = c.oid)
            ),
            tenant_table as (
              select r.* from app_relation r cross join ask
               where r.relkind in ('r', 'p') and not r.relispartition and r.tenant is not null
                 and r.name <> all (ask.global_tables)
            ),
            app_function as (
              select p.oid, n.oid as schema, n.nspname || '.' || p.proname as name,
                     n.nspname || '.' || p.proname || '('
                       || array_to_string(array(select format_type(a.type, null)
                                                  from unnest(p.proargtypes) with ordinality a (type, i) order by a.i), ', ')
                       || ')' as signature,
                     count(*) over (partition by n.oid, p.proname) as of_that_name,
                     p.prosecdef, p.proleakproof, p.proconfig, p.proacl, p.proowner, p.prorettype, p.prokind
                from pg_proc p
                join any_schema n on n.oid = p.pronamespace
               where (n.own or p.oid >= 16384)
                 and not exists (select from extension_object d
                                  where d.classid = 'pg_proc'::regclass and d.objid = p.oid)
            ),
            reviewed_definer as (
              select f.oid
                from app_function f
               cross join ask
               where f.signature = any (ask.security_definers)
                  or f.name = any (ask.security_definers) and f.of_that_name = 1
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
        parameters.put("unauditedSchemas", allowed.unauditedSchemas());
        parameters.put("eventTriggers", allowed.eventTriggers());
        parameters.put("extensions", allowed.reviewed().extensions());
        parameters.put("references", allowed.reviewed().references());
        parameters.put("functions", allowed.reviewed().functions());
        parameters.put("catalog", allowed.reviewed().catalog());
        parameters.put(
                "keyTables",
                database.contextSettings()
                        .map(Database.ContextSettings::keyTables)
                        .orElse(Set.of()));
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
