package dev.averment.server.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.fixture.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Senders who take their time, on real sockets, more of them than a server of platform threads would have threads. */
class SlowBodiesTest {
    private static final int SLOW = 220;
    private static final int SHARE = 230;

    /** How long a sender waits for an answer between two bytes. */
    private static final int PACE_MILLIS = 700;

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(folder.resolve("data"), "--connections-per-address", Integer.toString(SHARE));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String head(String path, String length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + length
                + "\r\n\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Sends a byte, waits for an answer, and so on until the server ends the connection. All that the server said. */
    private static String dribble(Socket socket, String piece) throws IOException {
        socket.setSoTimeout(PACE_MILLIS);
        var answer = new StringBuilder();
        while (true) {
            try {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return answer.toString();
                }
                answer.append((char) next);
            } catch (SocketTimeoutException e) {
                try {
                    send(socket, piece);
                } catch (IOException gone) {
                    return answer.toString();
                }
            } catch (IOException gone) {
                return answer.toString();
            }
        }
    }

    @Test
    void others_are_served_while_many_bodies_come_slowly_and_the_slow_ones_are_told_and_ended() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SLOW; i++) {
                Socket socket = server.tls("TLSv1.3");
                slow.add(socket);
                send(socket, head("/api/v1/auth/sign-in", "Content-Length: 60000") + "{\"email\":\"");
            }
            List<Future<String>> told = new ArrayList<>();
            for (Socket socket : slow) {
                told.add(senders.submit(() -> dribble(socket, "a")));
            }

            assertThat(server.https("GET", "/pages/self.json").status()).isEqualTo(200);
            assertThat(server.https("GET", "/health").status()).isEqualTo(200);

            for (Future<String> answer : told) {
                assertThat(answer.get())
                        .startsWith("HTTP/1.1 408 ")
                        .contains("Connection: close", "Strict-Transport-Security", "problems/body-too-slow");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void a_slow_body_is_ended_whatever_its_form_and_whoever_refused_it() throws Exception {
        String form = head("/sign-in", "Content-Length: 60000")
                .replace("application/json", "application/x-www-form-urlencoded")
                .replace("Host: localhost", "Host: localhost:" + server.port());
        List<Callable<String>> all = List.of(
                () -> told(head("/api/v1/auth/sign-in", "Transfer-Encoding: chunked") + "1\r\n{\r\n", "1\r\n \r\n"),
                () -> told(form + "email=", "a"),
                // Refused by its path alone: nobody reads the body, and the answer comes at once.
                () -> told(head("/nothing", "Content-Length: 60000"), "a"));
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : senders.invokeAll(all)) {
                answers.add(answer.get());
            }
            assertThat(answers.get(0)).startsWith("HTTP/1.1 408 ");
            assertThat(answers.get(1)).startsWith("HTTP/1.1 408 ");
            assertThat(answers.get(2)).startsWith("HTTP/1.1 4").doesNotContain("408");
        }
    }

    private static String told(String start, String piece) throws IOException {
        try (Socket socket = server.tls("TLSv1.3")) {
            send(socket, start);
            return dribble(socket, piece);
        }
    }

    @Test
    void a_connection_goes_on_after_a_body_that_nobody_read_and_after_one_in_chunks() throws Exception {
        String body = "{\"email\":\"nobody@example.org\",\"password\":\"some words that nobody has\"}";
        String chunks = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
        try (Socket socket = server.tls("TLSv1.3")) {
            send(
                    socket,
                    head("/nothing", "Content-Length: 4") + "aaaa"
                            + head("/api/v1/auth/sign-in", "Transfer-Encoding: chunked") + chunks
                            + "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            socket.setSoTimeout(20_000);
            String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(4);
            assertThat(answers).contains("HTTP/1.1 401", "HTTP/1.1 200");
        }
    }

    @Test
    void an_address_has_its_share_of_connections_and_gets_it_back() throws Exception {
        int port = server.prepared().readingPort();
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < SHARE; i++) {
                open.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            // The first ones are taken: the listener takes them in order.
            send(open.getLast(), "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            open.getLast().setSoTimeout(20_000);
            assertThat(open.getLast().getInputStream().read()).isEqualTo('H');
            assertThat(server.plain("GET", "/health", "localhost").status())
                    .as("one more is closed without an answer")
                    .isZero();
            // Another listener counts for itself, and another address too.
            assertThat(server.https("GET", "/health").status()).isEqualTo(200);
            // Two ask to be closed, and are seen to be.
            for (Socket socket : open.subList(0, 2)) {
                send(socket, "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                socket.setSoTimeout(20_000);
                assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
            }
            assertThat(answered()).isTrue();
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /** The server counts a connection out a moment after its last byte. */
    private static boolean answered() throws IOException {
        for (int attempt = 0; attempt < 500; attempt++) {
            if (server.plain("GET", "/health", "localhost").status() == 200) {
                return true;
            }
        }
        return false;
    }
}
