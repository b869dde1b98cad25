package dev.averment.checks.target;

import dev.averment.checks.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** A PostgreSQL database, as the roles of the application see it. */
@Target.Part(what = "database", key = "postgres")
public interface Database extends Target.Facility {

    /** Who connects. */
    enum Role {
        /** The application's runtime role, under row-level security. */
        RUNTIME,
        /** Reads the catalog; sees no tenant rows. */
        PROBE
    }

    /** How a connection is made, for {@link Transports}. */
    enum Transport {
        /** Without TLS. */
        PLAIN,
        /** TLS, with the client certificate when the application has one. */
        TLS,
        /** TLS, and no client certificate even when the application has one. */
        TLS_WITHOUT_CLIENT_CERTIFICATE
    }

    /** A new connection, autocommit on; the caller closes it. */
    Connection connect(Role role) throws SQLException;

    /** Name of the runtime role, such as {@code averment_app}. */
    String runtimeRole();

    /** Name of the tenant column, such as {@code workspace_id}. */
    String tenantColumn();

    /**
     * Expression of the one canonical policy as PostgreSQL prints it when only {@code pg_catalog} is on the search path,
     * such as {@code (workspace_id = ( SELECT tenancy.workspace() AS workspace))}.
     */
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

    /**
     * Workspaces that are somebody's, a few of many: a forged context is tried against them too. Rows are counted there and
     * never read, and the workspaces are never entered.
     */
    default List<UUID> others() throws SQLException {
        return List.of();
    }

    /**
     * How many authorities, beside the application's own, the server takes clients' certificates from; empty when nobody but
     * the server knows. Such a certificate opens the door to every role that it names.
     */
    default OptionalLong foreignAuthorities() {
        return OptionalLong.empty();
    }

    /** Login roles that may bypass row-level security, such as the one that takes backups; the cluster's first superuser need not be named. */
    default Set<String> bypassRoles() {
        return Set.of();
    }

    /** Where the application keeps its context; without it nobody can try to forge one. */
    default Optional<ContextSettings> contextSettings() {
        return Optional.empty();
    }

    /** How a context is entered under a seal; without it a seal can only be tried as a setting. */
    default Optional<Sealing> sealing() {
        return Optional.empty();
    }

    /** The application's connection pool; without it nobody can tell what one borrower leaves to the next. */
    default Optional<Pool> pool() {
        return Optional.empty();
    }

    /** Where the modification trigger writes; without it nobody can count what a change left. */
    default Optional<AuditTrail> auditTrail() {
        return Optional.empty();
    }

    /** Connections by transport; without it only the connections that are already there can be looked at. */
    default Optional<Transports> transports() {
        return Optional.empty();
    }

    /** The two probing workspaces. */
    record Canaries(UUID a, UUID b) {}

    /**
     * @param workspace setting that names the workspace, such as {@code averment.workspace}
     * @param seal      setting that holds a seal while the context lasts, if there is one
     * @param keyTables {@code schema.table} of whatever holds the sealing key
     */
    record ContextSettings(String workspace, Optional<String> seal, Set<String> keyTables) {}

    /** The seal under which the application enters a context, apart from the entering. */
    interface Sealing {
        /** The seal that opens {@code workspace} on that connection. */
        byte[] seal(Connection connection, UUID workspace) throws SQLException;

        /** Enters {@code workspace} inside the open transaction as the application does, but under this seal. */
        void enter(Connection connection, UUID workspace, byte[] seal) throws SQLException;
    }

    /** The application's own pool, or one like it. Whoever asked for it closes it. */
    @FunctionalInterface
    interface Pool extends AutoCloseable {
        /**
         * A connection of the runtime role with a transaction open and no workspace entered, in the very state in which
         * application code gets it. Closing it gives it back to the pool.
         */
        Connection withoutWorkspace() throws SQLException;

        /** Ends what was opened for this look; a pool that the application goes on using stays. */
        @Override
        default void close() throws SQLException {}
    }

    /** Where changes are recorded. */
    interface AuditTrail {
        /**
         * Ids of the modification records about rows of {@code table} ({@code schema.table}) that the open transaction of
         * {@code connection} (the runtime role, in a workspace) has written so far.
         */
        Set<String> written(Connection connection, String table) throws SQLException;

        /** Whether a record with this id is there for the open transaction of {@code connection}. */
        boolean present(Connection connection, String id) throws SQLException;
    }

    /** Connections of the runtime role by transport. */
    @FunctionalInterface
    interface Transports {
        /** A new connection made in exactly this way; a refusal is the {@link SQLException} of the driver, untouched. */
        Connection connect(Transport transport) throws SQLException;

        /** Other roles that can log in, for whom the door is tried too. */
        default Set<String> others() {
            return Set.of();
        }

        /**
         * Knocks as one of {@link #others()}: without TLS and with all that the role has to show for itself, or with TLS and
         * neither certificate nor password.
         */
        default Connection connect(String role, boolean tls) throws SQLException {
            throw new SQLException("there is no way to try " + role + " here", "0A000");
        }
    }

    /**
     * @param globalTables        {@code schema.table} of tables that hold no tenant data on purpose
     * @param securityDefiners    functions that may be SECURITY DEFINER and executable: {@code schema.function(type, type)}, or
     *                            {@code schema.function} as long as only one has that name
     * @param otherRolePolicies   {@code schema.table/policy} for roles other than the runtime role
     * @param appendOnlyTables    {@code schema.table} that the runtime role may only insert into and read
     * @param unauditedSchemas    schemas whose tenant tables need no modification trigger; in every other one they do
     * @param modificationTrigger name of that trigger's function, such as {@code evidence.record_change}
     * @param unauditedTables     {@code schema.table} of tenant tables that are the record themselves (log leaves, pings)
     * @param eventTriggers       names of event triggers
     * @param reviewed            what must be so exactly
     */
    record Allowances(
            Set<String> globalTables,
            Set<String> securityDefiners,
            Set<String> otherRolePolicies,
            Set<String> appendOnlyTables,
            Set<String> unauditedSchemas,
            String modificationTrigger,
            Set<String> unauditedTables,
            Set<String> eventTriggers,
            Reviewed reviewed) {}

    /**
     * What was reviewed and must be so exactly. An empty list says that nobody reviewed it, and then it is not looked at.
     *
     * @param functions  {@code schema.function(type, type)} to the SHA-256 in hex of its owner, a newline and
     *                   {@code pg_get_functiondef}
     * @param references {@code schema.table(column, column) -> schema.table(column, column)}, foreign keys that must be there
     * @param grants     {@code role: object: privilege}, everything that a role holds on an object, such as
     *                   {@code app: table public.note: UPDATE(body)}
     * @param extensions names of extensions
     * @param catalog    what the catalog must say word for word: {@code trigger app.note/record} to its definition, and so of
     *                   every table, view, function, trigger, policy, publication and subscription that is there
     */
    record Reviewed(
            Map<String, String> functions,
            Set<String> references,
            Set<String> grants,
            Set<String> extensions,
            Map<String, String> catalog) {
        public static final Reviewed NOTHING = new Reviewed(Map.of(), Set.of(), Set.of(), Set.of(), Map.of());
    }
}
