package dev.averment.server.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.target.WebTargets;
import dev.averment.server.disclosure.SecurityContact;
import dev.averment.server.registers.RegisterStore;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole server, asked from outside: its security.txt, and what its errors look like. */
class EdgeAnswersTest {
    @TempDir
    static Path folder;

    private static AvermentServer server;
    private static SSLContext trust;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        var options = new ServerOptions();
        options.data = folder.resolve("data");
        options.noSchedule = true;
        options.base = URI.create("https://security.example.org");
        server = AvermentServer.start(options, _ -> {});
        port = server.application().getBean(Prepared.class).port();
        trust = WebTargets.trusting(
                Files.readAllBytes(options.data.resolve("tls").resolve("ca.crt")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void security_txt_names_the_public_address_and_is_signed() throws Exception {
        HttpResponse<String> file = get("/.well-known/security.txt", "*/*");

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
        assertThat(file.body())
                .startsWith("-----BEGIN PGP SIGNED MESSAGE-----\n")
                .contains("\nCanonical: https://security.example.org/.well-known/security.txt\n")
                .contains("\nCanonical: https://localhost:" + port + "/.well-known/security.txt\n")
                .contains("\nPolicy: https://security.example.org/pages/self/documents/disclosure\n")
                .contains("\nPreferred-Languages: en, de\n");
        assertThat(get("/.well-known/openpgp-key.asc", "*/*").body()).contains("BEGIN PGP PUBLIC KEY BLOCK");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                        folder.resolve("data").resolve("secrets").resolve("security-contact-key.asc"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_restart_renews_nothing_and_the_operator_does() throws Exception {
        RegisterStore registers = server.application().getBean(RegisterStore.class);
        var operator = new WorkspaceContext(WellKnown.OPERATOR, "system:test");
        LocalDate past = LocalDate.parse("2020-01-01");
        registers.redate(operator, "self", "security-txt", "contact", past, past);

        server.application().getBean(SecurityContact.class).seed(null);
        assertThat(registers
                        .entries(operator, "self", "security-txt")
                        .getFirst()
                        .expires())
                .isEqualTo(past);

        assertThat(send("POST", "/api/v1/security-contact/renewal", "*/*", "").statusCode())
                .isEqualTo(401);
        String token = Files.readString(
                        folder.resolve("data").resolve("secrets").resolve("operator-token"))
                .strip();
        assertThat(send("POST", "/api/v1/security-contact/renewal", "*/*", token)
                        .statusCode())
                .isEqualTo(200);
        assertThat(registers
                        .entries(operator, "self", "security-txt")
                        .getFirst()
                        .expires())
                .isAfter(LocalDate.now(ZoneOffset.UTC).plusDays(100))
                .isBefore(LocalDate.now(ZoneOffset.UTC).plusDays(365));
        assertThat(get("/.well-known/security.txt", "*/*").body()).doesNotContain("Expires: 2020");
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing-here, text/html, text/html;charset=UTF-8",
        "/nothing-here, application/json, application/problem+json",
        "/assets/nothing, text/html, text/html;charset=UTF-8",
    })
    void an_unknown_path_gets_a_calm_404(String path, String accept, String type) throws Exception {
        HttpResponse<String> answer = get(path, accept);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
        tellsNothing(answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /\u0001{probe HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n",
                "GET /a%00b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "nonsense\r\n\r\n",
            })
    void a_malformed_request_is_refused_with_the_headers_of_every_answer(String request) throws Exception {
        String answer;
        try (var socket = (SSLSocket) trust.getSocketFactory().createSocket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        }

        assertThat(answer)
                .matches("(?s)HTTP/1\\.1 (4|5)\\d\\d .*")
                .contains("Strict-Transport-Security: max-age=")
                .contains("X-Content-Type-Options: nosniff");
        tellsNothing(answer);
    }

    private static void tellsNothing(String answer) {
        assertThat(answer).doesNotContainIgnoringCase("tomcat").doesNotContain("Exception", "\tat ");
    }

    private static HttpResponse<String> get(String path, String accept) throws Exception {
        return send("GET", path, accept, "");
    }

    private static HttpResponse<String> send(String method, String path, String accept, String token) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                    .header("Accept", accept)
                    .method(method, HttpRequest.BodyPublishers.noBody());
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
