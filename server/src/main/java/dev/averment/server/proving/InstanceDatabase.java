package dev.averment.server.proving;

import dev.averment.checks.target.Database;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.Preparation;
import dev.averment.server.tenancy.Seal;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** This server's database as checks see it: as the runtime role and as the one that reads the catalog. */
final class InstanceDatabase implements Database {
    private static final String RUNTIME = dev.averment.server.database.Role.APP.roleName();

    private static final Allowances ALLOWANCES = ReviewedAllowances.read();

    private final DatabaseAccess access;
    private final Seal seal;
    private final Optional<Pool> pool;

    InstanceDatabase(DatabaseAccess access, Seal seal, Optional<Pool> pool) {
        this.access = access;
        this.seal = seal;
        this.pool = pool;
    }

    @Override
    public Connection connect(Role role) throws SQLException {
        return access.connect(
                switch (role) {
                    case RUNTIME -> RUNTIME;
                    case PROBE -> dev.averment.server.database.Role.PROBE.roleName();
                });
    }

    @Override
    public String runtimeRole() {
        return RUNTIME;
    }

    @Override
    public String tenantColumn() {
        return "workspace_id";
    }

    @Override
    public String canonicalPolicy() {
        return "(workspace_id = ( SELECT tenancy.workspace() AS workspace))";
    }

    @Override
    public Canaries canaries() {
        return new Canaries(WellKnown.CANARY_A, WellKnown.CANARY_B);
    }

    @Override
    public void enter(Connection connection, UUID workspace) throws SQLException {
        seal.enter(connection, context(workspace));
    }

    private static WorkspaceContext context(UUID workspace) {
        return new WorkspaceContext(workspace, "service:check");
    }

    @Override
    public Allowances allowances() {
        return ALLOWANCES;
    }

    @Override
    public Set<String> bypassRoles() {
        return Set.copyOf(List.of(dev.averment.server.database.EmbeddedPostgres.SUPERUSER, access.administrator()));
    }

    /** Only the role that signs all logs knows every workspace; it reads their ids here, and nothing of them. */
    @Override
    public List<UUID> others() throws SQLException {
        try (Connection connection = access.connect(dev.averment.server.database.Role.LOG.roleName());
                PreparedStatement s = connection.prepareStatement("""
                        select workspace_id from evidence.log where workspace_id not in (?, ?) order by random() limit 5""")) {
            s.setObject(1, WellKnown.CANARY_A);
            s.setObject(2, WellKnown.CANARY_B);
            List<UUID> others = new ArrayList<>();
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    others.add(r.getObject(1, UUID.class));
                }
            }
            return others;
        }
    }

    @Override
    public OptionalLong foreignAuthorities() {
        return access.clientCertificates() ? ClientAuthorities.foreign(access) : OptionalLong.empty();
    }

    @Override
    public Optional<ContextSettings> contextSettings() {
        return Optional.of(new ContextSettings(Preparation.CONTEXT_PARAMETER, Optional.empty(), Set.of("seal.key")));
    }

    @Override
    public Optional<Sealing> sealing() {
        return Optional.of(new Sealing() {
            @Override
            public byte[] seal(Connection connection, UUID workspace) throws SQLException {
                return seal.of(connection, context(workspace));
            }

            @Override
            public void enter(Connection connection, UUID workspace, byte[] given) throws SQLException {
                Seal.enter(connection, context(workspace), given);
            }
        });
    }

    @Override
    public Optional<Pool> pool() {
        return pool;
    }

    @Override
    public Optional<AuditTrail> auditTrail() {
        return Optional.of(new LeafTrail());
    }

    @Override
    public Optional<Transports> transports() {
        return Optional.of(new Transports() {
            private static final Map<String, String> PLAIN =
                    Map.of("sslmode", "disable", "sslrootcert", "", "sslcert", "", "sslkey", "");

            @Override
            public Connection connect(Transport transport) throws SQLException {
                return access.connect(
                        RUNTIME,
                        access.database(),
                        switch (transport) {
                            case PLAIN -> PLAIN;
                            case TLS -> Map.of();
                            case TLS_WITHOUT_CLIENT_CERTIFICATE -> Map.of("sslcert", "", "sslkey", "");
                        });
            }

            @Override
            public Set<String> others() {
                var others = new HashSet<String>();
                dev.averment.server.database.Role.connecting().forEach(role -> others.add(role.roleName()));
                others.add(access.administrator());
                others.remove(RUNTIME);
                return others;
            }

            @Override
            public Connection connect(String role, boolean tls) throws SQLException {
                return access.connect(
                        role, access.database(), tls ? Map.of("sslcert", "", "sslkey", "", "password", "") : PLAIN);
            }
        });
    }

    /** Leaves that the open transaction added: only it can see them. No other one is read, for it may be damaged. */
    private static final class LeafTrail implements AuditTrail {
        @Override
        public Set<String> written(Connection connection, String table) throws SQLException {
            var ids = new HashSet<String>();
            try (PreparedStatement s = connection.prepareStatement("""
                    select leaf_id from evidence.leaf
                     where case when xmin = pg_current_xact_id()::xid and action like 'row.%'
                                then convert_from(bytes, 'UTF8')::json -> 'targets' -> 0 ->> 'type' = ? end""")) {
                s.setString(1, table);
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        ids.add(r.getString(1));
                    }
                }
            }
            return ids;
        }

        @Override
        public boolean present(Connection connection, String id) throws SQLException {
            try (PreparedStatement s =
                    connection.prepareStatement("select 1 from evidence.leaf where leaf_id = ?::uuid")) {
                s.setString(1, id);
                try (ResultSet r = s.executeQuery()) {
                    return r.next();
                }
            }
        }
    }
}
