package dev.averment.server.boot;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What one server is started with. */
public final class ServerOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder for everything the server keeps (default: $${XDG_DATA_HOME:-~/.local/share}/averment).")
    Path data = defaultDataFolder();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8443",
            description = "Port of the HTTPS listener; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--reading-port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port on which this machine alone may read the public pages over plain HTTP; 0 for none"
                    + " (default: ${DEFAULT-VALUE}).")
    int readingPort;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address of the HTTPS listener (default: ${DEFAULT-VALUE}).")
    String address = "127.0.0.1";

    @Option(
            names = "--base",
            paramLabel = "URL",
            description = "Address under which the world reaches this server; security.txt names it as its own"
                    + " (default: https://localhost:PORT).")
    @Nullable
    URI base;

    @Option(
            names = "--security-contact",
            paramLabel = "URI",
            description = "Where researchers report holes, such as mailto:security@example.org; goes into the page's"
                    + " register security-txt at the first start (default: the page's disclosure document).")
    @Nullable
    URI securityContact;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "The operator's page, whose policy the server enforces (default: the built-in page about"
                    + " Averment itself).")
    @Nullable
    Path page;

    @Option(
            names = "--database",
            paramLabel = "FILE",
            description = "Properties file of a PostgreSQL 15 or later to use instead of the built-in one: url"
                    + " (with sslmode=verify-full), user, passwordFile.")
    @Nullable
    Path database;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "NETWORK",
            description = "Address or network of a proxy whose X-Forwarded-For is believed; may be given again"
                    + " (default: none).")
    List<String> trustedProxies = new ArrayList<>();

    @Option(names = "--no-schedule", description = "Do not run checks by itself; someone else will.")
    boolean noSchedule;

    /** {@code $XDG_DATA_HOME/averment}, or {@code ~/.local/share/averment}. */
    public static Path defaultDataFolder() {
        String xdg = System.getenv("XDG_DATA_HOME");
        Path base = xdg != null && !xdg.isBlank()
                ? Path.of(xdg)
                : Path.of(System.getProperty("user.home"), ".local", "share");
        return base.resolve("averment");
    }
}
