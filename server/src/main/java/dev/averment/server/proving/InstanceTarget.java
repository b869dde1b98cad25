package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import dev.averment.checks.target.Database;
import dev.averment.checks.target.EvidenceLog;
import dev.averment.checks.target.Registers;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebTargets;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.tenancy.Seal;
import dev.averment.server.tenancy.WellKnown;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running Averment server as a target. The server itself and {@code aver prove} look through the same eyes: over HTTPS
 * and over the database's own protocol, with what lies in the data folder.
 */
public final class InstanceTarget implements Target {
    private final String name;
    private final Map<Class<?>, Facility> facilities;

    private InstanceTarget(String name, Map<Class<?>, Facility> facilities) {
        this.name = name;
        this.facilities = facilities;
    }

    /**
     * The server that runs on {@code dataFolder}, seen from another process of the same user.
     *
     * @throws IOException when none runs on it, or the folder can't be read
     */
    public static InstanceTarget of(Path dataFolder) throws IOException {
        Instance instance = Instance.read(dataFolder);
        DataFolder data = DataFolder.readOnly(dataFolder);
        return of(data, DatabaseAccess.of(data, instance.database()), instance, Optional.empty());
    }

    /** @param pool the server's own pool, when this is the server */
    static InstanceTarget of(
            DataFolder data, DatabaseAccess access, Instance instance, Optional<Database.Pool> pool)
            throws IOException {
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
                    routes(instance),
                    Map.of("Authorization", "Bearer " + data.secret("operator-token")));
        } catch (CollectException e) {
            throw new IOException(e.getMessage(), e);
        }
        var database = new InstanceDatabase(access, seal, pool);
        var log = new EvidenceLog(
                WellKnown.OPERATOR,
                instance.origin(),
                instance.vkey(),
                base.resolve("/log/" + WellKnown.OPERATOR + "/"),
                Optional.of(new InstanceEntries(database)));
        Registers registers = new InstanceRegisters(database, instance.page());
        return new InstanceTarget(
                base.toString(),
                Map.of(Web.class, web, Database.class, database, EvidenceLog.class, log, Registers.class, registers));
    }

    private static List<Web.Route> routes(Instance instance) {
        return instance.authenticatedRoutes().entrySet().stream()
                .map(e -> {
                    int space = e.getKey().indexOf(' ');
                    return new Web.Route(
                            e.getKey().substring(0, space), e.getKey().substring(space + 1), e.getValue());
                })
                .toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public <T extends Facility> Optional<T> facility(Class<T> kind) {
        return Optional.ofNullable(facilities.get(kind)).map(kind::cast);
    }
}
