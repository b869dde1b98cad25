package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Sends bytes that no HTTP client would, and reads the head of the answer, at most 32 KiB of it. */
public final class RawRequest {
    private static final byte ALERT = 21;
    private static final int MAX_HEAD = 32 * 1024;
    /** A head that drips would reset the connection's own time limit with every byte. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private RawRequest() {}

    /**
     * @param status  of the answer
     * @param headers lower-case name to values, joined by commas
     */
    public record Head(int status, Map<String, String> headers) {}

    /** The answer over TLS; empty when the server closed without one. Bytes that are no HTTP are an answer of status 0. */
    public static Optional<Head> overTls(Web web, String request) throws CollectException {
        try (Socket plain = web.dialer().connect(web.host(), web.port());
                SSLSocket socket =
                        (SSLSocket) web.trust().getSocketFactory().createSocket(plain, web.host(), web.port(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return exchange(socket, request);
        } catch (IOException e) {
            throw new CollectException(
                    "A request to " + web.base() + " could not be sent (" + WebFetch.why(e)
                            + "); see whether the site is up and its certificate trusted.",
                    e);
        }
    }

    /** The answer in plain text; empty when the server closed without one, as a TLS port does. */
    public static Optional<Head> inPlain(Web web, String request) throws CollectException {
        try (Socket socket = web.dialer().connect(web.host(), web.port())) {
            return exchange(socket, request);
        } catch (IOException e) {
            throw new CollectException(
                    "No connection to " + web.base() + " (" + WebFetch.why(e) + "); see whether the site is up.", e);
        }
    }

    private static Optional<Head> exchange(Socket socket, String request) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            int matched = 0;
            long start = System.nanoTime();
            while (head.size() < MAX_HEAD && matched < 4 && System.nanoTime() - start < LIMIT.toNanos()) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                head.write(next);
                matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : next == '\r' ? 1 : 0;
            }
        } catch (IOException e) {
            // Reset, or silent until the time limit: what came before is the answer, or there was none.
            return parse(head);
        }
        return parse(head);
    }

    private static Optional<Head> parse(ByteArrayOutputStream bytes) {
        String[] lines = bytes.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
        if (!lines[0].matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
            // A TLS alert is how a TLS port refuses plain text; any other bytes are an answer, if one without headers.
            return bytes.size() == 0 || bytes.toByteArray()[0] == ALERT
                    ? Optional.empty()
                    : Optional.of(new Head(0, Map.of()));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.merge(
                        lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip(),
                        (a, b) -> a + ", " + b);
            }
        }
        return Optional.of(new Head(Integer.parseInt(lines[0].substring(9, 12)), headers));
    }
}
