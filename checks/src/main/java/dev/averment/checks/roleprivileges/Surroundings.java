package dev.averment.checks.roleprivileges;

import dev.averment.checks.postgres.Catalog;
import dev.averment.checks.target.Database;
import java.sql.SQLException;
import java.util.List;

/**
 * What the catalog tells before anything is tried.
 *
 * @param objects         what there is to attempt
 * @param createsDatabase whether the runtime role has CREATEDB
 * @param altersSystem    whether it was granted ALTER SYSTEM on a parameter, or is superuser
 * @param ofRuntime       what the runtime role holds that opens more than rows and functions
 * @param held            every grant in the database, when a list of them was reviewed
 * @param ownerSessions   open sessions, in this database, of roles that own application objects
 */
record Surroundings(
        Escalations.Objects objects,
        boolean createsDatabase,
        boolean altersSystem,
        List<Grants.Found> ofRuntime,
        List<String> held,
        long ownerSessions) {

    private static final String SCHEMAS = "select nspname from app_schema order by 1";
    private static final String TABLES =
            "select format('%I.%I', nspname, relname) from app_relation where relkind in ('r', 'p') and not relispartition"
                    + " order by 1";
    private static final String FUNCTIONS =
            "select f.oid::regprocedure::text from app_function f where f.prosecdef order by 1";

    /** A group that can't log in, has no attribute and owns nothing is a bundle of grants that are in force anyway. */
    private static final String ROLES = """
            select r.rolname
              from pg_roles r
             cross join ask
             where r.oid <> ask.role
               and (r.rolcanlogin or r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication
                    or r.rolname like 'pg\\_%'
                    or exists (select from app_relation o where o.relowner = r.oid)
                    or exists (select from app_function o where o.proowner = r.oid)
                    or exists (select from app_schema o where o.nspowner = r.oid))
             order by 1
             limit 500""";

    private static final String OWNERS = """
            select rolname from pg_roles
             where oid in (select relowner from app_relation union select proowner from app_function
                           union select nspowner from app_schema)
               and rolname not like 'pg\\_%'
               and oid not in (select oid from role_set)
             order by 1""";

    private static final String EXTENSIONS = """
            select min(v.name)
              from pg_available_extension_versions v
              join pg_available_extensions e on e.name = v.name and e.default_version = v.version
             where e.installed_version is null and cardinality(coalesce(v.requires, '{}')) = 0
             group by v.trusted
             order by 1""";

    private static final String CREATES_DATABASE =
            "select count(*) from role_set s join pg_roles r on r.oid = s.oid where r.rolcreatedb or r.rolsuper";

    private static final String ALTERS_SYSTEM = """
            select (select count(*) from role_set s join pg_roles r on r.oid = s.oid where r.rolsuper)
                 + (select count(*) from pg_parameter_acl p cross join lateral aclexplode(p.paracl) a
                     where a.privilege_type = 'ALTER SYSTEM'
                       and (a.grantee = 0 or a.grantee in (select oid from role_set)))""";

    private static final String OWNER_SESSIONS = """
            select count(*)
              from pg_stat_activity s
             where s.datname = current_database() and s.pid <> pg_backend_pid()
               and s.usesysid in (select relowner from app_relation)
               and s.usesysid <> 10""";

    static Surroundings of(Database database) throws SQLException {
        try (Catalog catalog = Catalog.open(database)) {
            return new Surroundings(
                    new Escalations.Objects(
                            database.runtimeRole(),
                            catalog.database(),
                            texts(catalog, SCHEMAS),
                            texts(catalog, TABLES),
                            texts(catalog, FUNCTIONS),
                            texts(catalog, ROLES),
                            texts(catalog, OWNERS),
                            texts(catalog, EXTENSIONS)),
                    number(catalog, CREATES_DATABASE) > 0,
                    number(catalog, ALTERS_SYSTEM) > 0,
                    Grants.ofRuntime(catalog),
                    database.allowances().reviewed().grants().isEmpty() ? List.of() : Grants.all(catalog),
                    number(catalog, OWNER_SESSIONS));
        }
    }

    private static List<String> texts(Catalog catalog, String sql) throws SQLException {
        return catalog.rows(sql, row -> row.getString(1));
    }

    private static long number(Catalog catalog, String sql) throws SQLException {
        return catalog.rows(sql, row -> row.getLong(1)).getFirst();
    }
}
