package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLServerSocket;

/**
 * A real HTTPS server on loopback that answers as a test says, malformed requests included, which the JDK's own server
 * would answer itself.
 */
public final class TestSite implements AutoCloseable {
    private final TestAuthority authority;
    private final ServerSocket listener;
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Function<Request, Response> answers;
    private final boolean tls;

    /** What came; a malformed request has the method {@code MALFORMED}. */
    public record Request(String method, String path, Map<String, String> headers) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** What goes back. */
    public record Response(int status, List<String> headers, byte[] body) {
        public static Response of(int status, String body, String... headers) {
            return new Response(status, List.of(headers), body.getBytes(StandardCharsets.UTF_8));
        }

        public static Response html(String body, String... headers) {
            List<String> all = new ArrayList<>(List.of(headers));
            all.add("Content-Type: text/html; charset=utf-8");
            return new Response(200, all, body.getBytes(StandardCharsets.UTF_8));
        }

        public Response with(String... more) {
            List<String> all = new ArrayList<>(headers);
            all.addAll(List.of(more));
            return new Response(status, all, body);
        }

        /** Without the header named so. */
        public Response without(String name) {
            return new Response(
                    status,
                    headers.stream()
                            .filter(h -> !h.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                            .toList(),
                    body);
        }
    }

    private TestSite(TestAuthority authority, ServerSocket listener, boolean tls, Function<Request, Response> answers) {
        this.authority = authority;
        this.listener = listener;
        this.tls = tls;
        this.answers = answers;
        Thread.ofVirtual().start(this::accept);
    }

    public static TestSite https(Function<Request, Response> answers, String... protocols) {
        TestAuthority authority = TestAuthority.create();
        return https(authority, authority.localhost(), answers, protocols);
    }

    public static TestSite https(
            TestAuthority authority,
            TestAuthority.Leaf leaf,
            Function<Request, Response> answers,
            String... protocols) {
        try {
            SSLServerSocket socket = (SSLServerSocket) authority
                    .serverContext(leaf)
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            return new TestSite(authority, socket, true, answers);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static TestSite http(Function<Request, Response> answers) {
        try {
            return new TestSite(
                    TestAuthority.create(), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), false, answers);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public URI base() {
        return URI.create((tls ? "https" : "http") + "://localhost:" + listener.getLocalPort());
    }

    public TestAuthority authority() {
        return authority;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Request lines so far, method and path. */
    public List<String> seen() {
        return seen;
    }

    public Web web(Web.Route... routes) {
        return web(Optional.empty(), false, Map.of(), routes);
    }

    public Web web(Optional<URI> plain, boolean reading, Map<String, String> signedIn, Web.Route... routes) {
        try {
            return WebTargets.open(base(), Optional.of(authority.pem()), plain, reading, List.of(routes), signedIn);
        } catch (CollectException e) {
            throw new AssertionError(e);
        }
    }

    /** A target with exactly these facilities. */
    public static Target target(Target.Facility... facilities) {
        return new Target() {
            @Override
            public String name() {
                return "the test's target";
            }

            @Override
            public <T extends Facility> Optional<T> facility(Class<T> kind) {
                for (Facility facility : facilities) {
                    if (kind.isInstance(facility)) {
                        return Optional.of(kind.cast(facility));
                    }
                }
                return Optional.empty();
            }
        };
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(10_000);
            Request request = read(new BufferedInputStream(socket.getInputStream()));
            if (request == null) {
                return;
            }
            seen.add(request.method() + " " + request.path());
            Response response = answers.apply(request);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " Answer\r\n");
            response.headers().forEach(header -> head.append(header).append("\r\n"));
            head.append("Content-Length: ").append(response.body().length).append("\r\nConnection: close\r\n\r\n");
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            if (!request.method().equals("HEAD")) {
                socket.getOutputStream().write(response.body());
            }
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // The other side left, or spoke no TLS: what it wanted to see.
        }
    }

    private static Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.size() > 64 * 1024) {
                return null;
            }
            head.write(next);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        if (!lines[0].matches("[A-Z]+ /[!-~]* HTTP/1\\.1") || lines[0].contains("{")) {
            return new Request("MALFORMED", "", headers);
        }
        String[] words = lines[0].split(" ");
        return new Request(words[0], words[1], headers);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
