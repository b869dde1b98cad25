package dev.averment.server.proving;

import dev.averment.checks.target.Web;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.database.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is true of a server while it runs, written into its data folder (0600) when it is ready: whoever may read the
 * folder can look at the server as closely as it looks at itself.
 *
 * @param page        id of the operator's page
 * @param pageSha256  digest of the page file in force, hex
 * @param port        of the HTTPS listener
 * @param readingPort of the plain listener on loopback, 0 for none
 * @param database    JDBC address of the database server, without database name and credential
 * @param postgresPid process of the embedded database, 0 when there is none
 * @param pid         process of the server
 * @param origin      of the operator's log
 * @param vkey        verifier key of that log
 * @param service     what other services call it
 * @param serviceKeys folder of the keys of calls between services
 * @param routes      {@code METHOD path public|authenticated template needs} of every route of the running application
 */
public record Instance(
        String page,
        String pageSha256,
        int port,
        int readingPort,
        String database,
        long postgresPid,
        long pid,
        String origin,
        String vkey,
        String service,
        String serviceKeys,
        List<String> routes) {

    private static final String FILE = "instance.json";

    public Instance {
        routes = List.copyOf(routes);
    }

    static Path file(Path dataFolder) {
        return dataFolder.resolve("run").resolve(FILE);
    }

    /** Writes it; from now on others may find the server. */
    public void announce(DataFolder data) throws IOException {
        DataFolder.writePrivate(
                file(data.root()),
                JsonObject.of(
                                "page", page,
                                "pageSha256", pageSha256,
                                "port", port,
                                "readingPort", readingPort,
                                "database", database,
                                "postgresPid", postgresPid,
                                "pid", pid,
                                "origin", origin,
                                "vkey", vkey,
                                "service", service,
                                "serviceKeys", serviceKeys,
                                "routes", routes)
                        .toPrettyJson());
    }

    /** Removes it: the server is going. */
    public static void forget(DataFolder data) {
        try {
            Files.deleteIfExists(file(data.root()));
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Instance.class).warn("{} can't be removed", file(data.root()), e);
        }
    }

    /**
     * Reads what a running server announced.
     *
     * @throws IOException when no server runs on the folder, or the file can't be read
     */
    public static Instance read(Path dataFolder) throws IOException {
        try {
            JsonObject json = Json.parseObject(Files.readAllBytes(file(dataFolder)));
            var instance = new Instance(
                    json.string("page"),
                    json.string("pageSha256"),
                    (int) json.integer("port"),
                    (int) json.integer("readingPort"),
                    json.string("database"),
                    json.integer("postgresPid"),
                    json.integer("pid"),
                    json.string("origin"),
                    json.string("vkey"),
                    json.string("service"),
                    json.string("serviceKeys"),
                    json.array("routes").strings());
            if (ProcessHandle.of(instance.pid()).filter(ProcessHandle::isAlive).isEmpty()) {
                throw new IOException(
                        "the server that used " + dataFolder + " has ended (process " + instance.pid() + ")");
            }
            return instance;
        } catch (JsonException e) {
            throw new IOException(file(dataFolder) + " is not what a server writes: " + e.getMessage(), e);
        }
    }

    /** The routes as checks take them. */
    List<Web.Route> webRoutes() {
        return routes.stream()
                .map(line -> line.split(" ", 5))
                .map(part -> new Web.Route(
                        part[0], part[1], part[2].equals("authenticated"), part[3], part[4].equals("-") ? "" : part[4]))
                .toList();
    }
}
