package dev.averment.server.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.Json;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client of ours would send. Each gets a problem that says what to do, and no word of what was sent. */
class BodiesTest {
    private static final String SECRET = "seven purple otters juggling";
    private static final int MOST = 64 << 10;

    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void problem(Answer answer, int status) throws Exception {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("content-type").orElse("")).startsWith("application/problem+json");
        var json = Json.parseObject(answer.body().getBytes(StandardCharsets.ISO_8859_1));
        assertThat(json.integer("status")).isEqualTo(status);
        assertThat(json.string("title")).isNotBlank();
        assertThat(json.string("detail")).isNotBlank();
        assertThat(answer.body())
                .doesNotContain(SECRET, "purple", "Exception", "jackson", "springframework", "at dev.");
        assertThat(answer.header("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "7",
                "\"seven purple otters juggling\"",
                "[]",
                "[{\"email\":\"a@example.test\",\"password\":\"seven purple otters juggling\"}]",
                "{}",
                "{\"email\":\"a@example.test\"}",
                "{\"password\":\"seven purple otters juggling\"}",
                "{\"email\":null,\"password\":\"seven purple otters juggling\"}",
                "{\"email\":\"a@example.test\",\"password\":null}",
                "{\"email\":\"a@example.test\",\"password\":\"seven purple otters juggling\",\"operator\":true}",
                "{\"email\":\"a@example.test\",\"password\":\"seven purple otters juggling\",\"\":\"\"}",
                "{\"email\":\"a@example.test\",\"Password\":\"seven purple otters juggling\"}",
                "{\"email\":\"a@example.test\",\"email\":\"b@example.test\",\"password\":\"seven purple otters juggling\"}",
                "{\"email\":\"a@example.test\",\"password\":\"x\",\"password\":\"seven purple otters juggling\"}",
                "{\"email\":\"a@example.test\",\"password\":\"x\",\"p\\u0061ssword\":\"seven purple otters juggling\"}",
                "{\"email\":\"a@example.test\",\"password\":\"seven purple otters juggling\"} {}",
                "{\"email\":\"a@example.test\",\"password\":\"seven purple otters juggling\"}x",
                "{\"email\":\"a@example.test\",\"password\":\"seven purple otters juggling\"",
                "{\"email\":\"a@example.test\",\"password\":\"seven purple otters juggling\",}",
                "{'email':'a@example.test','password':'seven purple otters juggling'}",
                "{email:\"a@example.test\",password:\"seven purple otters juggling\"}",
                "{\"email\":\"a@example.test\",/* */\"password\":\"seven purple otters juggling\"}",
                "{\"email\":[\"a@example.test\"],\"password\":\"seven purple otters juggling\"}",
                "{\"email\":{\"$ne\":\"\"},\"password\":\"seven purple otters juggling\"}",
                "{\"email\":\"a@example.test\",\"password\":{\"seven purple otters juggling\":1}}",
                "{\"email\":\"a@example.test\",\"password\":[\"seven purple otters juggling\"]}",
                "{\"email\":\"a@example.test\",\"password\":12345678901234567890}",
                "{\"email\":\"a@example.test\",\"password\":1e999999999}",
                "{\"email\":\"a@example.test\",\"password\":true}",
                "{\"email\":\"a@example.test\",\"password\":\"seven purple otters juggling\nand a line\"}",
                "{\"email\":\"a@example.test\",\"password\":\"seven purple otters \\x juggling\"}",
                "{\"@class\":\"java.lang.Runtime\",\"email\":\"a@example.test\",\"password\":\"x\"}",
                "email=a@example.test&password=x"
            })
    @Asvs({"15.3.3", "16.5.1", "16.2.5"})
    void a_body_that_is_not_to_the_letter_is_refused(String body) throws Exception {
        problem(server.json("POST", "/api/v1/auth/sign-in", body), 400);
    }

    @Test
    @Asvs({"16.5.1", "16.5.4"})
    void bodies_that_are_made_to_exhaust_are_refused() throws Exception {
        problem(server.json("POST", "/api/v1/auth/sign-in", "[".repeat(60_000)), 400);
        problem(server.json("POST", "/api/v1/auth/sign-in", "{\"a\":".repeat(10_000)), 400);
        problem(server.json("POST", "/api/v1/auth/sign-in", "{\"email\":" + "9".repeat(60_000) + "}"), 400);
        problem(server.json("POST", "/api/v1/auth/sign-in", "{\"" + "k".repeat(60_000) + "\":1}"), 400);
    }

    @Test
    @Asvs("16.5.1")
    void bytes_that_are_no_text_are_refused() throws Exception {
        byte[] body = ("{\"email\":\"a@example.test\",\"password\":\"" + SECRET + "\u00ff\u00fe\"}")
                .getBytes(StandardCharsets.ISO_8859_1);
        problem(server.raw(request("Content-Length: " + body.length, "application/json", body)), 400);
    }

