package dev.averment.server.boot;

import dev.averment.checks.CollectException;
import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.checks.target.RegisterFile;
import dev.averment.checks.target.Registers;
import dev.averment.claims.Page;
import dev.averment.server.AvermentApplication;
import dev.averment.server.claims.Pages;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.EmbeddedPostgres;
import dev.averment.server.database.FolderInUseException;
import dev.averment.server.database.LocalAuthority;
import dev.averment.server.database.Preparation;
import dev.averment.server.database.StartException;
import dev.averment.server.edge.EdgePolicy;
import dev.averment.server.limits.RedisAddress;
import dev.averment.server.outbound.MailRelay;
import dev.averment.server.proving.Instance;
import dev.averment.server.telemetry.LogReceiver;
import dev.averment.server.telemetry.LogSink;
import dev.averment.server.tenancy.WellKnown;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One running server. Starting goes in one order, and a step that fails leaves nothing running: page, ports, data
 * folder, database, migrations, application.
 */
public final class AvermentServer implements AutoCloseable {
    private final DataFolder data;
    private final @Nullable EmbeddedPostgres postgres;
    private final ConfigurableApplicationContext application;
    private final @Nullable LogSink logSink;
    private final AtomicBoolean closed = new AtomicBoolean();

    private AvermentServer(
            DataFolder data,
            @Nullable EmbeddedPostgres postgres,
            ConfigurableApplicationContext application,
            @Nullable LogSink logSink) {
        this.logSink = logSink;
        this.data = data;
        this.postgres = postgres;
        this.application = application;
    }

    /** @param progress gets one line a step */
    public static AvermentServer start(ServerOptions options, Consumer<String> progress) throws StartException {
        return start(options, progress, InstantSource.system());
    }

    /** As {@link #start(ServerOptions, Consumer)}, under another clock than the machine's. */
    public static AvermentServer start(ServerOptions options, Consumer<String> progress, InstantSource machine)
            throws StartException {
        return start(options, progress, machine, _ -> {});
    }

    /** @param making gets the database before any of its processes runs: closing it ends the start */
    static AvermentServer start(
            ServerOptions options, Consumer<String> progress, InstantSource machine, Consumer<EmbeddedPostgres> making)
            throws StartException {
        // A leaf cuts off what is below a microsecond, and the database rounds it: no moment has any, so that both
        // agree.
        InstantSource clock = Clock.tick(machine.withZone(ZoneOffset.UTC), Duration.of(1, ChronoUnit.MICROS));
        // The database's driver tells the database the machine's zone, over whatever else was asked for.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        options.check();
        Page page = loadPage(options.page);
        Map<String, List<Registers.Entry>> registers = registers(options.page);
        RedisAddress redis = redis(options.redis);
        LogReceiver receiver = receiver(options.logSink);
        MailRelay mail = mail(options.mail);
        OutboundRules outbound = OutboundRules.of(options);
        // A folder that is there goes before the ports: a server that runs on it has those, and is what is to be said.
        DataFolder data = Files.exists(options.data.resolve("VERSION")) ? open(options.data) : null;
        int port;
        int readingPort;
        try {
            port = requireFree(options.port, options.address, "--port");
            readingPort =
                    options.readingPort == 0 ? 0 : requireFree(options.readingPort, "127.0.0.1", "--reading-port");
        } catch (StartException e) {
            if (data != null) {
                closeQuietly(null, data);
            }
            throw e;
        }
        return start(
                options,
                progress,
                clock,
                making,
                page,
                registers,
                redis,
                receiver,
                mail,
                outbound,
                port,
                readingPort,
                data == null ? open(options.data) : data);
    }

