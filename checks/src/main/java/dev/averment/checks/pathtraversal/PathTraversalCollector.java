package dev.averment.checks.pathtraversal;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.target.RawRequest;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends every spelling of one readable path of each family, byte for byte, with the credentials that the target gives. */
final class PathTraversalCollector implements Collector {
    private static final String CORPUS = "hostile-paths";
    private static final int AT_A_TIME = 8;
    private static final int NAMED = 10;

    @Override
    public Facts collect(Look look) throws CollectException {
        var with = new SettingReader(look.with());
        String corpus = with.text("corpus").orElse(CORPUS);
        if (!corpus.equals(CORPUS)) {
            throw SettingReader.refused("corpus", corpus, CORPUS);
        }
        Web web = look.target().require(Web.class);
        List<Subject> subjects = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (Map.Entry<String, List<String>> family :
                    families(web, with.texts("families")).entrySet()) {
                subjects.add(tried(web, threads, family.getKey(), family.getValue()));
            }
        }
        return new Facts(look.clock().instant(), subjects, Map.of());
    }

    /** Paths of each family, in the order of the routes. */
    private static Map<String, List<String>> families(Web web, List<String> named) throws CollectException {
        Map<String, List<String>> families = new LinkedHashMap<>();
        named.forEach(family -> families.put(family, new ArrayList<>()));
        for (Web.Route route : web.routes()) {
            if (!route.method().equals("GET") || route.path().equals("/")) {
                continue;
            }
            if (named.isEmpty()) {
                int end = route.path().indexOf('/', 1);
                families.computeIfAbsent(
                                end < 0 ? route.path() : route.path().substring(0, end), _ -> new ArrayList<>())
                        .add(route.path());
            } else {
                families.forEach((family, paths) -> {
                    if (route.path().equals(family) || route.path().startsWith(family + "/")) {
                        paths.add(route.path());
                    }
                });
            }
        }
        for (Map.Entry<String, List<String>> family : families.entrySet()) {
            if (family.getValue().isEmpty()) {
                throw new CollectException("No route of the target begins with " + family.getKey()
                        + ", so nothing there could be tried; name another beginning under families, or list a path of it"
                        + " under web.paths in the target file.");
            }
        }
        if (families.isEmpty()) {
            throw new CollectException(
                    "The target names no path to try; list paths under web in the target file to run this check.");
        }
        return families;
    }

    private static Subject tried(Web web, ExecutorService threads, String family, List<String> paths)
            throws CollectException {
        String path = paths.getFirst();
        int plainly = status(web, path);
        for (String other : paths) {
            if (plainly >= 200 && plainly < 300) {
                break;
            }
            int status = status(web, other);
            if (status >= 200 && status < 300) {
                path = other;
                plainly = status;
            }
        }
        Map<String, Future<Optional<RawRequest.Head>>> asked = new LinkedHashMap<>();
        HostilePaths.of(path)
                .forEach((name, target) ->
                        asked.put(name, threads.submit(() -> RawRequest.overTls(web, request(web, target)))));
        List<String> let = new ArrayList<>();
        for (Map.Entry<String, Future<Optional<RawRequest.Head>>> one : asked.entrySet()) {
            int status = got(one.getValue()).map(RawRequest.Head::status).orElse(0);
            // No answer at all is a refusal, too; a server that breaks over a path has read it.
            if (status != 0 && (status < 400 || status >= 500)) {
                let.add(one.getKey() + " (" + status + ")");
            }
        }
        return new Subject(
                family,
                Map.of(
                        "path", path,
                        "plainly", (long) plainly,
                        "tried", (long) asked.size(),
                        "refused", (long) (asked.size() - let.size()),
                        "let", List.copyOf(let.subList(0, Math.min(let.size(), NAMED)))));
    }

    private static int status(Web web, String path) throws CollectException {
        return WebFetch.send(web, web.base(), "GET", path, web.signedIn()).status();
    }

    private static String request(Web web, String target) {
        var request = new StringBuilder(
                "GET " + target + " HTTP/1.1\r\nHost: " + web.base().getRawAuthority() + "\r\nConnection: close\r\n");
        web.signedIn().forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        return request + "\r\n";
    }

    private static <T> T got(Future<T> answer) throws CollectException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("Trying paths was interrupted; run the check again.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CollectException why) {
                throw why;
            }
            throw new CollectException("A path could not be tried: " + WebFetch.why(e), e);
        }
    }
}
