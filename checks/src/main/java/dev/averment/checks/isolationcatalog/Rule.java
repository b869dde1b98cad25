package dev.averment.checks.isolationcatalog;

import java.util.Optional;

/**
 * The rules. P04 and the like are stable for ever: they stand in evidence. A finding of a blocking rule refutes the
 * claim; {@link #P30} is advice, because a slow index leaks nothing. {@link #P29} blocks, but only below the minor versions
 * in which a published hole of row-level security itself was closed (CVE-2024-10976, CVE-2025-8713): whether some other
 * release should have been installed is a matter of judgement, and belongs to the patch clock.
 */
public enum Rule {
    P01(
            "The runtime role could switch row-level security off, or become someone who can",
            "Take the attribute or membership away: ALTER ROLE … NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION, REVOKE … FROM it.",
            RoleRules.P01),
    P02("The runtime role owns an application object", "Give it to the owner role: ALTER … OWNER TO.", RoleRules.P02),
    P03(
            "Another role that can log in bypasses row-level security",
            "Make it NOLOGIN or take BYPASSRLS away; name it in the target's list when operations need it.",
            RoleRules.P03),
    P04("Row-level security is off on a tenant table", "ALTER TABLE … ENABLE ROW LEVEL SECURITY.", TableRules.P04),
    P05(
            "Row-level security is not forced on the owner of a tenant table",
            "ALTER TABLE … FORCE ROW LEVEL SECURITY.",
            TableRules.P05),
    P06(
            "A table within reach has no tenant column and is not on the reviewed list",
            "Add the column, or enter the table in the list of global tables after review.",
            TableRules.P06),
    P07("The tenant column may be null", "ALTER TABLE … ALTER COLUMN … SET NOT NULL.", TableRules.P07),
    P08(
            "A tenant table has no policy for a command that the runtime role may use",
            "Create the canonical policy for it, or revoke the privilege.",
            TableRules.P08),
    P09("A policy is not the canonical one", "Replace it by the canonical policy.", TableRules.P09),
    P10(
            "More than one permissive policy applies to a command: either is enough",
            "Keep one; further conditions are AS RESTRICTIVE.",
            TableRules.P10),
    P11("A primary key is not led by the tenant column", "Make the tenant column its first.", KeyRules.P11),
    P12(
            "A unique index without the tenant column tells whether other tenants hold a value",
            "Add the tenant column to it, or move the column to a global table.",
            KeyRules.P12),
    P13(
            "A foreign key between tenant tables does not pair tenant with tenant",
            "Make it composite: (tenant, x) references (tenant, id).",
            KeyRules.P13),
    P14(
            "A foreign key is not validated, not enforced or disabled",
            "ALTER TABLE … VALIDATE CONSTRAINT, or ENABLE TRIGGER ALL.",
            KeyRules.P14),
    P15(
            "A foreign key's action writes the tenant column",
            "ON UPDATE NO ACTION; ON DELETE SET NULL with a column list that leaves the tenant out.",
            KeyRules.P15),
    P16(
            "A view within reach runs with its owner's rights",
            "ALTER VIEW … SET (security_invoker = true).",
            ReachRules.P16),
    P17(
            "A materialized view or foreign table is within reach: policies don't apply to it",
            "Revoke the runtime role's privileges on it.",
            ReachRules.P17),
    P18(
            "A partition can be reached past its parent's policy",
            "Revoke privileges on partitions, or give each the canonical policy, enabled and forced.",
            TableRules.P18),
    P19(
            "A SECURITY DEFINER function can be executed and is not on the reviewed list",
            "REVOKE EXECUTE, make it SECURITY INVOKER, or enter it in the list after review.",
            ReachRules.P19),
    P20(
            "A SECURITY DEFINER function does not fix its search path safely",
            "ALTER FUNCTION … SET search_path = pg_catalog, …, pg_temp.",
            ReachRules.P20),
    P21(
            "A function of the application is marked LEAKPROOF: it runs before the policy and sees every row",
            "ALTER FUNCTION … NOT LEAKPROOF.",
            ReachRules.P21),
    P22("The runtime role holds a privilege that row-level security does not filter", "REVOKE it.", RoleRules.P22),
    P23("The runtime role may create objects", "REVOKE CREATE ON SCHEMA or DATABASE … FROM it.", RoleRules.P23),
    P24("Everybody holds a privilege on an application object", "REVOKE … FROM PUBLIC.", RoleRules.P24),
    P25(
            "An append-only table can be changed",
            "REVOKE UPDATE, DELETE, TRUNCATE ON … FROM the runtime role.",
            RoleRules.P25),
    P26(
            "A trigger within reach runs with its owner's rights and is not on the reviewed list",
            "Make its function SECURITY INVOKER, or enter it in the list after review.",
            ReachRules.P26),
    P27(
            "A role, the database or the server sets context beforehand",
            "ALTER ROLE or DATABASE … RESET it; take it out of postgresql.conf.",
            RoleRules.P27),
    P28(
            "A publication sends rows of every tenant out",
            "DROP PUBLICATION, or publish global tables only.",
            ReachRules.P28),
    P29("The server lacks a fix to row-level security itself", "Install the newest minor version.", ReachRules.P29),
    P30(
            "An index on a tenant table goes unused under row-level security: its operators are not leakproof",
            "Index text, uuid, integer or time columns instead.",
            KeyRules.P30),
    P31(
            "A function is not the one that was reviewed",
            "Restore it, or review it and enter its new digest in the list.",
            ReachRules.P31),
    P32(
            "Another role than its owner holds a privilege on the table that holds the sealing key",
            "REVOKE it; what the application needs of the key is its own copy.",
            ReachRules.P32),
    P33(
            "A rewrite rule makes statements on a table or view do something else",
            "DROP RULE; what it is for belongs into a trigger.",
            ReachRules.P33),
    P34(
            "An event trigger runs with the rights of whoever changes the schema or logs in",
            "DROP EVENT TRIGGER, or enter it in the list after review.",
            ReachRules.P34),
    P35(
            "An extension holds what is not its own, or was not reviewed",
            "ALTER EXTENSION … DROP the object from it; enter the extension in the list after review.",
            ReachRules.P35),
    P36(
            "A table inherits from another: whoever reads the parent reads the child's rows, under the child's own rights",
            "ALTER TABLE … NO INHERIT, or DROP TABLE it.",
            ReviewedRules.P36),
    P37(
            "A table, view or function is not the one that was reviewed",
            "Drop or restore it, or review it and enter it in the list.",
            ReviewedRules.P37),
    P38(
            "A trigger is not the one that was reviewed",
            "Drop or restore it, or review it and enter it in the list.",
            ReviewedRules.P38),
    P39(
            "A policy is not the one that was reviewed",
            "Drop or restore it, or review it and enter it in the list.",
            ReviewedRules.P39),
    P40(
            "A publication or subscription sends rows out or brings them in, and was not reviewed",
            "DROP PUBLICATION or SUBSCRIPTION, or enter it in the list after review.",
            ReviewedRules.P40),
    P41(
            "A function or view of PostgreSQL itself was replaced or altered",
            "Restore it as in a fresh database of the same version.",
            ReviewedRules.P41),
    P42(
            "A CHECK constraint or an operator is not the one that was reviewed",
            "Drop or restore it, or review it and enter it in the list.",
            ReviewedRules.P42);

    private final String meaning;
    private final String remedy;
    private final String sql;

    Rule(String meaning, String remedy, String sql) {
        this.meaning = meaning;
        this.remedy = remedy;
        this.sql = sql;
    }

    /** What a finding means, without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }

    /** True when a finding is worth knowing and refutes nothing. */
    public boolean advisory() {
        return this == P30;
    }

    /** The query, to stand after the scope's head: object and detail, both text. */
    String sql() {
        return sql;
    }

    /** The rule that {@code id} names, such as {@code P04}. */
    public static Optional<Rule> of(String id) {
        for (Rule rule : values()) {
            if (rule.name().equals(id)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
