package dev.averment.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.EmbeddedPostgres;
import dev.averment.server.database.LocalAuthority;
import dev.averment.server.database.Preparation;
import dev.averment.server.database.Role;
import dev.averment.server.database.StartException;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.tenancy.RolePools;
import dev.averment.server.tenancy.Seal;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The product's own database as {@code aver up} makes it, without the application: embedded PostgreSQL with fsync and
 * synchronous commit on, TLS, every role, all migrations, and as many workspaces as asked for, each with a log.
 */
final class DatabaseRig implements AutoCloseable {
    private final Path folder;
    private final boolean disposable;
    private final DataFolder data;
    private final EmbeddedPostgres postgres;
    private final DatabaseAccess access;
    private final RolePools pools;
    private final Workspaces workspaces;

    private DatabaseRig(
            Path folder,
            boolean disposable,
            DataFolder data,
            EmbeddedPostgres postgres,
            DatabaseAccess access,
            int clients)
            throws IOException {
        this.folder = folder;
        this.disposable = disposable;
        this.data = data;
        this.postgres = postgres;
        this.access = access;
        this.pools = new RolePools(access, Map.of(Role.APP, clients, Role.WORKER, 5, Role.LOG, 2));
        this.workspaces = new Workspaces(pools.of(Role.APP), new Seal(data.secret("seal-key")));
    }

    /** @param clients connections of the runtime role at most */
    static DatabaseRig start(int clients) throws IOException, StartException {
        return open(Files.createTempDirectory("averment-bench-"), clients, true);
    }

    /** The same in {@code folder/data}, which stays, for a server that runs on it before or afterwards. */
    static DatabaseRig at(Path folder, int clients) throws IOException, StartException {
        return open(folder, clients, false);
    }

    private static DatabaseRig open(Path folder, int clients, boolean disposable) throws IOException, StartException {
        DataFolder data = DataFolder.open(folder.resolve("data"));
        LocalAuthority authority =
                LocalAuthority.open(data.path("tls"), InstantSource.system().instant());
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, authority, Map.of());
        try {
            DatabaseAccess access = DatabaseAccess.embedded(data, postgres.port());
            new Preparation(data, access).run(authority);
            return new DatabaseRig(folder, disposable, data, postgres, access, clients);
        } catch (IOException | StartException | RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    DataFolder data() {
        return data;
    }

    RolePools pools() {
        return pools;
    }

    Workspaces workspaces() {
        return workspaces;
    }

    /** A connection of the owner, for what only a benchmark does: tables without policies, triggers switched off. */
    Connection owner() throws SQLException {
        return access.connect(Role.OWNER.roleName());
    }

    /** A pool of the owner's, for peers that keep tables of their own. */
    HikariDataSource ownerPool(int size) throws IOException {
        var config = new HikariConfig();
        config.setJdbcUrl(access.url(access.database()));
        config.setDataSourceProperties(access.properties(Role.OWNER.roleName()));
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    void asOwner(String... statements) throws SQLException {
        try (var connection = owner();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A connection of the administrator: figures over all rows, and maintenance between rounds. */
    void asAdministrator(String sql) throws SQLException {
        try (var connection = access.connect(access.administrator());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One figure over the rows of all workspaces. */
    long count(String sql) throws SQLException {
        try (var connection = access.connect(access.administrator());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Makes {@code count} workspaces, each with its log. */
    List<UUID> workspaces(int count) {
        var leaves = new LeafStore();
        var made = new ArrayList<UUID>();
        for (int i = 0; i < count; i++) {
            UUID id = new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | i + 1);
            var context = context(id);
            workspaces.in(context, jdbc -> {
                leaves.open(jdbc, context, origin(id));
                return jdbc.sql(
                                "insert into tenancy.workspace (workspace_id, name, kind) values (?, 'Bench', 'customer')")
                        .param(id)
                        .update();
            });
            made.add(id);
        }
        return made;
    }

    static WorkspaceContext context(UUID workspace) {
        return new WorkspaceContext(workspace, "service:bench");
    }

    static String origin(UUID workspace) {
        return "averment/bench/w/" + workspace;
    }

    /** Processor time of the database with all its backends, in microseconds. */
    double processorMicros() throws IOException {
        return ProcessorTime.micros(postgres.pid().orElseThrow());
    }

    @Override
    public void close() throws IOException {
        pools.close();
        postgres.close();
        data.close();
        if (disposable) {
            Disposable.delete(folder);
        }
    }
}
