package dev.averment.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.api.RouteList;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole server on its real listeners; requests go out byte for byte. */
class EdgeTest {
    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void bearsTheHeaders(Answer answer) {
        assertThat(answer.header("strict-transport-security")).hasValue("max-age=31536000; includeSubDomains");
        assertThat(answer.header("x-content-type-options")).hasValue("nosniff");
        assertThat(answer.header("x-frame-options")).hasValue("DENY");
        // Pages with forms tell this server's own routes where they come from, and nobody else.
        assertThat(answer.header("referrer-policy").orElse("")).isIn("no-referrer", "same-origin");
        assertThat(answer.header("content-security-policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("cache-control")).isPresent();
        assertThat(answer.header("server")).isEmpty();
        assertThat(answer.header("x-powered-by")).isEmpty();
        assertThat(answer.header("access-control-allow-origin")).isEmpty();
        assertThat(answer.header("set-cookie")).isEmpty();
    }

    private static void isProblem(Answer answer, int status) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("content-type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("application/problem+json"));
        JsonObject problem = Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(problem.integer("status")).isEqualTo(status);
        assertThat(problem.string("type")).startsWith("https://averment.dev/problems/");
        assertThat(problem.string("title")).isNotBlank();
        assertThat(problem.string("detail")).isNotBlank();
    }

    private static List<String[]> routes() {
        return server.bean(RouteList.class).of(server.prepared().page()).stream()
                .map(route -> route.split(" "))
                .toList();
    }

    /** ASVS 3.4.1 to 3.4.6. */
    @Test
    void every_route_answers_with_the_headers_with_and_without_credentials() throws Exception {
        assertThat(routes()).hasSizeGreaterThan(15);
        for (String[] route : routes()) {
            bearsTheHeaders(server.https(route[0], route[1]));
            Answer operators = server.asOperator(route[0], route[1]);
            bearsTheHeaders(operators);
            assertThat(operators.status()).as(route[0] + " " + route[1]).isLessThan(500);
        }
    }

    /** ASVS 8.2.1, 8.3.1: a route that isn't on the list of public ones is closed. */
    @Test
    void every_route_that_is_not_public_asks_for_credentials() throws Exception {
        var closed = routes().stream().filter(r -> r[2].equals("authenticated")).toList();
        assertThat(closed).isNotEmpty();
        for (String[] route : closed) {
            Answer none = server.https(route[0], route[1]);
            if (!route[1].startsWith("/api/") && !route[1].startsWith("/internal/")) {
                // Pages send people to where they sign in, and know no operator's token.
                assertThat(none.status()).as(route[1]).isEqualTo(303);
                assertThat(none.header("location").orElse("")).startsWith("/sign-in");
                assertThat(none.body()).isEmpty();
                assertThat(server.asOperator(route[0], route[1]).status())
                        .as(route[1])
                        .isEqualTo(404);
                continue;
            }
            if (route[1].startsWith("/api/v3/")) {
                // The interface of another product, which says in its own form what is wrong, and knows no operator.
                assertThat(none.status()).as(route[1]).isEqualTo(401);
                assertThat(none.body()).startsWith("{\"error\":").doesNotContain("checks", "uuid");
                assertThat(server.asOperator(route[0], route[1]).status())
                        .as(route[1])
                        .isEqualTo(404);
                continue;
            }
            isProblem(none, 401);
            boolean internal = route[1].startsWith("/internal/");
            assertThat(none.header("www-authenticate")).hasValue(internal ? "Service" : "Bearer");
            String token = server.operatorToken();
            for (String wrong : List.of(
                    "Bearer " + "0".repeat(64),
                    "Bearer " + token.substring(0, 63),
                    "Bearer " + token + "0",
                    "Bearer " + token.toUpperCase(java.util.Locale.ROOT),
                    "Bearer",
                    "Bearer ",
                    "bearer " + token,
                    "Basic " + token,
                    token,
                    "Bearer " + "x".repeat(4000))) {
                isProblem(server.https(route[0], route[1], "Authorization: " + wrong), 401);
            }
            int operators = server.asOperator(route[0], route[1]).status();
            if (route[1].startsWith("/api/v1/account") || route[1].startsWith("/api/v1/workspaces")) {
                // The token is of the machine's operator, who is nobody's account and in no workspace.
                assertThat(operators).as(route[1]).isEqualTo(404);
            } else if (internal) {
                assertThat(operators).as("the operator is no service").isEqualTo(401);
            } else if (route[1].startsWith("/api/v1/operator/accounts/")) {
                assertThat(operators).as(route[1] + ": let in, and asked whose").isEqualTo(400);
            } else {
                assertThat(operators).as(route[1]).isBetween(200, 299);
            }
        }
    }

    /** ASVS 14.2.1: a credential in an address would lie in logs and histories. */
    @Test
    void the_token_is_not_taken_from_the_address() throws Exception {
        isProblem(server.https("GET", "/api/v1/pages/self?access_token=" + server.operatorToken()), 401);
        isProblem(server.https("GET", "/api/v1/pages/self", "Cookie: token=" + server.operatorToken()), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void a_public_page_takes_nothing_but_reading(String method) throws Exception {
        Answer answer = server.https(method, "/pages/self", "Accept: application/json");
        isProblem(answer, 404);
        bearsTheHeaders(answer);
    }

    /** ASVS 4.1.4. */
    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "TRACK", "PROPFIND", "FOO"})
    void a_method_that_nobody_uses_is_refused(String method) throws Exception {
        Answer answer = server.https(method, "/", "Accept: application/json");
        assertThat(answer.status()).isIn(400, 401, 404, 405, 501);
        isProblem(answer, answer.status());
        bearsTheHeaders(answer);
    }

    /** The container refuses it before any route or filter. */
    @Test
    void a_request_for_a_tunnel_is_the_askers_mistake() throws Exception {
        Answer answer =
                server.raw("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        isProblem(answer, 405);
        assertThat(answer.body()).contains("does not take that method");
        assertThat(answer.header("allow")).isPresent();
        bearsTheHeaders(answer);
    }

    /** RFC 8259 §8.1: two readers of another encoding may read two things. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE"})
    void json_in_another_encoding_than_utf_8_is_refused(String charset) throws Exception {
        byte[] body = "{\"email\":\"a@example.org\",\"password\":\"some words\"}".getBytes(charset);
        for (String type : List.of("application/json", "application/json;charset=" + charset)) {
            byte[] head =
                    ("POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                                    + type + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            byte[] whole = java.util.Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, whole, head.length, body.length);
            isProblem(server.raw(whole), 415);
        }
    }

    @Test
    void a_method_override_in_a_header_is_not_listened_to() throws Exception {
        assertThat(server.https("GET", "/pages/self", "X-HTTP-Method-Override: DELETE")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_method_that_a_route_lacks_and_an_unknown_address_are_problems_for_the_operator_too() throws Exception {
        isProblem(server.asOperator("DELETE", "/api/v1/pages/self"), 405);
        isProblem(server.asOperator("GET", "/api/v1/nothing"), 404);
        isProblem(server.https("GET", "/nothing", "Accept: application/json"), 404);
        isProblem(server.asOperator("GET", "/api/v1/pages/nothing"), 404);
        bearsTheHeaders(server.asOperator("DELETE", "/api/v1/pages/self"));
        isProblem(server.https("GET", "/error", "Accept: application/json"), 404);
    }

    /** ASVS 1.1.1, 4.2.1: one meaning for every path, or none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pages/..;/api/v1/pages/self",
                "/pages/..;x=y/api/v1/pages/self",
                "//api/v1/pages/self",
                "/pages//api/v1/pages/self",
                "/./api/v1/pages/self",
                "/pages/../api/v1/pages/self",
                "/pages/self/../../api/v1/pages/self",
                "/pages/%2e%2e/api/v1/pages/self",
                "/pages/%252e%252e/api/v1/pages/self",
                "/pages/..%2fapi/v1/pages/self",
                "/pages/..%5capi/v1/pages/self",
                "/pages\\..\\api\\v1\\pages\\self",
                "/%61pi/v1/pages/self",
                "/%2561pi/v1/pages/self",
                "/API/v1/pages/self",
                "/api/v1/pages/self/",
                "/api/v1/pages/self;x=y",
                "/api;/v1/pages/self",
                "/api/v1/pages/self.json",
                "/api/v1/pages/self%20",
                "/api/v1/pages/self%00",
                "/api/v1/pages/self%0a",
                "/api/v1/pages/self%23",
                "/api/v1/pages/self?",
                "/api/v1/pages/self#",
                "/pages/%00",
                "/pages/a%0d%0aX-Injected:%20yes",
                "/pages/%ff%fe",
                "/pages/%c0%ae%c0%ae/api/v1/pages/self",
                "/pages/%",
                "/pages/self?lang=%zz",
                "/pages/self?lang=%00",
                "/log/../api/v1/pages/self",
                "/log/x/tile/../../../api/v1/pages/self",
                "/log/x/tile/0/..",
                "/assets/../../../../etc/passwd",
                "/assets/%2e%2e/%2e%2e/etc/passwd",
                "/pages/self/revisions/1e9.yaml",
                "/pages/self/revisions/99999999999999999999.yaml",
                "/pages/${jndi:ldap://127.0.0.1/x}",
                "/actuator/env",
                "/swagger-ui.html",
                "/.git/config",
                "http://localhost/api/v1/pages/self",
                "*",
            })
    void a_strange_path_reaches_nothing_and_breaks_nothing(String path) throws Exception {
        Answer answer = server.https("GET", path, "Accept: application/json");
        assertThat(answer.status()).as(answer.body()).isIn(200, 400, 401, 404);
        bearsTheHeaders(answer);
        assertThat(answer.headers()).doesNotContainKey("x-injected");
        if (answer.status() == 200) {
            assertThat(answer.header("content-type")).hasValue("text/html;charset=UTF-8");
            return;
        }
        // What only /api answers with, and what only a file outside would hold.
        assertThat(answer.body()).doesNotContain("\"ledger\"", "root:x:", "Apache Tomcat", "dev.averment.server");
        if (answer.status() == 400) {
            isProblem(answer, 400);
        }
    }

    @Test
    void headers_and_request_lines_over_the_limit_are_refused_with_the_headers() throws Exception {
        for (Answer answer : List.of(
                server.https("GET", "/", "X-Long: " + "a".repeat(9000)),
                server.https("GET", "/pages/" + "a".repeat(20_000)),
                server.raw("GARBAGE\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                server.raw("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                server.raw("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII)))) {
            isProblem(answer, 400);
            bearsTheHeaders(answer);
        }
        // Many small ones: the listener counts them.
        String many = "X-A: b\r\n".repeat(300);
        Answer answer = server.raw(
                ("GET / HTTP/1.1\r\nHost: localhost\r\n" + many + "\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.status()).isEqualTo(400);
    }

    /** ASVS 4.2.1: two lengths for one body are how requests are smuggled. */
    @Test
    void a_body_of_two_lengths_is_not_taken_for_two_requests() throws Exception {
        String inner = "GET /api/v1/pages/self HTTP/1.1\r\nHost: localhost\r\n\r\n";
        Answer both = server.raw(("POST /api/v1/pages/self/prove HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
                        + "Content-Length: 9\r\nConnection: close\r\n\r\n" + inner)
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(both.status()).isEqualTo(400);
        Answer chunked = server.raw(("POST /api/v1/pages/self/prove HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                        + inner.length() + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner)
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(chunked.status()).isIn(400, 401);
        assertThat(chunked.body())
                .as("the connection ends, and the second request has no answer")
                .doesNotContain("HTTP/1.1");
    }

    @Test
    void a_large_body_does_not_reach_anything_without_credentials() throws Exception {
        String head = "POST /api/v1/pages/self/prove HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3000006\r\n\r\nclaim="
                + "x".repeat(3_000_000);
        Answer answer = server.raw(head.getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.status()).isIn(0, 401, 413);
    }

    @Test
    void a_connection_is_kept_for_hundreds_of_requests() throws Exception {
        String one = "HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String last = "HEAD /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        Answer answers = server.raw((one.repeat(299) + last).getBytes(StandardCharsets.US_ASCII));
        assertThat(answers.status()).isEqualTo(200);
        assertThat(answers.body().split("HTTP/1\\.1 200", -1)).hasSize(300);
    }

    /** ASVS 12.1.1: the page promises 1.3. */
    @Test
    void a_handshake_below_the_floor_of_the_policy_fails() throws Exception {
        try (var socket = server.tls("TLSv1.3")) {
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
        assertThatThrownBy(() -> server.tls("TLSv1.2").close()).isInstanceOf(SSLHandshakeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/pages/self", "/pages/self.json", "/health", "/styleguide"})
    void the_plain_listener_shows_public_pages_to_this_machine(String path) throws Exception {
        Answer answer = server.plain("GET", path, "localhost:1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("strict-transport-security")).isEmpty();
        assertThat(answer.header("x-content-type-options")).hasValue("nosniff");
    }

    /** ASVS 4.1.2: refused and not redirected, so that no client learns to send its credentials in the clear. */
    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/pages/self,localhost",
        "POST,/api/v1/pages/self/prove,localhost",
        "POST,/pages/self,localhost",
        "GET,/,averment.example",
        "GET,/health,averment.example",
        "GET,/,localhost.averment.example",
        "GET,/,127.0.0.1.averment.example",
        "GET,/,10.0.0.1",
        "GET,/pages/..;/api/v1/pages/self,localhost",
        "GET,/pages/%2e%2e/api/v1/pages/self,localhost",
        "GET,/error,localhost",
    })
    void the_plain_listener_refuses(String method, String path, String host) throws Exception {
        Answer answer = server.plain(method, path, host);
        isProblem(answer, 403);
        assertThat(answer.header("location")).isEmpty();
    }

    /** ASVS 4.1.2: only what people open in a browser is sent on; their cookies of ours never travel in the clear. */
    @Asvs("4.1.2")
    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/reset", "/settings/security", "/workspaces", "/join"})
    void the_plain_listener_sends_whoever_opens_a_page_to_https(String path) throws Exception {
        Answer answer = server.plain("GET", path + "?next=/x", "localhost");
        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("location")).hasValue("https://localhost:" + server.port() + path);
        isProblem(server.plain("POST", path, "localhost"), 403);
        isProblem(server.plain("GET", path, "averment.example"), 403);
        Answer missing = server.plain("GET", "/no-such-page", "localhost", "Accept: text/html,*/*");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.header("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        isProblem(server.plain("GET", "/no-such-page", "localhost"), 403);
        isProblem(server.plain("GET", "/api/v1/account", "localhost", "Accept: text/html"), 403);
        isProblem(server.plain("GET", path, "localhost", "Authorization: Bearer x"), 403);
    }

    @Test
    void the_plain_listener_refuses_whoever_shows_a_credential() throws Exception {
        isProblem(server.plain("GET", "/", "localhost", "Authorization: Bearer " + server.operatorToken()), 403);
    }

    /** A proxy's headers count only from a proxy that was named, and none was. */
    @Test
    void forwarded_headers_do_not_make_plain_http_secure() throws Exception {
        isProblem(
                server.plain(
                        "GET",
                        "/api/v1/pages/self",
                        "localhost",
                        "X-Forwarded-Proto: https",
                        "Forwarded: proto=https",
                        "X-Forwarded-Port: 443"),
                403);
        isProblem(server.plain("GET", "/", "averment.example", "X-Forwarded-Host: localhost"), 403);
    }
}
