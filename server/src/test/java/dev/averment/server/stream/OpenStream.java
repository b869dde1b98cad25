package dev.averment.server.stream;

import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A stream as a program reads it, on a socket of its own. */
public final class OpenStream implements AutoCloseable {
    private final Socket connection;
    private final BufferedReader in;
    final int status;

    /** An event; its data as it came. */
    record Told(String id, String kind, String data) {}

    OpenStream(RunningServer server, String path, String... headers) throws IOException {
        connection = new Socket("localhost", server.port());
        connection.setSoLinger(true, 0);
        SSLSocket socket = server.tls(connection, "TLSv1.3");
        socket.setSoTimeout(30_000);
        var request = new StringBuilder(
                "GET " + path + " HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\nAccept: text/event-stream\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        InputStream raw = new BufferedInputStream(socket.getInputStream());
        status = Integer.parseInt(line(raw).substring(9, 12));
        while (!line(raw).isEmpty()) {
            // Headers.
        }
        in = new BufferedReader(new InputStreamReader(new Chunks(raw), StandardCharsets.UTF_8), 1);
    }

    private static String line(InputStream raw) throws IOException {
        var line = new StringBuilder();
        for (int b = raw.read(); b >= 0 && b != '\n'; b = raw.read()) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /** The body of a chunked answer (RFC 9112, §7.1), handed on as it comes. */
    private static final class Chunks extends InputStream {
        private final InputStream raw;
        private int left;
        private boolean first = true;

        Chunks(InputStream raw) {
            this.raw = raw;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int most) throws IOException {
            if (left == 0) {
                if (!first) {
                    line(raw);
                }
                first = false;
                String size = line(raw);
                if (size.isEmpty()) {
                    return -1;
                }
                left = Integer.parseInt(size, 16);
                if (left == 0) {
                    return -1;
                }
            }
            int got = raw.read(into, at, Math.min(most, left));
            left -= Math.max(0, got);
            return got;
        }
    }

    /** The stream of a workspace, as one of its members follows it. */
    public static OpenStream of(Person person, UUID workspace) throws IOException {
        return new OpenStream(
                person.server,
                "/api/v1/workspaces/" + workspace + "/events",
                "Authorization: Bearer " + person.accessToken);
    }

    /** Reads on until something of that kind has happened. */
    public void until(String kind) throws IOException {
        for (Told told = next(); !kind.equals(told == null ? kind : told.kind()); told = next()) {
            // Something else.
        }
    }

    /** The next event; null when the stream has ended. */
    @Nullable
    Told next() throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        while (true) {
            String line = in.readLine();
            if (line == null) {
                return null;
            }
            int colon = line.indexOf(": ");
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 2));
                if (fields.containsKey("data")) {
                    return new Told(
                            fields.getOrDefault("id", ""), fields.getOrDefault("event", ""), fields.get("data"));
                }
            }
        }
    }

    /** Breaks the connection: the server learns of it by the next thing that it writes. */
    @Override
    public void close() throws IOException {
        connection.close();
    }
}
