package dev.averment.checks.postgres;

import dev.averment.checks.CheckType;
import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Target;
import dev.averment.checks.target.Database;
import dev.averment.claims.Page;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The sample application's database as a target: a clone of its own. */
public final class SampleDatabase implements Database, Target {
    public static final UUID A = UUID.fromString("aaaaaaaa-0000-7000-8000-000000000001");
    public static final UUID B = UUID.fromString("bbbbbbbb-0000-7000-8000-000000000002");
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final TestPostgres server = TestPostgres.server();
    private final String name;
    private final boolean mutual;
    private String runtimeRole = "sample_app";
    private boolean withContextSettings = true;
    private boolean withTrail = true;
    private boolean withTransports = true;
    private Optional<Pool> pool = Optional.empty();
    private Reviewed reviewed = Reviewed.NOTHING;
    private List<UUID> others = List.of();

    private SampleDatabase(String name, boolean mutual) {
        this.name = name;
        this.mutual = mutual;
    }

    public static SampleDatabase fresh() throws SQLException {
        return new SampleDatabase(TestPostgres.fresh("plain_"), false);
    }

    public static SampleDatabase overTls() throws SQLException {
        return new SampleDatabase(TestPostgres.fresh("tls_"), false);
    }

    public static SampleDatabase overMutualTls() throws SQLException {
        return new SampleDatabase(TestPostgres.fresh("mtls_"), true);
    }

    public SampleDatabase withPool(Pool pool) {
        this.pool = Optional.of(pool);
        return this;
    }

    public SampleDatabase withReviewed(Reviewed list) {
        reviewed = list;
        return this;
    }

    /** Whatever the catalog says now counts as reviewed. */
    public SampleDatabase asReviewed() throws SQLException {
        reviewed = Reviewed.NOTHING;
        try (Catalog catalog = Catalog.open(this)) {
            reviewed = new Reviewed(Map.of(), Set.of(), Set.of(), Set.of(), ReviewedCatalog.now(catalog));
        }
        return this;
    }

    public SampleDatabase withOthers(UUID... tenants) {
        others = List.of(tenants);
        return this;
    }

    @Override
    public List<UUID> others() {
        return others;
    }

    public SampleDatabase withoutContextSettings() {
        withContextSettings = false;
        return this;
    }

    public SampleDatabase withRuntimeRole(String role) {
        runtimeRole = role;
        return this;
    }

    public SampleDatabase withoutTrail() {
        withTrail = false;
        return this;
    }

    public SampleDatabase withoutTransports() {
        withTransports = false;
        return this;
    }

    public void asSuperuser(String sql) throws SQLException {
        server.asSuperuser(name, sql);
    }

