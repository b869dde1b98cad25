package dev.averment.checks.httpheaders;

import dev.averment.checks.CollectException;
import dev.averment.checks.Subject;
import dev.averment.checks.target.RawRequest;
import dev.averment.checks.target.RouteGroups;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.Web.Route;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a request without TLS gets, in one of four words: {@code refused} (no connection, or a status of 400 and more),
 * {@code redirected} (to https), {@code read-on-loopback} (a public page from the documented reading listener),
 * and {@code served}.
 */
final class PlainHttp {
    private static final int DEFAULT_PORT = 80;

    private final Web web;

    PlainHttp(Web web) {
        this.web = web;
    }

    List<Subject> look(Collection<Route> routes) throws CollectException {
        RouteGroups groups = new RouteGroups();
        groups.add("plain HTTP on the TLS port", onTlsPort());
        Optional<URI> listener = web.plain();
        if (listener.isEmpty() && web.port() == 443) {
            listener = Optional.of(URI.create("http://" + web.base().getHost()));
        }
        if (listener.isPresent()) {
            if (listens(listener.get())) {
                boolean loopback = onLoopback(listener.get());
                for (Route route : routes) {
                    groups.add("plain HTTP: " + route, onListener(listener.get(), loopback, route));
                }
            } else {
                groups.add("plain HTTP: " + listener.get(), Map.of("kind", "plain", "outcome", "refused"));
            }
        }
        return groups.subjects();
    }

    private Map<String, Object> onTlsPort() throws CollectException {
        Optional<RawRequest.Head> head = RawRequest.inPlain(
                web, "GET / HTTP/1.1\r\nHost: " + web.base().getRawAuthority() + "\r\nConnection: close\r\n\r\n");
        String outcome = head.map(h -> outcome(h.status(), h.headers().getOrDefault("location", "")))
                .orElse("refused");
        return Map.of("kind", "plain", "outcome", outcome);
    }

    private Map<String, Object> onListener(URI listener, boolean loopback, Route route) throws CollectException {
        Answer answer = WebFetch.send(web, listener, route.method(), route.path(), Map.of());
        String outcome = outcome(answer.status(), answer.header("location"));
        if (outcome.equals("served") && web.plainReading() && loopback && route.reads() && !route.authenticated()) {
            outcome = "read-on-loopback";
        }
        return Map.of("kind", "plain", "outcome", outcome);
    }

    private static String outcome(int status, String location) {
        if (status == 401) {
            // Whoever is asked for credentials here sends them in the clear.
            return "asked-for-credentials";
        }
        if (status >= 400) {
            return "refused";
        }
        boolean redirect = status == 301 || status == 302 || status == 307 || status == 308;
        return redirect && location.toLowerCase(Locale.ROOT).startsWith("https://") ? "redirected" : "served";
    }

    private boolean listens(URI listener) {
        int port = listener.getPort() < 0 ? DEFAULT_PORT : listener.getPort();
        try (Socket socket = web.dialer().connect(listener.getHost(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean onLoopback(URI listener) {
        try {
            for (InetAddress address : InetAddress.getAllByName(listener.getHost())) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
