package dev.averment.checks.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.Altered;
import dev.averment.checks.CheckType;
import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.prove.Observation;
import dev.averment.checks.prove.Prover;
import dev.averment.claims.Audience;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that break HTTP itself: no check of a site may hold on them, and none may hang. */
class MisbehavingServerTest {
    private static final List<String> TYPES = List.of(
            "http-headers",
            "cache-rules",
            "security-txt",
            "link-check",
            "control-matrix",
            "sub-processors",
            "packet-round-trip");

    private static final Registers REGISTERS =
            register -> List.of(new Registers.Entry("host", "Hosting Ltd", "privacy", null, null, "done", Map.of()));

    @FunctionalInterface
    private interface Answering {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    private enum Way {
        HTTP_0_9(out -> out.write("<h1>Hello</h1>".getBytes(StandardCharsets.US_ASCII))),
        GARBAGE(out -> out.write(new byte[] {0, 1, 2, (byte) 0xff, 13, 10, 13, 10})),
        MALFORMED_STATUS(out -> out.write("HTTP/1.1 abc\r\n\r\n".getBytes(StandardCharsets.US_ASCII))),
        MALFORMED_LENGTH(
                out -> out.write("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx".getBytes(StandardCharsets.US_ASCII))),
        SHORTER_THAN_PROMISED(out ->
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nx".getBytes(StandardCharsets.US_ASCII))),
        NOTHING(out -> {}),
        SILENT(out -> Thread.sleep(Duration.ofMinutes(5))),
        ENDLESS_HEAD(out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write("X-More: and more and more and more\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }),
        ENDLESS_BODY(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write("<p>and more and more and more".repeat(100).getBytes(StandardCharsets.US_ASCII));
            }
        });

        private final Answering answering;

        Way(Answering answering) {
            this.answering = answering;
        }
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> all() {
        return TYPES.stream()
                .flatMap(type ->
                        Stream.of(Way.values()).map(way -> org.junit.jupiter.params.provider.Arguments.of(type, way)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void no_check_holds_or_hangs(String name, Way way) throws Exception {
        TestAuthority authority = TestAuthority.create();
        try (SSLServerSocket listener = (SSLServerSocket) authority
                .serverContext(authority.localhost())
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(listener, way));
            Web web = WebTargets.open(
                    URI.create("https://localhost:" + listener.getLocalPort()),
                    Optional.of(authority.pem()),
                    Optional.empty(),
                    false,
                    List.of(new Web.Route("GET", "/", false), new Web.Route("GET", "/me", true)),
                    Map.of("Cookie", "s=1"));
            EvidenceLog log = new EvidenceLog(
                    new UUID(0, 1),
                    "log.example/w/1",
                    dev.averment.evidence.note.NoteSigner.generate("log.example/w/1")
                            .vkey()
                            .toString(),
                    web.base());

            Observation seen = observe(name, TestSite.target(web, log, REGISTERS));

            assertThat(seen.judgement().verdict())
                    .as(seen.judgement().reason())
                    .isIn(Verdict.UNPROVEN, Verdict.FAILING);
            assertThat(seen.judgement().reason()).isNotBlank().doesNotContain("broke:", "Exception");
        }
    }

    @Test
    void every_type_here_is_built() {
        assertThat(CheckTypes.installed().built().stream().map(CheckType::name).toList())
                .containsAll(TYPES);
    }

    private static Observation observe(String name, dev.averment.checks.Target target) throws InterruptedException {
        CheckType type = CheckTypes.installed().built().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
        CheckBinding binding = new CheckBinding(
                "look",
                name,
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Map.of(),
                name.equals("http-headers") ? Map.of("hsts", Map.of("minAge", "1d")) : Map.of());
        Claim claim = new Claim(
                "promise",
                null,
                "all",
                Map.of("en", "Sentence."),
                Map.of(),
                "platform",
                Audience.PUBLIC,
                List.of(),
                List.of(binding),
                List.of(),
                null);
        Page page = Altered.page(List.of(claim), List.of());
        return new Prover(InstantSource.system(), Duration.ofSeconds(3)).observe(page, claim, binding, type, target);
    }

    private static void serve(SSLServerSocket listener, Way way) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        socket.getInputStream().read(new byte[4096]);
                        way.answering.answer(socket.getOutputStream());
                        socket.getOutputStream().flush();
                    } catch (IOException | InterruptedException e) {
                        // The check has seen enough and left.
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }
}
