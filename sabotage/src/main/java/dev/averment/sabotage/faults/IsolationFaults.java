package dev.averment.sabotage.faults;

import dev.averment.sabotage.Sabotage;
import java.util.List;

/** What lets rows of one workspace be seen or written from another. */
public final class IsolationFaults {
    private static final String TABLE = "registers.entry";
    private static final String MEMBERS = "tenancy.member";
    private static final String ENTER = "tenancy.enter(uuid, text, bytea)";

    private IsolationFaults() {}

    private static final Sabotage OPEN_POLICY = Sql.fault(
            "open-policy",
            "The policy of one table lets every row through.",
            List.of("alter policy workspace on " + TABLE + " using (true) with check (true)"),
            List.of("alter policy workspace on " + TABLE + " using (workspace_id = (select tenancy.workspace()))"
                    + " with check (workspace_id = (select tenancy.workspace()))"));

    private static final Sabotage SECURITY_OFF = Sql.fault(
            "row-security-off",
            "Row-level security is switched off on one table.",
            List.of("alter table " + TABLE + " disable row level security"),
            List.of("alter table " + TABLE + " enable row level security"));

    /** For {@code isolation-catalog}. */
    public static List<Sabotage> catalog() {
        return List.of(
                Sql.fault(
                        "table-without-policy",
                        "A new table with a workspace column has no row-level security.",
                        List.of(
                                "create table claims.sabotage_note (workspace_id uuid not null, note_id uuid,"
                                        + " note text, primary key (workspace_id, note_id))",
                                "alter table claims.sabotage_note owner to averment_owner",
                                "grant select, insert, update, delete on claims.sabotage_note to averment_app"),
                        List.of("drop table claims.sabotage_note")),
                Sql.fault(
                        "row-security-not-forced",
                        "The owner of one table is not held to its policy.",
                        List.of("alter table " + TABLE + " no force row level security"),
                        List.of("alter table " + TABLE + " force row level security")),
                SECURITY_OFF,
                OPEN_POLICY,
                Sql.fault(
                        "second-policy",
                        "A second permissive policy stands beside the canonical one.",
                        List.of("create policy sabotage on " + TABLE + " for select using (title <> '')"),
                        List.of("drop policy sabotage on " + TABLE)),
                Sql.fault(
                        "role-bypasses",
                        "The application's role bypasses row-level security.",
                        List.of("alter role averment_app bypassrls"),
                        List.of("alter role averment_app nobypassrls")),
                Sql.fault(
                        "context-set-beforehand",
                        "A workspace is set on every session of the application's role.",
                        List.of("alter role averment_app set backtrace_functions ="
                                + " 'averment_a4e00000000080008000000000000001'"),
                        List.of("alter role averment_app reset backtrace_functions")),
                Sql.fault(
                        "view-of-its-owner",
                        "A view within reach runs with its owner's rights.",
                        List.of(
                                "create view claims.sabotage_view as select * from " + TABLE,
                                "grant select on claims.sabotage_view to averment_app"),
                        List.of("drop view claims.sabotage_view")),
                Sql.fault(
                        "overload-of-reviewed-function",
                        "A function with its owner's rights bears the name of one that was reviewed.",
                        List.of(
                                "create function tenancy.enter(everything text) returns bigint language sql security definer"
                                        + " set search_path = pg_catalog, pg_temp as 'select count(*) from registers.entry'",
                                "revoke all on function tenancy.enter(text) from public",
                                "grant execute on function tenancy.enter(text) to averment_app"),
                        List.of("drop function tenancy.enter(text)")),
                Sql.fault(
                        "definer-among-server-functions",
                        "A function with its owner's rights hides among PostgreSQL's own.",
                        List.of("create function pg_catalog.sabotage() returns bigint language sql security definer"
                                + " set search_path = pg_catalog, pg_temp as 'select count(*) from registers.entry'"),
                        List.of("drop function pg_catalog.sabotage()")),
                Sql.fault(
                        "table-of-an-extension",
                        "A table passes for a part of an extension.",
                        List.of(
                                "create table claims.sabotage_copy (id uuid primary key, body text)",
                                "grant select, insert on claims.sabotage_copy to averment_app",
                                "alter extension plpgsql add table claims.sabotage_copy"),
                        List.of(
                                "alter extension plpgsql drop table claims.sabotage_copy",
                                "drop table claims.sabotage_copy")),
                Sql.fault(
                        "rewrite-rule",
                        "A rule makes deletions from one table do nothing.",
                        List.of("create rule sabotage as on delete to " + TABLE + " do instead nothing"),
                        List.of("drop rule sabotage on " + TABLE)),
                Sql.fault(
                        "event-trigger",
                        "An event trigger runs at every change of the schema.",
                        List.of(
                                "create function public.sabotage_event() returns event_trigger language plpgsql"
                                        + " set search_path = pg_catalog, pg_temp as 'begin end'",
                                "create event trigger sabotage on ddl_command_end execute function public.sabotage_event()"),
                        List.of("drop event trigger sabotage", "drop function public.sabotage_event()")),
                Sql.fault(
                        "child-of-the-key-table",
                        "A table that inherits from that of the sealing key adds a key.",
                        List.of(
                                "create table seal.sabotage () inherits (seal.key)",
                                "alter table seal.sabotage owner to averment_owner"),
                        List.of("drop table seal.sabotage")),
                Sql.fault(
                        "table-that-nobody-reviewed",
                        "The owner of the tables keeps a copy of the accounts.",
                        List.of(
                                "create table identity.sabotage as select * from identity.account",
                                "alter table identity.sabotage owner to averment_owner"),
                        List.of("drop table identity.sabotage")),
                Sql.trigger(
                        "trigger-keeps-sessions-open",
                        "A trigger with the writer's rights makes the ending of sessions do nothing.",
                        "before update on identity.session",
                        "if new.ended_at is not null then return null; end if; return new;"),
                Sql.fault(
                        "policy-for-another-role-changed",
                        "A policy that was reviewed for the integrator lets another role in.",
                        List.of("alter policy integrator on evidence.leaf to averment_log, averment_auth"),
                        List.of("alter policy integrator on evidence.leaf to averment_log")),
                Sql.fault(
                        "publication-of-accounts",
                        "A publication sends out the tables of people.",
                        List.of("create publication sabotage for tables in schema identity"),
                        List.of("drop publication sabotage")),
                Sql.fault(
                        "server-function-leakproof",
                        "A function of PostgreSQL's own passes for leakproof.",
                        List.of("alter function pg_catalog.int4in(cstring) leakproof"),
                        List.of("alter function pg_catalog.int4in(cstring) not leakproof")),
                Sql.function(
                        "function-not-as-reviewed",
                        "The function that says who acts is not the one that was reviewed.",
                        "tenancy.actor()",
                        "create or replace function tenancy.actor() returns text language sql stable"
                                + " return 'user:sabotage'::text"));
    }

