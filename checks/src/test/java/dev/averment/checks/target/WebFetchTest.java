package dev.averment.checks.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite.Response;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebFetchTest {

    @Test
    void a_redirect_is_an_answer_and_its_address_is_not_asked() throws Exception {
        try (TestSite elsewhere = TestSite.https(request -> Response.of(200, "secret"));
                TestSite site = TestSite.https(request -> Response.of(302, "", "Location: " + elsewhere.base()))) {
            WebFetch.Answer answer = WebFetch.get(site.web(), "/");

            assertThat(answer.status()).isEqualTo(302);
            assertThat(elsewhere.seen()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@evil.example/", ":8080/", "//evil.example/", "https://evil.example/", "", "/ x", "/\\evil"})
    void a_path_can_not_name_another_host(String path) {
        assertThatThrownBy(() -> WebFetch.resolve(URI.create("https://shop.example"), path))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("correct it in the page or target file");
    }

    @Test
    void a_body_is_cut_at_its_bound() throws Exception {
        byte[] body = new byte[WebFetch.MAX_BODY + 1];
        try (TestSite site = TestSite.https(request -> new Response(200, java.util.List.of(), body))) {
            WebFetch.Answer answer = WebFetch.get(site.web(), "/");

            assertThat(answer.truncated()).isTrue();
            assertThat(answer.body()).hasSize(WebFetch.MAX_BODY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun"})
    void an_answer_that_does_not_end_is_given_up_and_its_connection_closed(String begun) throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestSite site = TestSite.https(request -> Response.of(200, ""))) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = listener.accept()) {
                    socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().flush();
                    int last;
                    do {
                        last = socket.getInputStream().read();
                    } while (last >= 0);
                    closed.complete(last);
                } catch (java.io.IOException e) {
                    closed.complete(-1);
                }
            });
            URI plain = URI.create("http://localhost:" + listener.getLocalPort());

            assertThatThrownBy(() -> WebFetch.send(
                            site.web(Optional.of(plain), false, Map.of()),
                            plain,
                            "GET",
                            "/",
                            Map.of(),
                            new byte[0],
                            Duration.ofMillis(300)))
                    .isInstanceOf(CollectException.class)
                    .hasMessageContaining("came to no end");
            assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
        }
    }
}