    private static AvermentServer start(
            ServerOptions options,
            Consumer<String> progress,
            InstantSource clock,
            Consumer<EmbeddedPostgres> making,
            Page page,
            Map<String, List<Registers.Entry>> registers,
            @Nullable RedisAddress redis,
            @Nullable LogReceiver receiver,
            @Nullable MailRelay mail,
            OutboundRules outbound,
            int port,
            int readingPort,
            DataFolder data)
            throws StartException {
        EmbeddedPostgres postgres = null;
        try {
            LocalAuthority authority =
                    LocalAuthority.open(data.path("tls"), InstantSource.system().instant());
            authority.ensure("web", "localhost", List.of("localhost", "127.0.0.1"));
            DatabaseAccess access;
            if (options.database == null) {
                progress.accept("starting the database in " + data.root());
                postgres = EmbeddedPostgres.start(data, authority, Map.of(), making);
                access = DatabaseAccess.embedded(data, postgres.port());
            } else {
                access = DatabaseAccess.external(data, options.database);
            }
            progress.accept("bringing the schema up to this version");
            new Preparation(data, access).run(authority);
            progress.accept("starting the application");
            var prepared = new Prepared(
                    data,
                    access,
                    page,
                    registers,
                    options.base(port),
                    options.securityContact,
                    port,
                    readingPort,
                    !options.noSchedule,
                    List.copyOf(options.trustedProxies),
                    options.connectionsPerAddress,
                    options.service,
                    options.serviceKeys == null
                            ? data.path("secrets", "services")
                            : options.serviceKeys.toAbsolutePath().normalize(),
                    redis,
                    mail,
                    outbound,
                    postgres == null ? 0 : postgres.pid().orElse(0L),
                    clock);
            ConfigurableApplicationContext application = run(options, prepared);
            for (String id : application.getBean(Pages.class).resting(WellKnown.OPERATOR)) {
                progress.accept("the page " + id + " was in force on this data folder before and is not shown now, for "
                        + page.id() + " is; its history is kept, and comes back with its file (--page FILE)");
            }
            // The application sets logging up anew, so what comes before it is not sent.
            return new AvermentServer(
                    data, postgres, application, receiver == null ? null : LogSink.open(receiver, clock));
        } catch (StartException | IOException | RuntimeException e) {
            closeQuietly(postgres, data);
            if (e instanceof StartException start) {
                throw start;
            }
            throw new StartException("The server can't start: " + rootMessage(e), e);
        }
    }

    private static ConfigurableApplicationContext run(ServerOptions options, Prepared prepared) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("server.port", prepared.port());
        properties.put("server.address", options.address);
        // What isn't a route is nothing: no folder is served, and no error page but the site's own.
        properties.put("spring.web.resources.add-mappings", false);
        // Nothing here takes files, and their parts would be read before anybody asks who sends them.
        properties.put("spring.servlet.multipart.enabled", false);
        properties.put("server.ssl.bundle", "web");
        properties.put(
                "spring.ssl.bundle.pem.web.options.enabled-protocols",
                String.join(",", EdgePolicy.of(prepared.page()).tlsVersions()));
        properties.put(
                "spring.ssl.bundle.pem.web.keystore.certificate",
                "file:" + prepared.data().path("tls", "web.crt"));
        properties.put(
                "spring.ssl.bundle.pem.web.keystore.private-key",
                "file:" + prepared.data().path("tls", "web.key"));
        return new SpringApplicationBuilder(AvermentApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(properties)
                .initializers(context -> context.getBeanFactory().registerSingleton("prepared", prepared))
                .run();
    }