    /** Every row of every table of the sample, as the superuser sees them, as one text. */
    public String contents() throws SQLException {
        try (Connection admin = server.connect(name, server.certificates().properties("postgres", true));
                PreparedStatement statement = admin.prepareStatement("""
                        select string_agg(c.oid::regclass || query_to_xml('select * from ' || c.oid::regclass || ' order by 1, 2',
                                          true, false, '')::text, '' order by c.oid)
                          from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where c.relkind = 'r' and n.nspname in ('app', 'audit', 'tenancy')""");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    public Facts collect(CheckType type, Map<String, Object> with) throws CollectException {
        Page page = new Page(
                "sample",
                Map.of("en", "Sample"),
                "en",
                LocalDate.of(2026, 11, 22),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                new byte[0]);
        return type.collector().collect(new Collector.Look(this, page, with, InstantSource.fixed(NOW)));
    }

    public Judgement judge(CheckType type, Map<String, Object> expect) throws CollectException {
        return type.judge().judge(collect(type, Map.of()), expect, NOW);
    }

    public Judgement judge(CheckType type) throws CollectException {
        return judge(type, Map.of());
    }

    @Override
    public String name() {
        return "the sample database";
    }

    @Override
    public <T extends Facility> Optional<T> facility(Class<T> kind) {
        return kind.isInstance(this) ? Optional.of(kind.cast(this)) : Optional.empty();
    }

    @Override
    public Connection connect(Role role) throws SQLException {
        return server.connect(
                name, server.certificates().properties(role == Role.RUNTIME ? runtimeRole() : "sample_probe", mutual));
    }

    public Connection connectAs(String role) throws SQLException {
        return server.connect(name, server.certificates().properties(role, mutual));
    }

    /** The runtime role, without TLS. */
    public Connection connectPlain() throws SQLException {
        return server.connect(name, runtimeRole());
    }

    @Override
    public String runtimeRole() {
        return runtimeRole;
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
        return new Canaries(A, B);
    }

    @Override
    public void enter(Connection connection, UUID workspace) throws SQLException {
        Seals seals = new Seals();
        seals.enter(connection, workspace, seals.seal(connection, workspace));
    }

    @Override
    public Optional<Sealing> sealing() {
        return Optional.of(new Seals());
    }

    private static final class Seals implements Sealing {
        /** The pads of the sample are those of a key of zeros. */
        @Override
        public byte[] seal(Connection connection, UUID workspace) throws SQLException {
            int pid = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(new byte[64], "HmacSHA256"));
                return mac.doFinal((workspace + "|" + pid).getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void enter(Connection connection, UUID workspace, byte[] seal) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement("select tenancy.enter(?, ?)")) {
                statement.setObject(1, workspace);
                statement.setBytes(2, seal);
                statement.execute();
            }
        }
    }

    /** Sets the context's two settings, for the transaction or the session. */
    public static void set(Connection connection, String workspace, String seal, boolean local) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select set_config('sample.workspace', ?, ?), set_config('sample.seal', ?, ?)")) {
            statement.setString(1, workspace);
            statement.setBoolean(2, local);
            statement.setString(3, seal);
            statement.setBoolean(4, local);
            statement.execute();
        }
    }

    @Override
    public Allowances allowances() {
        return new Allowances(
                Set.of("app.plan"),
                Set.of("tenancy.enter", "tenancy.workspace"),
                Set.of(),
                Set.of("app.sign_in", "audit.leaf"),
                Set.of(),
                "audit.record_change",
                Set.of("audit.leaf"),
                Set.of(),
                reviewed);
    }

    @Override
    public Optional<ContextSettings> contextSettings() {
        return withContextSettings
                ? Optional.of(
                        new ContextSettings("sample.workspace", Optional.of("sample.seal"), Set.of("tenancy.seal_key")))
                : Optional.empty();
    }

    @Override
    public Optional<Pool> pool() {
        return pool;
    }

    @Override
    public Optional<AuditTrail> auditTrail() {
        return withTrail ? Optional.of(new Leaves()) : Optional.empty();
    }

    @Override
    public Optional<Transports> transports() {
        return withTransports
                ? Optional.of(transport -> transport == Transport.PLAIN
                        ? server.connect(name, runtimeRole())
                        : server.connect(
                                name,
                                server.certificates().properties(runtimeRole(), mutual && transport == Transport.TLS)))
                : Optional.empty();
    }

    /** The leaves of the sample's own audit schema. */
    private static final class Leaves implements AuditTrail {
        @Override
        public Set<String> written(Connection connection, String table) throws SQLException {
            Set<String> ids = new LinkedHashSet<>();
            try (PreparedStatement statement = connection.prepareStatement(
                    "select id::text from audit.leaf where relation = ? and written_by = pg_current_xact_id_if_assigned()")) {
                statement.setString(1, table);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getString(1));
                    }
                }
            }
            return ids;
        }

        @Override
        public boolean present(Connection connection, String id) throws SQLException {
            return Attempt.run(connection, "select count(*) from audit.leaf where id = ?::uuid", id) > 0;
        }
    }
}
