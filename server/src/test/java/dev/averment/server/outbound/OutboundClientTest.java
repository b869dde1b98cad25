package dev.averment.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.database.LocalAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against real TLS listeners on loopback, which the operator's allow-list opens. */
class OutboundClientTest {
    private static final AddressPolicy LOOPBACK_OPEN = new AddressPolicy(List.of(Cidr.of("127.0.0.0/8")));
    private static final OutboundClient.Times SHORT =
            new OutboundClient.Times(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(2));

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpsServer server;
    private SSLContext trusted;
    private OutboundClient client;

    @BeforeEach
    void start() throws Exception {
        LocalAuthority authority = LocalAuthority.open(folder, Instant.now());
        authority.ensure("hook", "hook.example.com", List.of("hook.example.com"));
        SSLContext tls = serverTls(authority);
        trusted = trusting(LocalAuthority.readCertificate(authority.certificateFile()));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        client = client(host -> List.of(InetAddress.ofLiteral("127.0.0.1")));
    }

    private OutboundClient client(OutboundClient.Resolver resolver) {
        return new OutboundClient(
                LOOPBACK_OPEN,
                trusted,
                host -> {
                    asked.add(host);
                    return resolver.lookUp(host);
                },
                SHORT);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.stop(0);
    }

    private OutboundRequest request(String path) throws OutboundException {
        return request("hook.example.com", server.getAddress().getPort(), path);
    }

    private static OutboundRequest request(String host, int port, String path) throws OutboundException {
        return new OutboundRequest(
                "POST",
                OutboundUrl.of("https://" + host + ":" + port + path),
                Map.of("Content-Type", "application/json"),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_receiver_sees_the_name_in_tls_and_in_the_host_header_and_the_body_as_it_is() throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        server.createContext("/hook", exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Host"));
            seen.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var session = (ExtendedSSLSession) ((com.sun.net.httpserver.HttpsExchange) exchange).getSSLSession();
            seen.add(session.getRequestedServerNames().stream()
                    .map(SNIServerName::getEncoded)
                    .map(name -> new String(name, StandardCharsets.US_ASCII))
                    .toList()
                    .toString());
            exchange.getResponseHeaders().add("Retry-After", "7");
            exchange.sendResponseHeaders(429, 4);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write("slow".getBytes(StandardCharsets.UTF_8));
            }
        });
        OutboundAnswer answer = client.send(request("/hook"));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsEntry("retry-after", "7");
        assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("slow");
        assertThat(seen)
                .containsExactly("hook.example.com:" + server.getAddress().getPort(), "{}", "[hook.example.com]");
        assertThat(asked).containsExactly("hook.example.com");
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() throws Exception {
        var reached = new CopyOnWriteArrayList<String>();
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/secret");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/secret", exchange -> {
            reached.add("secret");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        assertThat(client.send(request("/moved")).status()).isEqualTo(302);
        assertThat(reached).isEmpty();
    }

    @Test
    @Asvs("12.3.2")
    void a_certificate_for_another_host_is_refused() {
        assertThatThrownBy(() -> client.send(
                        request("other.example.com", server.getAddress().getPort(), "/")))
                .isInstanceOfSatisfying(
                        OutboundException.class, e -> assertThat(e.failure()).isEqualTo(OutboundFailure.TLS));
    }

    @Test
    @Asvs("12.3.2")
    void a_certificate_of_an_authority_that_nobody_trusts_is_refused() throws Exception {
        try (var careful = new OutboundClient(
                LOOPBACK_OPEN, SSLContext.getDefault(), host -> List.of(InetAddress.getLoopbackAddress()), SHORT)) {
            assertThatThrownBy(() -> careful.send(request("/")))
                    .isInstanceOfSatisfying(
                            OutboundException.class,
                            e -> assertThat(e.failure()).isEqualTo(OutboundFailure.TLS));
        }
    }

    @Test
    void of_an_endless_answer_the_beginning_is_kept() throws Exception {
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(new byte[1024]);
                }
            } catch (IOException closed) {
                // The client has what it keeps and went away.
            }
        });
        OutboundAnswer answer = client.send(request("/endless"));
        assertThat(answer.body()).hasSize(OutboundClient.BODY_KEPT);
        assertThat(answer.truncated()).isTrue();
    }

    /** A byte now and then keeps every socket timeout from running out; the deadline holds all the same. */
    @Test
    void a_trickling_answer_ends_at_the_deadline() throws Exception {
        try (var trickling = trickling();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var over = new CountDownLatch(1);
            threads.submit(() -> trickle(trickling, over));
            assertThatThrownBy(() -> client.send(request("hook.example.com", trickling.getLocalPort(), "/")))
                    .isInstanceOfSatisfying(
                            OutboundException.class,
                            e -> assertThat(e.failure()).isEqualTo(OutboundFailure.TIMEOUT));
            over.countDown();
        }
    }

    private ServerSocket trickling() throws Exception {
        return serverTls(LocalAuthority.open(folder, Instant.now()))
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static Void trickle(ServerSocket listener, CountDownLatch over) throws IOException, InterruptedException {
        try (Socket socket = listener.accept()) {
            ((SSLSocket) socket).startHandshake();
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            while (!over.await(100, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        } catch (IOException closed) {
            // The client gave up, as it should.
        }
        return null;
    }

    @Test
    void a_closed_port_and_an_answer_that_is_no_http_are_told_apart() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertThatThrownBy(() -> client.send(request("hook.example.com", closed, "/")))
                .isInstanceOfSatisfying(
                        OutboundException.class, e -> assertThat(e.failure()).isEqualTo(OutboundFailure.CONNECT));
        try (var listener = trickling();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> {
                try (Socket socket = listener.accept()) {
                    socket.getOutputStream().write("SSH-2.0-x\r\n\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().read();
                }
                return null;
            });
            assertThatThrownBy(() -> client.send(request("hook.example.com", listener.getLocalPort(), "/")))
                    .isInstanceOfSatisfying(
                            OutboundException.class,
                            e -> assertThat(e.failure()).isIn(OutboundFailure.MALFORMED, OutboundFailure.CONNECT));
        }
    }

    /** The second address of a host is tried only when the first surely took nothing: a request must not arrive twice. */
    @Test
    void the_next_address_is_tried_when_the_first_takes_no_connection() throws Exception {
        var reached = new CopyOnWriteArrayList<String>();
        server.createContext("/", exchange -> {
            reached.add("once");
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        try (var two =
                client(host -> List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1")))) {
            assertThat(two.send(request("/")).status()).isEqualTo(204);
        }
        assertThat(reached).containsExactly("once");
    }

    @Test
    void secrets_of_an_address_and_its_headers_stay_out_of_texts() throws Exception {
        OutboundRequest request = new OutboundRequest(
                "POST",
                OutboundUrl.of("https://hook.example.com/services/T0/verysecret?key=verysecret"),
                Map.of("Authorization", "Bearer verysecret"),
                new byte[0]);
        assertThat(request.toString()).doesNotContain("verysecret").contains("hook.example.com");
    }

    private SSLContext serverTls(LocalAuthority authority) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null, null);
        keys.setKeyEntry("hook", LocalAuthority.readKey(folder.resolve("hook.key")), new char[0], new Certificate[] {
            LocalAuthority.readCertificate(folder.resolve("hook.crt")),
            LocalAuthority.readCertificate(authority.certificateFile())
        });
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext trusting(Certificate authority) throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null, null);
        trust.setCertificateEntry("ca", authority);
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
