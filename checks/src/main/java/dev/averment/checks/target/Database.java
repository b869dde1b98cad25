package dev.averment.checks.target;

import dev.averment.checks.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A PostgreSQL database, as the roles of the application see it. */
public interface Database extends Target.Facility {

    /** Who connects. */
    enum Role {
        /** The application's runtime role, under row-level security. */
        RUNTIME,
        /** Reads the catalog; sees no tenant rows. */
        PROBE
    }

    /** A new connection, autocommit on; the caller closes it. */
    Connection connect(Role role) throws SQLException;

    /** Name of the runtime role, such as {@code averment_app}. */
    String runtimeRole();

    /** Name of the tenant column, such as {@code workspace_id}. */
    String tenantColumn();

    /** Expression of the one canonical policy as PostgreSQL prints it, such as {@code (workspace_id = ( SELECT tenancy.workspace() AS workspace))}. */
    String canonicalPolicy();

    /** Two workspaces made for probing, with a row in every tenant table that can hold one. */
    Canaries canaries();

    /**
     * Sets the tenant context inside the open transaction of {@code connection}, as the application does.
     * For an application without sealing this is a {@code set_config}.
     */
    void enter(Connection connection, UUID workspace) throws SQLException;

    /** What the application's reviewed file allows: tables without a tenant column, functions, policies. */
    Allowances allowances();

    /** The two probing workspaces. */
    record Canaries(UUID a, UUID b) {}

    /**
     * @param globalTables        {@code schema.table} of tables that hold no tenant data on purpose
     * @param securityDefiners    {@code schema.function} that may be SECURITY DEFINER and executable
     * @param otherRolePolicies   {@code schema.table/policy} for roles other than the runtime role
     * @param appendOnlyTables    {@code schema.table} that the runtime role may only insert into and read
     * @param auditedSchemas      schemas whose tenant tables must carry the modification trigger
     * @param modificationTrigger name of that trigger's function, such as {@code evidence.record_change}
     * @param unauditedTables     {@code schema.table} of tenant tables that are the record themselves (log leaves, pings)
     */
    record Allowances(
            Set<String> globalTables,
            Set<String> securityDefiners,
            Set<String> otherRolePolicies,
            Set<String> appendOnlyTables,
            List<String> auditedSchemas,
            String modificationTrigger,
            Set<String> unauditedTables) {}
}