    /** For {@code isolation-behaviour}. */
    public static List<Sabotage> behaviour() {
        return List.of(
                OPEN_POLICY,
                SECURITY_OFF,
                Sql.fault(
                        "policy-of-writes-open",
                        "The policy of one table reads rightly and lets rows of any workspace be written.",
                        List.of("alter policy workspace on " + TABLE + " with check (true)"),
                        List.of("alter policy workspace on " + TABLE
                                + " with check (workspace_id = (select tenancy.workspace()))")));
    }

    /** {@code tenancy.enter} with another way of checking the seal. */
    private static String entering(String check) {
        return """
                create or replace function tenancy.enter(workspace uuid, actor text, seal bytea) returns void
                    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
                as $$
                begin
                    %s
                    perform set_config('backtrace_functions',
                        'averment_' || encode(uuid_send(workspace) || convert_to(actor, 'UTF8'), 'hex'), true);
                end
                $$""".formatted(check);
    }

    /** For {@code forged-context}. */
    public static List<Sabotage> context() {
        return List.of(
                Sql.fault(
                        "context-settable",
                        "The application's role may set the parameter that holds the context.",
                        List.of("grant set on parameter backtrace_functions to averment_app"),
                        List.of("revoke set on parameter backtrace_functions from averment_app")),
                Sql.function(
                        "context-unsealed",
                        "The workspace is taken as it is named, and no seal is asked for.",
                        ENTER,
                        entering("")),
                Sql.function(
                        "seal-of-any-connection",
                        "A seal made for one connection is taken from every other one.",
                        ENTER,
                        entering("""
                            if not exists (select from seal.key k cross join pg_stat_get_activity(null) a
                                where seal = sha256(k.outer_pad || sha256(k.inner_pad
                                    || convert_to(workspace || '|' || actor || '|' || a.pid, 'UTF8')))) then
                                raise exception 'the workspace context is not sealed' using errcode = '42501';
                            end if;""")),
                Sql.fault(
                        "sealing-key-column-readable",
                        "The application's role may read one column of the table that holds the key of the seal.",
                        List.of(
                                "grant usage on schema seal to averment_app",
                                "grant select (outer_pad) on seal.key to averment_app"),
                        List.of(
                                "revoke select (outer_pad) on seal.key from averment_app",
                                "revoke usage on schema seal from averment_app")),
                Sql.function(
                        "operators-workspace-unsealed",
                        "For the operator's workspace, and no other, no seal is asked for.",
                        ENTER,
                        entering("""
                            if workspace <> '%s' and not exists (select from seal.key k
                                where seal = sha256(k.outer_pad || sha256(k.inner_pad
                                    || convert_to(workspace || '|' || actor || '|' || pg_backend_pid(), 'UTF8')))) then
                                raise exception 'the workspace context is not sealed' using errcode = '42501';
                            end if;""".formatted(dev.averment.server.tenancy.WellKnown.OPERATOR))),
                Sql.fault(
                        "sealing-key-readable",
                        "The application's role may read the key of the seal.",
                        List.of(
                                "grant usage on schema seal to averment_app",
                                "grant select on seal.key to averment_app"),
                        List.of(
                                "revoke select on seal.key from averment_app",
                                "revoke usage on schema seal from averment_app")));
    }

