package dev.averment.checks.target;

import dev.averment.checks.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A site reached over HTTPS.
 *
 * @param base         scheme, host and port, no path
 * @param trust        trusts the site's authority: the system's own, or the local one of a disposable server
 * @param client       never follows redirects by itself, has time limits
 * @param plain        where plain HTTP listens, if anywhere
 * @param plainReading true when the plain listener is the documented one on loopback, which serves public pages for
 *                     reading and nothing else; otherwise plain HTTP must refuse or redirect
 * @param routes       every route of the running application when the target can tell, else the paths the target file
 *                     names
 * @param signedIn     headers that make a request an authenticated one; empty when the target gives no credentials
 * @param dialer       opens the TCP connections of checks that speak below HTTP
 */
@Target.Part(what = "site", key = "web")
public record Web(
        URI base,
        SSLContext trust,
        HttpClient client,
        Optional<URI> plain,
        boolean plainReading,
        List<Route> routes,
        Map<String, String> signedIn,
        Dialer dialer)
        implements Target.Facility {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)[^}]*}");

    public Web {
        routes = List.copyOf(routes);
        signedIn = Map.copyOf(signedIn);
    }

    /** A site whose plain listener, if it has one, must refuse or redirect. */
    public Web(
            URI base,
            SSLContext trust,
            HttpClient client,
            Optional<URI> plain,
            List<Route> routes,
            Map<String, String> signedIn) {
        this(base, trust, client, plain, false, routes, signedIn, Dialer.DIRECT);
    }

    /** The host, without the brackets of an IPv6 literal. */
    public String host() {
        String host = base.getHost();
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port of {@link #base}, 443 when it names none. */
    public int port() {
        return base.getPort() < 0 ? 443 : base.getPort();
    }

    /**
     * Opens a TCP connection. A server that runs the checks of many workspaces gives one that refuses private addresses,
     * so that no page can point a check into the operator's own network.
     */
    @FunctionalInterface
    public interface Dialer {
        Duration TIMEOUT = Duration.ofSeconds(10);

        /** Connects to whatever it is given, with {@link #TIMEOUT} for the connection and for every read. */
        Dialer DIRECT = (host, port) -> {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(host, port), (int) TIMEOUT.toMillis());
                socket.setSoTimeout((int) TIMEOUT.toMillis());
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        };

        /** @throws IOException when there is no connection, or none is allowed */
        Socket connect(String host, int port) throws IOException;
    }

    /**
     * A route of the application.
     *
     * @param method        GET, POST, …
     * @param path          with every variable filled in by a value that exists or a harmless one
     * @param authenticated true when it answers 401 without credentials
     * @param template      the path with its variables, such as {@code /orders/{order}}; the path itself when not known
     * @param needs         the permission that it declares; empty when it declares none
     */
    public record Route(String method, String path, boolean authenticated, String template, String needs) {

        /** A route of which no more is known than where it is. */
        public Route(String method, String path, boolean authenticated) {
            this(method, path, authenticated, path, "");
        }

        /** Names of the variables in {@link #template}, in their order. */
        public List<String> variables() {
            return VARIABLE.matcher(template)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        }

        /** The path with these values in place of its variables; those without a value stay as they are. */
        public String filled(Map<String, String> values) {
            return VARIABLE.matcher(template)
                    .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
        }

        /** True for the methods that may be sent for real, because they change nothing. */
        public boolean reads() {
            return method.equals("GET") || method.equals("HEAD");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
