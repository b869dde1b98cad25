package dev.averment.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 clients that send one prepared request over and over on a connection each, and read little more of the answer
 * than where it ends: the generator must not be what is measured.
 */
final class HttpClients {
    private final int port;
    private final @Nullable SSLContext tls;

    private HttpClients(int port, @Nullable SSLContext tls) {
        this.port = port;
        this.tls = tls;
    }

    /** Clients of the reading listener. */
    static HttpClients plain(RunningServer server) {
        return new HttpClients(server.readingPort(), null);
    }

    /** Clients of the HTTPS listener, which trust the server's own authority only. */
    static HttpClients https(RunningServer server) throws Exception {
        return new HttpClients(
                server.port(), trusting(server.data().resolve("tls").resolve("ca.crt")));
    }

    private static SSLContext trusting(Path authority) throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /** An answer without its body. */
    record Answer(int status, int bodyBytes, Optional<String> etag) {}

    /** Sends one request. */
    Answer once(String path, String... headers) throws IOException {
        try (var connection = new Connection()) {
            return connection.exchange(request(path, headers));
        }
    }

    /** Sends the request from {@code clients} connections for {@code time}; another status than wanted fails the round. */
    Clients.Round run(int clients, Duration time, int status, String path, String... headers) throws Exception {
        byte[] request = request(path, headers);
        var connections = new Connection[clients];
        try {
            for (int i = 0; i < clients; i++) {
                connections[i] = new Connection();
            }
            return Clients.run(clients, time, client -> {
                Answer answer = connections[client].exchange(request);
                if (answer.status() != status) {
                    throw new IOException(path + " answered " + answer.status() + " instead of " + status);
                }
            });
        } finally {
            for (Connection connection : connections) {
                if (connection != null) {
                    connection.close();
                }
            }
        }
    }

    /**
     * A round and how long each answer took.
     *
     * @param nanos in order of size
     */
    record Timed(Clients.Round round, long[] nanos) {
        long acts() {
            return round.acts();
        }

        double perSecond() {
            return round.perSecond();
        }

        /** The time within which so many of a hundred were answered. */
        double percentileMillis(int percent) {
            return nanos[(int) Math.min(nanos.length - 1, (long) nanos.length * percent / 100)] / 1e6;
        }
    }

    /** Like {@link #run}, over all of {@code paths} in turns: every client begins elsewhere. */
    Timed each(int clients, Duration time, int status, List<String> paths) throws Exception {
        var connections = new Connection[clients];
        var times = new Times[clients];
        int[] next = new int[clients];
        try {
            for (int i = 0; i < clients; i++) {
                connections[i] = new Connection();
                times[i] = new Times();
                next[i] = (int) ((long) paths.size() * i / clients);
            }
            Clients.Round round = Clients.run(clients, time, client -> {
                String path = paths.get(next[client]++ % paths.size());
                byte[] request = request(path, "User-Agent: bench");
                long began = System.nanoTime();
                Answer answer = connections[client].exchange(request);
                times[client].add(System.nanoTime() - began);
                if (answer.status() != status) {
                    throw new IOException(path + " answered " + answer.status() + " instead of " + status);
                }
            });
            return new Timed(
                    round,
                    Arrays.stream(times).flatMapToLong(Times::all).sorted().toArray());
        } finally {
            for (Connection connection : connections) {
                if (connection != null) {
                    connection.close();
                }
            }
        }
    }

    /** Of one client. */
    private static final class Times {
        private long[] nanos = new long[4_096];
        private int count;

        void add(long time) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = time;
        }

        LongStream all() {
            return Arrays.stream(nanos, 0, count);
        }
    }

    private static byte[] request(String path, String... headers) {
        var text = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private final class Connection implements AutoCloseable {
        private Socket socket;
        private InputStream in;
        private final byte[] line = new byte[8192];

        Connection() throws IOException {
            socket = open();
            in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
        }

        private Socket open() throws IOException {
            if (tls == null) {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            }
            var secure = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port);
            var parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return secure;
        }

        Answer exchange(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            String head = line();
            int status = Integer.parseInt(head.substring(9, 12));
            int length = status == 304 ? 0 : -1;
            boolean last = false;
            String etag = null;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:") && status != 304) {
                    length = Integer.parseInt(header.substring(15).strip());
                } else if (lower.startsWith("etag:")) {
                    etag = header.substring(5).strip();
                } else if (lower.startsWith("connection: close")) {
                    last = true;
                }
            }
            if (length < 0) {
                length = chunks();
            } else {
                in.skipNBytes(length);
            }
            if (last) {
                // Servers close a connection after so many requests: opening a new one is part of the price.
                close();
                socket = open();
                in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
            }
            return new Answer(status, length, Optional.ofNullable(etag));
        }

        private int chunks() throws IOException {
            int total = 0;
            while (true) {
                int chunk = Integer.parseInt(line(), 16);
                in.skipNBytes(chunk);
                line();
                total += chunk;
                if (chunk == 0) {
                    return total;
                }
            }
        }

        private String line() throws IOException {
            int n = 0;
            while (true) {
                int b = in.read();
                if (b < 0) {
                    throw new EOFException("the server closed the connection");
                }
                if (b == '\n') {
                    return new String(line, 0, n > 0 && line[n - 1] == '\r' ? n - 1 : n, StandardCharsets.ISO_8859_1);
                }
                line[n++] = (byte) b;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