    /** For {@code cross-workspace-references}. */
    public static List<Sabotage> references() {
        return List.of(
                Sql.fault(
                        "foreign-key-dropped",
                        "A foreign key that was reviewed is gone.",
                        List.of("alter table " + MEMBERS + " drop constraint member_workspace_id_fkey"),
                        List.of("alter table " + MEMBERS + " add constraint member_workspace_id_fkey"
                                + " foreign key (workspace_id) references tenancy.workspace")),
                Sql.fault(
                        "foreign-key-asleep",
                        "The triggers of a foreign key fire in replicas only.",
                        List.of("""
                                do $$ declare g record; begin
                                    for g in select tgname from pg_trigger
                                              where tgrelid = 'tenancy.member'::regclass and tgisinternal loop
                                        execute format('alter table tenancy.member enable replica trigger %I', g.tgname);
                                    end loop;
                                end $$"""),
                        List.of("""
                                do $$ declare g record; begin
                                    for g in select tgname from pg_trigger
                                              where tgrelid = 'tenancy.member'::regclass and tgisinternal loop
                                        execute format('alter table tenancy.member enable trigger %I', g.tgname);
                                    end loop;
                                end $$""")),
                Sql.fault(
                        "single-column-key",
                        "A foreign key between two tables of workspaces leaves the workspace out.",
                        List.of(
                                "create table claims.sabotage_parent (workspace_id uuid not null, parent_id uuid not null unique,"
                                        + " primary key (workspace_id, parent_id))",
                                "create table claims.sabotage_child (workspace_id uuid not null, child_id uuid not null,"
                                        + " parent_id uuid references claims.sabotage_parent (parent_id),"
                                        + " primary key (workspace_id, child_id))",
                                "alter table claims.sabotage_parent owner to averment_owner",
                                "alter table claims.sabotage_child owner to averment_owner",
                                "select tenancy.adopt('claims.sabotage_parent', 'parent_id')",
                                "select tenancy.adopt('claims.sabotage_child', 'child_id')",
                                "grant select, insert, update, delete on claims.sabotage_parent, claims.sabotage_child"
                                        + " to averment_app"),
                        List.of("drop table claims.sabotage_child", "drop table claims.sabotage_parent")));
    }

    /** For {@code tenant-key}. */
    public static List<Sabotage> key() {
        return List.of(
                Sql.fault(
                        "key-filled-in",
                        "A row that names no workspace falls to one by default.",
                        List.of("alter table " + TABLE
                                + " alter workspace_id set default '00000000-0000-8000-8000-000000000001'"),
                        List.of("alter table " + TABLE + " alter workspace_id drop default")),
                table("table-without-key", "A new table has no workspace column.", "note_id uuid primary key"),
                table(
                        "key-may-be-null",
                        "The workspace column of a new table may be null.",
                        "workspace_id uuid, note_id uuid primary key"),
                table(
                        "key-does-not-lead",
                        "The primary key of a new table does not begin with the workspace.",
                        "workspace_id uuid not null, note_id uuid, primary key (note_id, workspace_id)"));
    }

    private static Sabotage table(String id, String breaks, String columns) {
        return Sql.fault(
                id,
                breaks,
                List.of(
                        "create table claims.sabotage_key (" + columns + ")",
                        "alter table claims.sabotage_key owner to averment_owner",
                        "grant select, insert, update, delete on claims.sabotage_key to averment_app"),
                List.of("drop table claims.sabotage_key"));
    }
}