    private static @Nullable RedisAddress redis(@Nullable Path file) throws StartException {
        try {
            return file == null ? null : RedisAddress.read(file);
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable LogReceiver receiver(@Nullable Path file) throws StartException {
        try {
            return file == null ? null : LogReceiver.read(file);
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable MailRelay mail(@Nullable Path file) throws StartException {
        try {
            return file == null ? null : MailRelay.read(file);
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Page loadPage(@Nullable Path file) throws StartException {
        try {
            var now = InstantSource.system().instant();
            LoadResult result = file == null
                    ? PageLoader.installed().load("self.yaml", builtIn("/pages/self.yaml"), now)
                    : PageLoader.installed().load(file, now);
            return switch (result) {
                case LoadResult.Loaded loaded -> loaded.page();
                case LoadResult.Refused refused ->
                    throw new StartException("The page can't be put in force:\n  "
                            + String.join(
                                    "\n  ",
                                    refused.problems().stream()
                                            .map(Object::toString)
                                            .toList()));
            };
        } catch (IOException e) {
            throw new StartException(
                    "The page file " + file + (file != null && Files.exists(file) ? " can't be read" : " is not there")
                            + ". Give an existing file with --page.",
                    e);
        }
    }

    private static byte[] builtIn(String resource) throws IOException {
        try (var in = AvermentServer.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing from this build");
            }
            return in.readAllBytes();
        }
    }

    /** Entries to start with, from the file of the same name in the folder {@code registers} beside the page. */
    private static Map<String, List<Registers.Entry>> registers(@Nullable Path page) throws StartException {
        LocalDate today = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);
        try {
            if (page == null) {
                return RegisterFile.parse(
                        "self.yaml", new String(builtIn("/pages/registers/self.yaml"), StandardCharsets.UTF_8), today);
            }
            Path beside = page.toAbsolutePath().resolveSibling("registers").resolve(page.getFileName());
            return Files.exists(beside)
                    ? RegisterFile.parse(beside.toString(), Files.readString(beside), today)
                    : Map.of();
        } catch (CollectException e) {
            throw new StartException(e.getMessage() + " Correct it, or move the file away.", e);
        } catch (IOException e) {
            throw new StartException(
                    "The register file beside the page can't be read: " + StartException.unstopped(e.getMessage())
                            + ".",
                    e);
        }
    }

    /** The folder, locked; when a server runs on it, that is said with its address. */
    private static DataFolder open(Path folder) throws StartException {
        try {
            return DataFolder.open(folder);
        } catch (FolderInUseException e) {
            Instance running;
            try {
                running = Instance.read(folder.toAbsolutePath().normalize());
            } catch (IOException notAnnounced) {
                throw e;
            }
            throw new StartException(
                    "Already running at https://localhost:" + running.port() + "/, process " + running.pid()
                            + ". Another server is using the data folder " + folder + ": stop it first (kill "
                            + running.pid() + "), or start this one with another folder: --data DIR.",
                    e);
        }
    }

    private static int requireFree(int wanted, String address, String option) throws StartException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartException(
                    "Port " + wanted + " on " + address + " can't be used (" + e.getMessage()
                            + "): another program has it, or it needs more rights. Give another one: " + option + " N.",
                    e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static void closeQuietly(@Nullable EmbeddedPostgres postgres, DataFolder data) {
        if (postgres != null) {
            postgres.close();
        }
        try {
            data.close();
        } catch (IOException e) {
            System.err.println("averment: the data folder's lock can't be let go: " + e.getMessage());
        }
    }

    /** The application's beans, for tests. */
    public ConfigurableApplicationContext application() {
        return application;
    }

    public Path dataFolder() {
        return data.root();
    }

    void printAddresses(PrintStream out) {
        Prepared prepared = application.getBean(Prepared.class);
        if (prepared.readingPort() != 0) {
            out.println("Read the page on this machine:   http://localhost:" + prepared.readingPort() + "/");
        }
        out.println("The server, over HTTPS:          https://localhost:" + prepared.port() + "/");
        out.println("Its certificate authority:       " + data.path("tls", "ca.crt"));
        out.println("Mail is not sent: it waits in       " + data.path("outbox"));
        out.println("Stop it with Ctrl-C. Data lies in " + data.root());
        out.flush();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Instance.forget(data);
        application.close();
        if (logSink != null) {
            logSink.close();
        }
        closeQuietly(postgres, data);
    }
}
