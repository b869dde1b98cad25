package dev.averment.sabotage.faults;

import dev.averment.sabotage.Sabotage;
import java.util.List;

/** Rights that the application's role must not have. */
public final class PrivilegeFaults {
    private PrivilegeFaults() {}

    /** For {@code role-privileges}. */
    public static List<Sabotage> role() {
        return List.of(
                Sql.fault(
                        "role-may-create",
                        "The application's role may make tables.",
                        List.of("grant create on schema claims to averment_app"),
                        List.of("revoke create on schema claims from averment_app")),
                Sql.fault(
                        "role-may-truncate",
                        "The application's role may empty a table.",
                        List.of("grant truncate on registers.entry to averment_app"),
                        List.of("revoke truncate on registers.entry from averment_app")),
                Sql.fault(
                        "role-may-become-owner",
                        "The application's role may become the owner of the tables.",
                        List.of("grant averment_owner to averment_app"),
                        List.of("revoke averment_owner from averment_app")),
                Sql.fault(
                        "role-may-grant-on",
                        "The application's role may grant on what it holds.",
                        List.of("grant select on registers.entry to averment_app with grant option"),
                        List.of("revoke grant option for select on registers.entry from averment_app")),
                Sql.fault(
                        "role-reads-all-data",
                        "The application's role is a member of one of PostgreSQL's that reads everything.",
                        List.of("grant pg_read_all_data to averment_app"),
                        List.of("revoke pg_read_all_data from averment_app")),
                Sql.fault(
                        "role-owns-a-sequence",
                        "The application's role owns a sequence.",
                        List.of(
                                "create sequence claims.sabotage_number",
                                "alter sequence claims.sabotage_number owner to averment_app"),
                        List.of("drop sequence claims.sabotage_number")),
                Sql.fault(
                        "another-role-reads-the-key",
                        "The role that takes due work may read the sealing key.",
                        List.of("grant select (inner_pad) on seal.key to averment_worker"),
                        List.of("revoke select (inner_pad) on seal.key from averment_worker")),
                Sql.fault(
                        "sign-in-role-replicates",
                        "The role that signs people in may take a copy of the whole cluster.",
                        List.of("alter role averment_auth replication"),
                        List.of("alter role averment_auth noreplication")),
                Sql.fault(
                        "application-reads-accounts",
                        "The application's role may read the addresses of accounts.",
                        List.of("grant select (email) on identity.account to averment_app"),
                        List.of("revoke select (email) on identity.account from averment_app")));
    }

    /** For {@code operator-promotion}. */
    public static List<Sabotage> operators() {
        return List.of(
                Sql.fault(
                        "sign-in-role-may-promote",
                        "The role that signs people in may make them operators.",
                        List.of("grant update (operator) on identity.account to averment_auth"),
                        List.of("revoke update (operator) on identity.account from averment_auth")),
                Sql.trigger(
                        "name-makes-operator",
                        "Whoever calls himself operator becomes one.",
                        "before update on identity.account",
                        "if new.name = 'operator' then new.operator := true; end if; return new;"));
    }
}
