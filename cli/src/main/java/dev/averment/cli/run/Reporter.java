package dev.averment.cli.run;

import dev.averment.cli.CommandException;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Tells the server of a run. What goes wrong here is said on standard error, and never the job's business. */
final class Reporter {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 3;
    private static final Set<Integer> AGAIN = Set.of(408, 429, 500, 502, 503, 504);

    private final HttpClient http;
    private final Way way;
    private final Consumer<String> complain;

    private Reporter(HttpClient http, Way way, Consumer<String> complain) {
        this.http = http;
        this.way = way;
        this.complain = complain;
    }

    /** How a server is told of an event. */
    private interface Way {
        HttpRequest.Builder request(JsonObject event) throws JsonException;
    }

    /** Whether a monitor is given by the address of its pings, and not by a token. */
    static boolean isAddress(String monitor) {
        return monitor.startsWith("https://") || monitor.startsWith("http://");
    }

    /**
     * What lets the job tell: {@code monitor} itself when it is an address, else what stands in the file of that name.
     *
     * @throws CommandException when the file can't be read
     */
    static String secret(String monitor) throws CommandException {
        try {
            return isAddress(monitor)
                    ? monitor
                    : Files.readString(Path.of(monitor)).strip();
        } catch (IOException | InvalidPathException e) {
            throw CommandException.wrongUse("A file can't be read: " + e.getMessage()
                    + ". MONITOR is the address of the monitor's pings, or a file with that or with a token of it.");
        }
    }

    /**
     * Tells of one run with a token.
     *
     * @param authority certificate of the authority that the server's is signed by; null for those the system trusts
     */
    static Reporter byToken(URI server, String token, @Nullable Path authority, UUID run, Consumer<String> complain)
            throws CommandException {
        if (!safe(server)) {
            throw CommandException.wrongUse(
                    "The server's address is " + server
                            + ", and a token goes by https only. Give one that begins with https:// as --server or AVERMENT_URL.");
        }
        if (!token.matches("avt_in_[A-Za-z0-9_.-]{1,190}")) {
            throw CommandException.wrongUse(
                    "The file holds no token of a monitor. Make one for the monitor, and put its text (avt_in_…) into the file,"
                            + " or the address of the monitor's pings.");
        }
        URI address = server.resolve("/ingest/v1/runs/" + run);
        return new Reporter(
                client(authority),
                event -> HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(event.canonical())),
                complain);
    }

    /** Tells of one run as tools for Healthchecks do: the address says what happened, the body is the job's output. */
    static Reporter byAddress(String pings, @Nullable Path authority, UUID run, Consumer<String> complain)
            throws CommandException {
        URI address;
        try {
            address = URI.create(pings.endsWith("/") ? pings.substring(0, pings.length() - 1) : pings);
        } catch (IllegalArgumentException e) {
            throw notPings();
        }
        // The address is a secret, and stands in no message.
        if (!safe(address) || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw notPings();
        }
        return new Reporter(
                client(authority),
                event -> HttpRequest.newBuilder(URI.create(address + suffix(event) + "?rid=" + run))
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                event.optionalString("output").orElse(""))),
                complain);
    }

    private static CommandException notPings() {
        return CommandException.wrongUse(
                "MONITOR is no address of a monitor's pings. Copy it whole, from https:// to the end of the id, without ? or #.");
    }

    private static String suffix(JsonObject event) throws JsonException {
        return event.string("event").equals("start") ? "/start" : "/" + event.integer("exit");
    }

    private static boolean safe(URI server) {
        boolean here = "localhost".equals(server.getHost()) || "127.0.0.1".equals(server.getHost());
        return server.getHost() != null
                && ("https".equals(server.getScheme()) || "http".equals(server.getScheme()) && here);
    }

    private static HttpClient client(@Nullable Path authority) throws CommandException {
        HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (authority != null) {
            try {
                http.sslContext(trusting(authority));
            } catch (IOException e) {
                throw CommandException.wrongUse(
                        "A file can't be read: " + e.getMessage() + ". --ca is a file with a certificate.");
            }
        }
        return http.build();
    }

    private static SSLContext trusting(Path authority) throws IOException {
        try (var in = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(authority + " holds no certificate", e);
        }
    }

    /** Tries a few times; false when the server did not take it. */
    boolean tell(JsonObject event) {
        String problem = "";
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                HttpResponse<String> answer =
                        http.send(way.request(event).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200 || answer.statusCode() == 201) {
                    return true;
                }
                problem = "it answered " + answer.statusCode();
                if (!AGAIN.contains(answer.statusCode())) {
                    break;
                }
            } catch (IOException e) {
                problem = e instanceof SSLHandshakeException
                        ? "its certificate is not trusted; name the authority's certificate by --ca FILE or AVERMENT_CA"
                        : String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            } catch (JsonException e) {
                throw new IllegalStateException("an event of a run has no kind", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        complain.accept("the monitor was not told (" + problem + "); the job is not affected.");
        return false;
    }
}
