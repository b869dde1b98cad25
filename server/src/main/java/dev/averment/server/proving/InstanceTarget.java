package dev.averment.server.proving;

import com.zaxxer.hikari.HikariDataSource;
import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import dev.averment.checks.target.BundledEntries;
import dev.averment.checks.target.Database;
import dev.averment.checks.target.EvidenceLog;
import dev.averment.checks.target.JobQueue;
import dev.averment.checks.target.LogStore;
import dev.averment.checks.target.Registers;
import dev.averment.checks.target.ServiceCalls;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebTargets;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.Role;
import dev.averment.server.evidence.Disclosures;
import dev.averment.server.evidence.LogKey;
import dev.averment.server.evidence.Publication;
import dev.averment.server.identity.OwnService;
import dev.averment.server.tenancy.RolePools;
import dev.averment.server.tenancy.Seal;
import dev.averment.server.tenancy.WellKnown;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A running Averment server as a target. The server itself and {@code aver prove} look through the same eyes: over HTTPS
 * and over the database's own protocol, with what lies in the data folder.
 */
public final class InstanceTarget implements Target, AutoCloseable {
    private final String name;
    private final Map<Class<?>, Facility> facilities;
    private final Runnable atClose;

    private InstanceTarget(String name, Map<Class<?>, Facility> facilities, Runnable atClose) {
        this.name = name;
        this.facilities = facilities;
        this.atClose = atClose;
    }

    /**
     * The server that runs on {@code dataFolder}, seen from another process of the same user. The pool that checks look
     * at is then one of this process, made by the code that makes the server's.
     *
     * @throws IOException when none runs on it, or the folder can't be read
     */
    public static InstanceTarget of(Path dataFolder) throws IOException {
        Instance instance = Instance.read(dataFolder);
        DataFolder data = DataFolder.readOnly(dataFolder);
        DatabaseAccess access = DatabaseAccess.of(data, instance.database());
        var pools = new RolePools(access, Map.of(Role.APP, 2));
        return of(data, access, instance, pools, pools::close);
    }

    /** This very server. @param pools its own: checks look at its connections as application code gets them */
    public static InstanceTarget own(DataFolder data, DatabaseAccess access, Instance instance, RolePools pools)
            throws IOException {
        return of(data, access, instance, pools, () -> {});
    }

    private static InstanceTarget of(
            DataFolder data, DatabaseAccess access, Instance instance, RolePools pools, Runnable atClose)
            throws IOException {
        HikariDataSource runtime = pools.of(Role.APP);
        Database.Pool pool = () -> {
            var connection = runtime.getConnection();
            connection.setAutoCommit(false);
            return connection;
        };
        var seal = new Seal(data.secret("seal-key"));
        URI base = URI.create("https://localhost:" + instance.port());
        Optional<URI> plain = instance.readingPort() == 0
                ? Optional.empty()
                : Optional.of(URI.create("http://localhost:" + instance.readingPort()));
        Web web;
        try {
            web = WebTargets.open(
                    base,
                    Optional.of(Files.readAllBytes(data.path("tls", "ca.crt"))),
                    plain,
                    plain.isPresent(),
                    instance.webRoutes(),
                    Map.of("Authorization", "Bearer " + data.secret("operator-token")));
        } catch (CollectException e) {
            throw new IOException(e.getMessage(), e);
        }
        var database = new InstanceDatabase(access, seal, Optional.of(pool));
        var log = new EvidenceLog(
                WellKnown.OPERATOR,
                instance.origin(),
                instance.vkey(),
                base.resolve("/log/" + WellKnown.OPERATOR + "/"),
                Optional.of(new BundledEntries(new InstanceEntries(database))));
        LogKey key = LogKey.open(data);
        LogStore store = new InstanceLogStore(access, database, seal, key, new Publication(data, key));
        Registers registers = new InstanceRegisters(database, instance.page());
        var accounts = new InstanceAccounts(access);
        var workspaces = new InstanceWorkspaces(access, seal, accounts);
        SignInService signIn = new InstanceSignIn(
                web,
                data,
                accounts,
                new InstanceSignInLog(access, seal, new Disclosures(data.secret("disclosure-key"))),
                new InstanceFactors(access, accounts, data, instance.page()),
                workspaces,
                new InstanceWorkflows(access, seal, data.secret("disclosure-key")),
                new InstanceProviders(data, accounts));
        return new InstanceTarget(
                base.toString(),
                Map.of(
                        Web.class,
                        web,
                        Database.class,
                        database,
                        EvidenceLog.class,
                        log,
                        LogStore.class,
                        store,
                        Registers.class,
                        registers,
                        JobQueue.class,
                        new InstanceJobs(data.root(), access, workspaces),
                        SignInService.class,
                        signIn,
                        ServiceCalls.class,
                        new InstanceServiceCalls(
                                new OwnService(instance.service(), Path.of(instance.serviceKeys())), instance.pid())),
                atClose);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public <T extends Facility> Optional<T> facility(Class<T> kind) {
        return Optional.ofNullable(facilities.get(kind)).map(kind::cast);
    }

    @Override
    public void close() {
        atClose.run();
    }
}
