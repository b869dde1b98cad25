package dev.averment.cli.run;

import dev.averment.cli.CommandException;
import dev.averment.evidence.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Tells the server of a run. What goes wrong here is said on standard error, and never the job's business. */
final class Reporter {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 3;
    private static final Set<Integer> AGAIN = Set.of(408, 429, 500, 502, 503, 504);

    private final HttpClient http;
    private final URI address;
    private final String token;
    private final Consumer<String> complain;

    private Reporter(HttpClient http, URI address, String token, Consumer<String> complain) {
        this.http = http;
        this.address = address;
        this.token = token;
        this.complain = complain;
    }

    /**
     * Tells {@code server} of one run with the token in {@code tokenFile}.
     *
     * @param authority certificate of the authority that the server's is signed by; null for those the system trusts
     */
    static Reporter of(URI server, Path tokenFile, @Nullable Path authority, UUID run, Consumer<String> complain)
            throws CommandException {
        boolean here = "localhost".equals(server.getHost()) || "127.0.0.1".equals(server.getHost());
        if (!"https".equals(server.getScheme()) && !("http".equals(server.getScheme()) && here)) {
            throw CommandException.wrongUse(
                    "The server's address is " + server
                            + ", and a token goes by https only. Give one that begins with https:// as --server or AVERMENT_URL.");
        }
        try {
            String token = Files.readString(tokenFile).strip();
            if (!token.matches("avt_in_[A-Za-z0-9_.-]{1,190}")) {
                throw CommandException.wrongUse(
                        "The file " + tokenFile
                                + " holds no token of a monitor. Make one for the monitor, and put its text (avt_in_…) into the file.");
            }
            HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(PATIENCE);
            if (authority != null) {
                http.sslContext(trusting(authority));
            }
            return new Reporter(http.build(), server.resolve("/ingest/v1/runs/" + run), token, complain);
        } catch (IOException e) {
            throw CommandException.wrongUse("A file can't be read: " + e.getMessage()
                    + ". MONITOR is a file with the monitor's token, and --ca one with a certificate.");
        }
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
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(address)
                                .timeout(PATIENCE)
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(event.canonical()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return true;
                }
                problem = "it answered " + answer.statusCode();
                if (!AGAIN.contains(answer.statusCode())) {
                    break;
                }
            } catch (IOException e) {
                problem = String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        complain.accept("the monitor was not told (" + problem + "); the job is not affected.");
        return false;
    }
}
