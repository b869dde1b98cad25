package dev.averment.checks.roleprivileges;

import static dev.averment.checks.postgres.TenantTable.quote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is tried, by kind: the statements of one kind differ in the object only. Every name that would be made begins with
 * {@code averment_probe}. Nothing here does harm outside the transaction if it should work: programs are {@code true}, files
 * {@code /dev/null}.
 *
 * @param statements kind to object to statement
 */
record Escalations(Map<String, Map<String, String>> statements) {
    static final String TEMPORARY = "CREATE TEMPORARY TABLE";

    /**
     * What the database holds, as the catalog tells.
     *
     * @param role       the runtime role
     * @param database   name
     * @param schemas    of the application
     * @param tables     as SQL
     * @param functions  SECURITY DEFINER functions of the application, as SQL with argument types
     * @param roles      every role that is more than a plain group without log-in
     * @param owners     roles that own application objects
     * @param extensions available and not installed: one that is trusted and one that is not, if any
     */
    record Objects(
            String role,
            String database,
            List<String> schemas,
            List<String> tables,
            List<String> functions,
            List<String> roles,
            List<String> owners,
            List<String> extensions) {}

    static Escalations against(Objects objects) {
        Builder attempts = new Builder();
        for (String schema : objects.schemas()) {
            attempts.add("CREATE TABLE", schema, "create table " + quote(schema) + ".averment_probe (a integer)");
        }
        attempts.add(TEMPORARY, "", "create temporary table averment_probe (a integer)");
        attempts.add("CREATE SCHEMA", "", "create schema averment_probe");
        for (String table : objects.tables()) {
            attempts.add("ALTER TABLE", table, "alter table " + table + " add column averment_probe integer");
            attempts.add("DISABLE ROW LEVEL SECURITY", table, "alter table " + table + " disable row level security");
            attempts.add("DISABLE TRIGGER", table, "alter table " + table + " disable trigger user");
            attempts.add(
                    "CREATE POLICY",
                    table,
                    "create policy averment_probe on " + table + " using (true) with check (true)");
            attempts.add(
                    "CREATE TRIGGER",
                    table,
                    "create trigger averment_probe before update on " + table
                            + " for each row execute function pg_catalog.suppress_redundant_updates_trigger()");
            attempts.add("CREATE INDEX", table, "create index averment_probe on " + table + " ((1))");
            attempts.add("DROP TABLE", table, "drop table " + table);
            attempts.add("TRUNCATE", table, "truncate " + table);
            attempts.add("GRANT", table, "grant all on " + table + " to public");
        }
        for (String function : objects.functions()) {
            attempts.add("ALTER FUNCTION", function, "alter function " + function + " security invoker");
            attempts.add("DROP FUNCTION", function, "drop function " + function);
        }
        for (String role : objects.roles()) {
            attempts.add("SET ROLE", role, "set local role " + quote(role));
            attempts.add("SET SESSION AUTHORIZATION", role, "set local session authorization " + quote(role));
        }
        for (String owner : objects.owners()) {
            attempts.add("GRANT of a role", owner, "grant " + quote(owner) + " to " + quote(objects.role()));
        }
        attempts.add("CREATE ROLE", "", "create role averment_probe");
        for (String attribute : List.of("superuser", "bypassrls", "createrole", "replication")) {
            attempts.add("ALTER ROLE", attribute, "alter role " + quote(objects.role()) + " " + attribute);
        }
        attempts.add("ALTER DATABASE", "", "alter database " + quote(objects.database()) + " set row_security = off");
        attempts.add("session_replication_role", "", "set local session_replication_role = replica");
        attempts.add("COPY to a program", "", "copy (select 1) to program 'true'");
        attempts.add("COPY to a server file", "", "copy (select 1) to '/dev/null'");
        attempts.add("read of a server file", "", "select length(pg_read_file('PG_VERSION'))");
        attempts.add("list of a server directory", "", "select count(*) from pg_ls_dir('.')");
        attempts.add("import of a server file", "", "select lo_import('/dev/null')");
        attempts.add("LOAD", "", "load 'averment_probe'");
        for (String extension : objects.extensions()) {
            // A schema is named because a role without one is refused for that (3F000) before anyone asks for its
            // rights.
            attempts.add("CREATE EXTENSION", extension, "create extension " + quote(extension) + " schema pg_catalog");
        }
        attempts.add("CREATE PUBLICATION", "", "create publication averment_probe");
        attempts.add("CREATE FOREIGN DATA WRAPPER", "", "create foreign data wrapper averment_probe");
        return new Escalations(attempts.statements);
    }

    private static final class Builder {
        private final Map<String, Map<String, String>> statements = new LinkedHashMap<>();

        void add(String kind, String object, String sql) {
            statements.computeIfAbsent(kind, _ -> new LinkedHashMap<>()).put(object, sql);
        }
    }

    /** Kinds in order, for the example of passing facts. */
    List<String> kinds() {
        return new ArrayList<>(statements.keySet());
    }
}
