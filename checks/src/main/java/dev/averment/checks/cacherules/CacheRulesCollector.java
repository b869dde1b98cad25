package dev.averment.checks.cacherules;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.target.RouteGroups;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.Web.Route;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Fetches every reading route without credentials, and again with them. Routes that change something are asked without
 * credentials only. Cookies are counted, never written down.
 */
final class CacheRulesCollector implements Collector {
    private static final int MAX_ROUTES = 1_000;
    private static final List<String> FOR_ONE_CACHE = List.of(
            "CDN-Cache-Control",
            "Cloudflare-CDN-Cache-Control",
            "Vercel-CDN-Cache-Control",
            "Netlify-CDN-Cache-Control",
            "Surrogate-Control",
            "Edge-Control",
            "X-Accel-Expires");

    @Override
    public Facts collect(Look look) throws CollectException {
        Web web = look.target().require(Web.class);
        List<Route> routes = web.routes();
        boolean anyAuthenticated = routes.stream().anyMatch(route -> route.authenticated() && route.reads());
        if (anyAuthenticated && web.signedIn().isEmpty()) {
            throw new CollectException(
                    "The target " + look.target().name()
                            + " gives no credentials, so that no signed-in answer can be seen; add signedIn under web in the target file.");
        }
        if (routes.size() > MAX_ROUTES) {
            throw new CollectException("The target names " + routes.size() + " routes, more than the " + MAX_ROUTES
                    + " that one check looks at; name fewer in the target file.");
        }
        RouteGroups groups = new RouteGroups();
        long signedInAnswers = 0;
        for (Route route : routes) {
            Answer anonymous = WebFetch.send(web, web.base(), route.method(), route.path(), Map.of());
            groups.add(route.toString(), facts(route, anonymous, false, dependsOnVisitor(web, route, anonymous)));
            if (route.reads()) {
                Answer asBrowser = WebFetch.send(web, web.base(), route.method(), route.path(), WebFetch.BROWSER);
                groups.add(route + " as a browser", facts(route, asBrowser, false, false));
            }
            if (route.authenticated() && route.reads()) {
                Answer signedIn = WebFetch.send(web, web.base(), route.method(), route.path(), web.signedIn());
                groups.add(route + " signed in", facts(route, signedIn, true, false));
                Map<String, String> browser = new LinkedHashMap<>(WebFetch.BROWSER);
                browser.putAll(web.signedIn());
                Answer asBrowser = WebFetch.send(web, web.base(), route.method(), route.path(), browser);
                groups.add(route + " signed in, as a browser", facts(route, asBrowser, true, false));
                if (signedIn.status() < 300) {
                    signedInAnswers++;
                }
            }
        }
        return new Facts(
                look.clock().instant(),
                groups.subjects(),
                Map.of("routes", (long) routes.size(), "signedInAnswers", signedInAnswers));
    }

    private static Map<String, Object> facts(Route route, Answer answer, boolean signedIn, boolean dependsOnVisitor) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("authenticated", route.authenticated());
        facts.put("signedIn", signedIn);
        facts.put("status", (long) answer.status());
        facts.put("cacheControl", clip(answer.header("cache-control")));
        facts.put("forOneCache", clip(forOneCache(answer)));
        facts.put("outOfCache", age(answer) > 0);
        facts.put("vary", clip(answer.header("vary")));
        facts.put("setsCookie", !answer.headers().allValues("set-cookie").isEmpty());
        facts.put("dependsOnVisitor", dependsOnVisitor);
        return facts;
    }

    /** Headers that overrule Cache-Control for a cache at the edge (RFC 9213, and what makers of such caches ask for). */
    private static String forOneCache(Answer answer) {
        return FOR_ONE_CACHE.stream()
                .filter(name -> !answer.header(name).isEmpty())
                .map(name -> name + ": " + answer.header(name))
                .collect(Collectors.joining("; "));
    }

    private static long age(Answer answer) {
        String age = answer.header("age");
        return age.matches("[0-9]{1,15}") ? Long.parseLong(age) : 0;
    }

    /**
     * True when a public answer that shared caches may keep is different for a signed-in visitor, though it is the same
     * twice for anonymous ones: somebody's data would be handed to somebody else.
     */
    private static boolean dependsOnVisitor(Web web, Route route, Answer anonymous) throws CollectException {
        if (route.authenticated()
                || !route.method().equals("GET")
                || web.signedIn().isEmpty()
                || !CacheControl.parse(anonymous.header("cache-control")).shareable()) {
            return false;
        }
        Answer signedIn = WebFetch.send(web, web.base(), "GET", route.path(), web.signedIn());
        Answer again = WebFetch.send(web, web.base(), "GET", route.path(), Map.of());
        return Arrays.equals(anonymous.body(), again.body())
                && !Arrays.equals(anonymous.body(), signedIn.body())
                && CacheControl.parse(signedIn.header("cache-control")).shareable();
    }

    private static String clip(String value) {
        return value.length() > 300 ? value.substring(0, 300) + "…" : value;
    }
}
