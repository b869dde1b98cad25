package dev.averment.checks.httpheaders;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.target.RawRequest;
import dev.averment.checks.target.RouteGroups;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.Web.Route;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Asks every route. GET and HEAD are sent for real, as a program and as a browser,, signed in where the route wants it; every other method is sent
 * without credentials and with an empty body, so that it is refused and changes nothing, and its refusal must carry the
 * headers all the same.
 */
final class HttpHeadersCollector implements Collector {
    static final int MAX_ROUTES = 1_000;

    /** Written down for every answer. Others are when the setting {@code headers} names them. */
    static final List<String> RECORDED = List.of(
            "strict-transport-security",
            "content-security-policy",
            "x-content-type-options",
            "x-frame-options",
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
            "cross-origin-embedder-policy",
            "cross-origin-resource-policy",
            "access-control-allow-origin",
            "x-powered-by",
            "server");

    private static final String TELEPHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
                    + " (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

    @Override
    public Facts collect(Look look) throws CollectException {
        Web web = look.target().require(Web.class);
        SettingReader with = new SettingReader(look.with());
        LinkedHashSet<String> recorded = new LinkedHashSet<>(RECORDED);
        for (String name : with.texts("headers")) {
            recorded.add(name.toLowerCase(Locale.ROOT));
        }
        recorded.remove("set-cookie");

        LinkedHashSet<Route> routes = new LinkedHashSet<>(web.routes());
        for (String path : with.texts("paths")) {
            routes.add(new Route("GET", path, false));
        }
        if (routes.isEmpty()) {
            throw new CollectException("The target " + look.target().name()
                    + " names no routes; list paths under web in the target file, or under with.paths.");
        }
        if (routes.size() > MAX_ROUTES) {
            throw new CollectException("The target names " + routes.size() + " routes, more than the " + MAX_ROUTES
                    + " that one check looks at; split them over several checks by paths.");
        }

        RouteGroups groups = new RouteGroups();
        for (Route route : routes) {
            Map<String, String> credentials = route.authenticated() && route.reads() ? web.signedIn() : Map.of();
            Answer answer = WebFetch.send(web, web.base(), route.method(), route.path(), credentials);
            groups.add(route.toString(), headers(recorded, answer::header));
            if (route.reads()) {
                variants(web, route, credentials, recorded, groups);
            }
        }
        String nowhere = "/averment-probe-" + UUID.randomUUID();
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")) {
            Answer missing = WebFetch.send(web, web.base(), method, nowhere, Map.of());
            groups.add(
                    "a path that does not exist" + (method.equals("GET") ? "" : " (" + method + ")"),
                    headers(recorded, missing::header));
        }
        Answer asBrowser = WebFetch.send(web, web.base(), "GET", nowhere, WebFetch.BROWSER);
        groups.add("a path that does not exist, as a browser", headers(recorded, asBrowser::header));
        Answer unknown = WebFetch.send(web, web.base(), "PROBE", "/", Map.of());
        groups.add("a method that does not exist", headers(recorded, unknown::header));
        Optional<RawRequest.Head> malformed =
                RawRequest.overTls(web, "GET /\u0001{averment-probe HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n");
        malformed.ifPresent(head -> groups.add(
                "a malformed request", headers(recorded, name -> head.headers().getOrDefault(name, ""))));

        Map<String, Object> values = new LinkedHashMap<>();
        values.put("routes", (long) routes.size());
        values.put("recorded", List.copyOf(recorded));
        values.put("malformedAnswered", malformed.isPresent());
        List<Subject> subjects = new ArrayList<>(groups.subjects());
        subjects.addAll(new PlainHttp(web).look(routes));
        return new Facts(look.clock().instant(), subjects, values);
    }

    /** The same route as a browser, a telephone and a program that only wants the head would ask. */
    private static void variants(
            Web web, Route route, Map<String, String> credentials, Iterable<String> recorded, RouteGroups groups)
            throws CollectException {
        Map<String, String> browser = new LinkedHashMap<>(WebFetch.BROWSER);
        browser.putAll(credentials);
        Answer seen = WebFetch.send(web, web.base(), route.method(), route.path(), browser);
        groups.add(route + " as a browser", headers(recorded, seen::header));
        if (route.method().equals("GET")) {
            Answer head = WebFetch.send(web, web.base(), "HEAD", route.path(), credentials);
            groups.add("HEAD " + route.path(), headers(recorded, head::header));
        }
        if (route.path().equals("/")) {
            Map<String, String> telephone = new LinkedHashMap<>(browser);
            telephone.put("User-Agent", TELEPHONE);
            Answer small = WebFetch.send(web, web.base(), route.method(), route.path(), telephone);
            groups.add(route + " as a telephone", headers(recorded, small::header));
        }
        if (!credentials.isEmpty()) {
            Answer refused = WebFetch.send(web, web.base(), route.method(), route.path(), Map.of());
            groups.add(route + " without credentials", headers(recorded, refused::header));
        }
    }

    private static Map<String, Object> headers(Iterable<String> recorded, Function<String, String> header) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", "tls");
        for (String name : recorded) {
            String value = header.apply(name);
            if (!value.isEmpty()) {
                facts.put(name, bounded(value));
            }
        }
        return facts;
    }

    /** A nonce differs from answer to answer, and would make every answer a group of its own. */
    private static String bounded(String value) {
        String stable = value.replaceAll("'nonce-[A-Za-z0-9+/=_-]*'", "'nonce-…'");
        return stable.length() > 2_000 ? stable.substring(0, 2_000) + "…" : stable;
    }
}
