package dev.averment.server.boot;

import dev.averment.server.database.StartException;
import dev.averment.server.database.UserFolders;
import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.OwnService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
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
            names = "--redis",
            paramLabel = "FILE",
            description = "Properties file of a Redis through which servers share their limits: url"
                    + " (rediss://HOST:PORT), passwordFile, and where needed user and authorityFile.")
    @Nullable
    Path redis;

    @Option(
            names = "--mail",
            paramLabel = "FILE",
            description =
                    "Properties file, readable by its owner alone, of the relay that takes mail: host, from, and where"
                            + " needed tls (starttls or always), port, user, passwordFile, authorityFile (default: mail stays in"
                            + " the folder outbox).")
    @Nullable
    Path mail;

    @Option(
            names = "--outbound-allow",
            paramLabel = "NETWORK",
            description =
                    "Network that is not public and that messages to webhooks and gateways may go to all the same,"
                            + " such as 10.1.0.0/16; may be given again (default: none).")
    List<String> outboundAllow = new ArrayList<>();

    @Option(
            names = "--outbound-authority",
            paramLabel = "FILE",
            description = "PEM file of the certificate authorities that count for webhooks and gateways (default: those"
                    + " of the Java runtime).")
    @Nullable
    Path outboundAuthority;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "NETWORK",
            description = "Address or network of a proxy whose X-Forwarded-For is believed; may be given again"
                    + " (default: none).")
    List<String> trustedProxies = new ArrayList<>();

    @Option(
            names = "--connections-per-address",
            paramLabel = "N",
            defaultValue = "256",
            description = "Connections that one client address may have at once on a listener; trusted proxies are not"
                    + " counted (default: ${DEFAULT-VALUE}).")
    int connectionsPerAddress = 256;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            defaultValue = "server",
            description =
                    "What other services call this one: the audience of their tokens (default: ${DEFAULT-VALUE}).")
    String service = "server";

    @Option(
            names = "--service-keys",
            paramLabel = "DIR",
            description = "Folder of the keys of calls between services, a file CALLER.CALLEE.keys each pair (default:"
                    + " secrets/services in the data folder).")
    @Nullable
    Path serviceKeys;

    @Option(
            names = "--log-sink",
            paramLabel = "FILE",
            description = "Properties file of a system that takes the log in by syslog over TLS: host, and where needed"
                    + " port and authorityFile (default: none).")
    @Nullable
    Path logSink;

    @Option(names = "--no-schedule", description = "Do not run checks by itself; someone else will.")
    boolean noSchedule;

    /** {@code $XDG_DATA_HOME/averment}, or {@code ~/.local/share/averment}. */
    public static Path defaultDataFolder() {
        return UserFolders.data(System.getenv());
    }

    /** Refuses what can be seen to be wrong before anything is started. */
    void check() throws StartException {
        requirePort(port, "--port", "takes a free one");
        requirePort(readingPort, "--reading-port", "is for none");
        if (port != 0 && port == readingPort) {
            throw new StartException("Port " + port + " is given twice: HTTPS and plain HTTP need a port each."
                    + " Give another --port N or --reading-port N, or --reading-port 0 for none.");
        }
        if (connectionsPerAddress < 8) {
            throw new StartException("--connections-per-address takes 8 or more: a browser alone opens six.");
        }
        try {
            InetAddress listener = InetAddress.getByName(address);
            if (!listener.isAnyLocalAddress() && NetworkInterface.getByInetAddress(listener) == null) {
                throw new StartException("No network interface here has the address " + address
                        + ". Give --address one that has, such as"
                        + " 127.0.0.1 for this machine alone or 0.0.0.0 for all.");
            }
        } catch (IOException e) {
            throw new StartException(
                    "The address " + address + " is none: --address takes one of this machine, such as 127.0.0.1 or"
                            + " 0.0.0.0.",
                    e);
        }
        if (base != null) {
            requireBase(base);
        }
        try {
            new ClientAddress(trustedProxies);
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "A trusted proxy is no address or network: " + e.getMessage()
                            + ". --trusted-proxy takes one such as 10.0.0.7 or 10.0.0.0/24.",
                    e);
        }
        if (!OwnService.isName(service)) {
            throw new StartException("No service is called \"" + service
                    + "\": --service takes small letters, digits and hyphens, 32 at most.");
        }
        if (securityContact != null
                && (!securityContact.isAbsolute() || "http".equalsIgnoreCase(securityContact.getScheme()))) {
            throw new StartException("The contact " + securityContact + " can't stand in security.txt:"
                    + " --security-contact takes an address with its scheme, such as mailto:security@example.org.");
        }
    }

    private static void requirePort(int number, String option, String zero) throws StartException {
        if (number < 0 || number > 65_535) {
            throw new StartException(
                    "There is no port " + number + ": " + option + " takes 1 to 65535, and 0 " + zero + ".");
        }
    }

    private static void requireBase(URI base) throws StartException {
        boolean bare = base.getRawPath() == null
                || base.getRawPath().isEmpty()
                || base.getRawPath().equals("/");
        if (!"https".equalsIgnoreCase(base.getScheme())
                || base.getHost() == null
                || base.getRawUserInfo() != null
                || base.getRawQuery() != null
                || base.getRawFragment() != null
                || !bare) {
            throw new StartException(
                    "The address " + base + " can't be this server's: --base takes scheme, host and port,"
                            + " such as https://security.example.org.");
        }
    }

    /** The address under which the world reaches the server that listens on {@code port}. */
    URI base(int port) {
        URI given = base;
        return given == null
                ? URI.create("https://localhost:" + port)
                : URI.create("https://" + given.getRawAuthority());
    }
}
