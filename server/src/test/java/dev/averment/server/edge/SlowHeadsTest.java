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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Senders who begin a request, or a handshake, and never come to its end, on real sockets. */
class SlowHeadsTest {
    /** Room for the slow ones and for the server's own checks, and not for those that come after the slow ones besides. */
    private static final int SHARE = 12;

    private static final int AFTERWARDS = 8;

    /** How long a sender waits for the end between two bytes. */
    private static final int PACE_MILLIS = 700;

    /** More pieces than any deadline here leaves time for; a connection that took them all was never ended. */
    private static final int PIECES = 60;

    private static final String REQUEST = "GET /health HTTP/1.1\r\nHost: localhost\r\n";
    private static final String STILL_OPEN = "still open";

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

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static Socket untalked() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    /** Sends a piece, waits, and so on until the server ends the connection. */
    private static String dribble(Socket socket, String piece) throws IOException {
        socket.setSoTimeout(PACE_MILLIS);
        for (int sent = 0; sent < PIECES; ) {
            try {
                if (socket.getInputStream().read() < 0) {
                    return "ended";
                }
            } catch (SocketTimeoutException e) {
                try {
                    send(socket, piece);
                    sent++;
                } catch (IOException gone) {
                    return "ended";
                }
            } catch (IOException gone) {
                return "ended";
            }
        }
        return STILL_OPEN;
    }

    /** What the server says to a request on a connection that stays open. */
    private static String answered(Socket socket) throws IOException {
        send(socket, REQUEST + "\r\n");
        socket.setSoTimeout(20_000);
        var answer = new StringBuilder();
        while (answer.indexOf("\"}") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            answer.append((char) next);
        }
        return answer.toString();
    }

    private record Sender(Socket socket, String start, String piece) {}

    @Test
    void a_head_and_a_handshake_that_never_end_are_ended_and_give_their_share_of_connections_back() throws Exception {
        Map<String, Sender> slow = new LinkedHashMap<>();
        Socket idle = server.tls("TLSv1.3");
        try {
            assertThat(answered(idle)).startsWith("HTTP/1.1 200");
            slow.put("a field that goes on and on", new Sender(server.tls("TLSv1.3"), REQUEST + "X-Slow: ", "a"));
            slow.put("fields without an end", new Sender(server.tls("TLSv1.3"), REQUEST, "X: a\r\n"));
            slow.put("a request line that never comes", new Sender(server.tls("TLSv1.3"), "", "\r\n"));
            Socket second = server.tls("TLSv1.3");
            assertThat(answered(second)).startsWith("HTTP/1.1 200");
            slow.put("the second head of a connection", new Sender(second, REQUEST + "X-Slow: ", "a"));
            slow.put("a handshake of which nothing comes", new Sender(untalked(), "", ""));
            // The header of a record with 16,000 bytes of a ClientHello, which then come one by one.
            slow.put(
                    "a ClientHello that never ends",
                    new Sender(untalked(), "\u0016\u0003\u0001\u003e\u0080\u0001", "a"));
            slow.put(
                    "a head on the plain listener",
                    new Sender(
                            new Socket(
                                    InetAddress.getLoopbackAddress(),
                                    server.prepared().readingPort()),
                            REQUEST + "X-Slow: ",
                            "a"));

            Map<String, Future<String>> ends = new LinkedHashMap<>();
            try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var one : slow.entrySet()) {
                    Sender sender = one.getValue();
                    ends.put(one.getKey(), senders.submit(() -> {
                        send(sender.socket(), sender.start());
                        return dribble(sender.socket(), sender.piece());
                    }));
                }
                for (var end : ends.entrySet()) {
                    assertThat(end.getValue().get()).as(end.getKey()).isEqualTo("ended");
                }
            }

            assertThat(answered(idle))
                    .as("a connection between two requests waits longer than a head may")
                    .startsWith("HTTP/1.1 200");
            List<Socket> again = new ArrayList<>();
            try {
                for (int i = 0; i < AFTERWARDS; i++) {
                    again.add(server.tls("TLSv1.3"));
                    assertThat(answered(again.getLast())).startsWith("HTTP/1.1 200");
                }
            } finally {
                for (Socket socket : again) {
                    socket.close();
                }
            }
        } finally {
            idle.close();
            for (Sender sender : slow.values()) {
                sender.socket().close();
            }
        }
    }
}
