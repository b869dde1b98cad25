package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.FactorService;
import dev.averment.checks.target.ProviderService;
import dev.averment.checks.target.SignInPaths;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WorkflowService;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.claims.Page;
import dev.averment.server.database.DataFolder;
import dev.averment.server.identity.ShownToChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** This server as people sign in to it, with what the data folder shows of it: mail, keys, and the role of its accounts. */
final class InstanceSignIn implements SignInService {
    /** RFC 2606: no mail ever leaves for it. */
    private static final String DOMAIN = "@averment.invalid";

    private static final Pattern CODE = Pattern.compile("#([A-Za-z0-9_-]{43})");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Web web;
    private final DataFolder data;
    private final AccountRecords records;
    private final AuthenticationLog log;
    private final FactorService factors;
    private final WorkspaceService workspaces;
    private final WorkflowService workflows;
    private final ProviderService providers;

    InstanceSignIn(
            Web web,
            DataFolder data,
            AccountRecords records,
            AuthenticationLog log,
            FactorService factors,
            WorkspaceService workspaces,
            WorkflowService workflows,
            ProviderService providers) {
        this.web = web;
        this.data = data;
        this.records = records;
        this.log = log;
        this.factors = factors;
        this.workspaces = workspaces;
        this.workflows = workflows;
        this.providers = providers;
    }

    /**
     * All of 127.0.0.0/8 is this machine, and each of its addresses is a client to the server's limits. Where the system
     * gives only one of them, everybody on the machine shares it.
     */
    @Override
    public Visitor visitor() {
        Optional<InetAddress> own = loopback();
        HttpClient.Builder client = HttpClient.newBuilder()
                .sslContext(web.trust())
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER);
        own.ifPresent(client::localAddress);
        return new Visitor(
                List.of(new Web(
                        web.base(),
                        web.trust(),
                        client.build(),
                        web.plain(),
                        web.plainReading(),
                        web.routes(),
                        web.signedIn(),
                        web.dialer())),
                own.map(InetAddress::getHostAddress));
    }

    private static Optional<InetAddress> loopback() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] address = {127, (byte) random.nextInt(1, 255), (byte) random.nextInt(256), (byte) random.nextInt(1, 255)
        };
        try (Socket probe = new Socket()) {
            InetAddress candidate = InetAddress.getByAddress(address);
            probe.bind(new InetSocketAddress(candidate, 0));
            return Optional.of(candidate);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public SignInPaths paths() {
        return SignInPaths.OURS;
    }

    @Override
    public String newAddress() {
        return "canary-" + UUID.randomUUID() + DOMAIN;
    }

    @Override
    public Mailbox mailbox() {
        return new Outbox();
    }

    @Override
    public Optional<AccountRecords> records() {
        return Optional.of(records);
    }

    @Override
    public Optional<AuthenticationLog> log() {
        return Optional.of(log);
    }

    @Override
    public Optional<FactorService> factors() {
        return Optional.of(factors);
    }

    @Override
    public Optional<WorkspaceService> workspaces() {
        return Optional.of(workspaces);
    }

    @Override
    public Optional<WorkflowService> workflows() {
        return Optional.of(workflows);
    }

    @Override
    public Optional<ProviderService> providers() {
        return Optional.of(providers);
    }

    @Override
    public Optional<TokenKeys> tokenKeys() {
        return Optional.of((id, input) -> {
            try {
                return ShownToChecks.accessTokenMac(data, id, input);
            } catch (IOException e) {
                throw unreadableKeys(e);
            }
        });
    }

    @Override
    public Optional<CookieKeys> cookieKeys(Page page) throws CollectException {
        try {
            return ShownToChecks.cookieKeys(data, page)
                    .map(keys -> new CookieKeys(keys.count(), keys.newest(), keys.life(), keys.overlap()));
        } catch (IOException e) {
            throw unreadableKeys(e);
        }
    }

    private static CollectException unreadableKeys(IOException e) {
        return new CollectException(
                "The signing keys in the data folder can't be read; see that the check runs as the server's user.", e);
    }

    /** Messages as files, as the server itself puts them there. */
    private final class Outbox implements Mailbox {
        @Override
        public Optional<String> newestCode(String address) throws CollectException {
            for (Path file : messages()) {
                Optional<String> text = read(file).filter(mail -> isFor(mail, address));
                Matcher code = CODE.matcher(text.orElse(""));
                if (code.find()) {
                    return Optional.of(code.group(1));
                }
            }
            return Optional.empty();
        }

        @Override
        public void discard(String address) throws CollectException {
            for (Path file : messages()) {
                if (read(file).filter(mail -> isFor(mail, address)).isPresent()) {
                    try {
                        Files.deleteIfExists(file);
                    } catch (IOException e) {
                        throw unreadable(e);
                    }
                }
            }
        }

        private List<Path> messages() throws CollectException {
            try (Stream<Path> all = Files.list(data.path("outbox"))) {
                return all.filter(file -> file.toString().endsWith(".eml"))
                        .sorted(Comparator.reverseOrder())
                        .toList();
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        /** Empty when it was sent or pruned meanwhile. */
        private static Optional<String> read(Path file) throws CollectException {
            try {
                return Optional.of(Files.readString(file));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private static boolean isFor(String mail, String address) {
            int body = mail.indexOf("\r\n\r\n");
            return mail.substring(0, Math.max(body, 0)).contains("\r\nTo: " + address + "\r\n");
        }

        private static CollectException unreadable(IOException e) {
            return new CollectException(
                    "The outbox of the data folder can't be read ("
                            + e.getClass().getSimpleName() + "); see that the check runs as the server's user.",
                    e);
        }
    }
}