    /** A NUL or half of a pair gets as far as the rules, and no further. */
    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud83d", "\\udca9"})
    @Asvs({"6.2.8", "16.4.1"})
    void characters_that_are_none_are_refused_wherever_they_stand(String odd) throws Exception {
        problem(
                server.json(
                        "POST",
                        "/api/v1/auth/sign-up",
                        "{\"email\":\"a" + odd + "@example.test\",\"name\":\"N\",\"password\":\"" + SECRET + "\"}"),
                422);
        problem(
                server.json(
                        "POST",
                        "/api/v1/auth/sign-up",
                        "{\"email\":\"a@example.test\",\"name\":\"N" + odd + "\",\"password\":\"" + SECRET + "\"}"),
                422);
        problem(
                server.json(
                        "POST",
                        "/api/v1/auth/sign-up",
                        "{\"email\":\"a@example.test\",\"name\":\"N\",\"password\":\"" + SECRET + odd + "\"}"),
                422);
        problem(
                server.json(
                        "POST",
                        "/api/v1/auth/sign-in",
                        "{\"email\":\"a@example.test\",\"password\":\"" + SECRET + odd + "\"}"),
                401);
        problem(server.json("POST", "/api/v1/auth/verify", "{\"code\":\"" + odd + "\"}"), 400);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "''"
    })
    @Asvs({"3.5.2", "3.5.3"})
    void a_body_of_another_type_is_refused(String type) throws Exception {
        byte[] body =
                ("{\"email\":\"a@example.test\",\"password\":\"" + SECRET + "\"}").getBytes(StandardCharsets.UTF_8);
        problem(server.raw(request("Content-Length: " + body.length, type, body)), 415);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/auth/sign-in",
        "PUT, /api/v1/auth/sign-in",
        "DELETE, /api/v1/auth/sign-in",
        "POST, /api/v1/account/sessions",
        "GET, /api/v1/account",
        "POST, /api/v1/auth/sign-in/../../account"
    })
    @Asvs({"3.5.3", "4.1.4", "8.3.1"})
    void without_credentials_another_method_gets_nowhere(String method, String path) throws Exception {
        Answer answer = server.json(method, path, "{}");
        assertThat(answer.status()).isBetween(400, 405);
        assertThat(answer.status()).isNotEqualTo(403);
    }

    @Test
    void an_id_that_is_none_is_the_askers_mistake() throws Exception {
        Person person = Person.signedIn(server);
        for (String id : new String[] {"x", "1-1-1-1-1", "00000000-0000-0000-0000-000000000000", "%20"}) {
            Answer answer = person.delete("/api/v1/account/sessions/" + id);
            assertThat(answer.status()).as(id).isBetween(400, 404);
            assertThat(answer.body()).doesNotContain("Exception", "java.");
        }
        assertThat(person.get("/api/v1/account").status()).isEqualTo(200);
    }

    /** A body of that many bytes which is right in all but the password. */
    private static byte[] body(int bytes) {
        String head = "{\"email\":\"a@example.test\",\"password\":\"";
        return (head + "x".repeat(bytes - head.length() - 2) + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] request(String framing, String type, byte[] body) {
        String head = "POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: localhost:" + server.port()
                + "\r\nConnection: close\r\n" + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + framing
                + "\r\n\r\n";
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(bytes, bytes.length + body.length);
        System.arraycopy(body, 0, whole, bytes.length, body.length);
        return whole;
    }

    private static byte[] chunked(byte[] body, int size) {
        var out = new java.io.ByteArrayOutputStream();
        for (int at = 0; at < body.length; at += size) {
            int length = Math.min(size, body.length - at);
            out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body, at, length);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    @Test
    @Asvs({"2.4.1", "13.1.2"})
    void a_body_is_taken_to_the_last_byte_that_is_allowed_and_not_one_more() throws Exception {
        problem(server.raw(request("Content-Length: " + MOST, "application/json", body(MOST))), 401);
        problem(server.raw(request("Content-Length: " + (MOST + 1), "application/json", body(MOST + 1))), 413);
        problem(server.raw(request("Transfer-Encoding: chunked", "application/json", chunked(body(MOST), 1_000))), 401);
        problem(
                server.raw(request("Transfer-Encoding: chunked", "application/json", chunked(body(MOST + 1), 1_000))),
                413);
        problem(
                server.raw(
                        request("Transfer-Encoding: chunked", "application/json", chunked(body(MOST + 1), MOST + 1))),
                413);
    }

    /** It is refused for what it announces: whoever asks first is not told to go on, and his bytes are not waited for. */
    @Test
    @Asvs("2.4.1")
    void a_body_that_is_announced_too_large_is_refused_before_it_comes() throws Exception {
        problem(
                server.raw(request(
                        "Content-Length: 99999999999\r\nExpect: 100-continue", "application/json", new byte[0])),
                413);
    }

    @Test
    @Asvs("4.2.1")
    void a_body_of_two_lengths_is_refused() throws Exception {
        byte[] body = body(100);
        Answer both = server.raw(
                request("Content-Length: 5\r\nTransfer-Encoding: chunked", "application/json", chunked(body, 50)));
        Answer two = server.raw(request("Content-Length: 100\r\nContent-Length: 5", "application/json", body));
        assertThat(two.status()).isEqualTo(400);
        // RFC 9112 §6.1 lets a server prefer the chunks, and then close.
        assertThat(both.status()).isIn(400, 401);
    }

    @Test
    void another_encoding_of_the_same_text_is_not_read() throws Exception {
        byte[] body =
                ("{\"email\":\"a@example.test\",\"password\":\"" + SECRET + "\"}").getBytes(Charset.forName("UTF-16"));
        Answer answer = server.raw(request("Content-Length: " + body.length, "application/json", body));
        assertThat(answer.status()).isEqualTo(415);
        problem(answer, 415);
    }
}
