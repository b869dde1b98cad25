package dev.averment.sabotage.faults;

import dev.averment.sabotage.Sabotage;
import java.util.List;

/** What lets rows of one workspace be seen or written from another. */
public final class IsolationFaults {
    private static final String TABLE = "registers.entry";
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
                        List.of("drop view claims.sabotage_view")));
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
        return List.of(Sql.fault(
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
