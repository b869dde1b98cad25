package dev.averment.checks.tlsversions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.target.TestAuthority;
import dev.averment.checks.target.TestSite;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebTargets;
import dev.averment.claims.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsVersionsCheckTest {
    private final TlsVersionsCheck type = new TlsVersionsCheck();

    @ParameterizedTest
    @CsvSource({
        "1.2, TLSv1, true, FAILING",
        "1.2, TLSv1.1, true, FAILING",
        "1.2, TLSv1.2, false, PROVEN",
        "1.3, TLSv1.2, true, FAILING",
        "1.3, TLSv1.3, false, FAILING",
    })
    void a_version_on_the_wrong_side_of_the_floor_changes_the_verdict(
            String min, String version, boolean accepted, Verdict verdict) {
        Judgement judgement = Altered.of(type, Map.of("min", min)).subject(version, "accepted", accepted);

        assertThat(judgement.verdict()).isEqualTo(verdict);
    }

    @Test
    void nothing_accepted_is_failing() {
        assertThat(Altered.of(type, Map.of("min", "1.2"))
                        .subjects("accepted", false)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_handshake_that_does_not_complete_is_failing() {
        assertThat(Altered.of(type, Map.of("min", "1.2"))
                        .value("completed", false)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "3", "", "TLS 1.2"})
    void a_floor_that_is_none_is_unproven(String min) {
        Facts facts = type.passingExample(Map.of("min", "1.2"), Altered.NOW);

        assertThat(type.judge().judge(facts, Map.of("min", min), Altered.NOW).verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_version_that_was_not_tried_is_unproven() {
        Facts facts = type.passingExample(Map.of("min", "1.2"), Altered.NOW);
        List<Subject> fewer = facts.subjects().subList(1, 4);

        assertThat(type.judge()
                        .judge(new Facts(Altered.NOW, fewer, facts.values()), Map.of("min", "1.2"), Altered.NOW)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_server_of_1_2_and_1_3_meets_the_floor_1_2_and_not_1_3() throws Exception {
        try (TestSite site = TestSite.https(r -> TestSite.Response.of(200, ""), "TLSv1.2", "TLSv1.3")) {
            Facts facts = Altered.collect(type, TestSite.target(site.web()), Map.of());

            assertThat(accepted(facts)).containsExactly("TLSv1.2", "TLSv1.3");
            assertThat(verdict(facts, "1.2")).isEqualTo(Verdict.PROVEN);
            assertThat(verdict(facts, "1.3")).isEqualTo(Verdict.FAILING);
            assertThat(facts.values()).containsEntry("protocol", "TLSv1.3").containsKey("certificateNotAfter");
        }
    }

    @Test
    void a_server_of_1_3_alone_meets_both_floors() throws Exception {
        try (TestSite site = TestSite.https(r -> TestSite.Response.of(200, ""), "TLSv1.3")) {
            Facts facts = Altered.collect(type, TestSite.target(site.web()), Map.of());

            assertThat(accepted(facts)).containsExactly("TLSv1.3");
            assertThat(verdict(facts, "1.2")).isEqualTo(Verdict.PROVEN);
            assertThat(verdict(facts, "1.3")).isEqualTo(Verdict.PROVEN);
        }
    }

    @Test
    void a_server_of_1_2_alone_does_not_meet_1_3() throws Exception {
        try (TestSite site = TestSite.https(r -> TestSite.Response.of(200, ""), "TLSv1.2")) {
            Facts facts = Altered.collect(type, TestSite.target(site.web()), Map.of());

            assertThat(accepted(facts)).containsExactly("TLSv1.2");
            assertThat(verdict(facts, "1.2")).isEqualTo(Verdict.PROVEN);
            assertThat(verdict(facts, "1.3")).isEqualTo(Verdict.FAILING);
        }
    }

    @Test
    void an_expired_certificate_is_failing_because_no_visitor_gets_in() throws Exception {
        TestAuthority authority = TestAuthority.create();
        try (TestSite site = TestSite.https(
                authority, authority.localhost(Duration.ofDays(-1)), r -> TestSite.Response.of(200, ""))) {
            Facts facts = Altered.collect(type, TestSite.target(site.web()), Map.of());

            assertThat(verdict(facts, "1.2")).isEqualTo(Verdict.FAILING);
        }
    }

    @ParameterizedTest
    @CsvSource({"-tls1, TLSv1", "-tls1_1, TLSv1.1", "-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
    void openssl_at_one_version_is_seen_to_accept_exactly_that(String flag, String version, @TempDir Path dir)
            throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        TestAuthority authority = TestAuthority.createRsa();
        Path pem = Files.writeString(
                dir.resolve("server.pem"), authority.localhost().pem());
        int port = freePort();
        Process process = new ProcessBuilder(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:" + port,
                        "-cert",
                        pem.toString(),
                        "-key",
                        pem.toString(),
                        flag,
                        "-cipher",
                        "ALL:@SECLEVEL=0")
                .redirectErrorStream(true)
                .start();
        try {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            awaitLine(out, "ACCEPT");
            drain(out);

            Facts facts = Altered.collect(type, TestSite.target(web(authority, port)), Map.of());

            assertThat(accepted(facts)).containsExactly(version);
            assertThat(verdict(facts, "1.2"))
                    .isEqualTo(version.compareTo("TLSv1.2") < 0 ? Verdict.FAILING : Verdict.PROVEN);
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.1 TLSv1.2 TLSv1.3, FAILING", "TLSv1.2 TLSv1.3, PROVEN", "TLSv1 TLSv1.3, FAILING"})
    void nginx_with_an_old_version_switched_on_is_caught(String protocols, Verdict verdict, @TempDir Path dir)
            throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nginx")), "nginx is not installed");
        TestAuthority authority = TestAuthority.createRsa();
        Path pem = Files.writeString(
                dir.resolve("server.pem"), authority.localhost().pem());
        int port = freePort();
        Path conf = Files.writeString(dir.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log stderr notice;
                events { worker_connections 64; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
                  uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                  server {
                    listen 127.0.0.1:%2$d ssl;
                    ssl_certificate %3$s; ssl_certificate_key %3$s;
                    ssl_protocols %4$s;
                    ssl_ciphers ALL:@SECLEVEL=0;
                    return 200;
                  }
                }
                """.formatted(dir, port, pem, protocols));
        Process process = new ProcessBuilder(
                        "/usr/sbin/nginx", "-c", conf.toString(), "-p", dir.toString(), "-e", "stderr")
                .redirectErrorStream(true)
                .start();
        try {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            awaitLine(out, "start worker process|OS: |using the");
            awaitLine(out, "getrlimit|OS:");
            drain(out);

            Facts facts = Altered.collect(type, TestSite.target(web(authority, port)), Map.of());

            assertThat(accepted(facts)).containsExactly(protocols.split(" "));
            assertThat(verdict(facts, "1.2")).isEqualTo(verdict);
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, 1.3, no-name, without a server name",
        "TLSv1.2, 1.3, other-name, with another server's name",
        "TLSv1.1, 1.2, odd-suite, with unusual cipher suites",
        "TLSv1, 1.2, odd-suite, with unusual cipher suites",
    })
    void an_old_version_for_certain_hellos_only_is_caught(String version, String min, String when, String how)
            throws Exception {
        try (TestSite site = TestSite.https(r -> TestSite.Response.of(200, ""), "TLSv1.3");
                TwoFaced front =
                        TwoFaced.before(site.port(), TlsVersion.ofLabel(version).orElseThrow(), when)) {
            Web web = WebTargets.open(
                    URI.create("https://localhost:" + front.port()),
                    Optional.of(site.authority().pem()),
                    Optional.empty(),
                    false,
                    List.of(),
                    Map.of());
            Facts facts = Altered.collect(type, TestSite.target(web), Map.of());
            var judgement = type.judge().judge(facts, Map.of("min", min), Altered.NOW);

            assertThat(accepted(facts)).containsExactly(version, "TLSv1.3");
            assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.FAILING);
            assertThat(judgement.reason()).contains(version + " " + how);
        }
    }

    @Test
    void another_host_than_the_sites_counts_only_when_the_promise_names_it() throws Exception {
        try (TestSite site = TestSite.https(r -> TestSite.Response.of(200, ""), "TLSv1.3");
                TestSite good = TestSite.https(r -> TestSite.Response.of(200, ""), "TLSv1.3")) {
            Facts facts = Altered.collect(
                    type, TestSite.target(site.web()), Map.of("host", "127.0.0.1", "port", good.port()));

            assertThat(verdict(facts, "1.3")).isEqualTo(Verdict.UNPROVEN);
        }
        assertThat(Altered.of(type, Map.of("min", "1.3"))
                        .value("host", "good.example")
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, Map.of("min", "1.3", "host", "good.example"))
                        .value("siteHost", "elsewhere.example")
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_server_that_is_down_is_unproven_with_the_reason() throws Exception {
        Web web = web(TestAuthority.create(), freePort());

        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(web), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("No connection to localhost");
    }

    @Test
    void a_port_that_speaks_no_tls_is_unproven_with_the_reason() throws Exception {
        try (TestSite plain = TestSite.http(r -> TestSite.Response.of(200, ""));
                ServerSocket banner = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var socket = banner.accept()) {
                    socket.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            Web web = web(TestAuthority.create(), plain.port());

            assertThatThrownBy(() -> Altered.collect(type, TestSite.target(web), Map.of("port", banner.getLocalPort())))
                    .isInstanceOf(CollectException.class)
                    .hasMessageContaining("not with TLS");
        }
    }

    private Verdict verdict(Facts facts, String min) {
        return type.judge().judge(facts, Map.of("min", min), Altered.NOW).verdict();
    }

    private static List<String> accepted(Facts facts) {
        return facts.subjects().stream()
                .filter(subject -> Boolean.TRUE.equals(subject.facts().get("accepted")))
                .map(Subject::name)
                .toList();
    }

    private static Web web(TestAuthority authority, int port) throws CollectException {
        return WebTargets.open(
                URI.create("https://localhost:" + port),
                Optional.of(authority.pem()),
                Optional.empty(),
                false,
                List.of(),
                Map.of());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Keeps the process from blocking on a full pipe; ends with it. */
    private static void drain(BufferedReader out) {
        Thread.ofVirtual().start(() -> {
            try (out) {
                while (out.readLine() != null) {}
            } catch (IOException e) {
                // The process was ended.
            }
        });
    }

    private static void awaitLine(BufferedReader out, String pattern) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            all.append(line).append('\n');
            if (line.matches(".*(" + pattern + ").*")) {
                return;
            }
        }
        throw new AssertionError("ended without " + pattern + ":\n" + all);
    }
}
