package dev.averment.checks.linkcheck;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Opens what the page links to on its own site, each address once. A demanded document is a link that carries
 * {@code data-document="NAME"}, or {@code rel="NAME"}. Hosts other than the page's own are never asked: the page's author
 * would choose them, and the server that runs this check must not be sent about.
 */
final class LinkCheckCollector implements Collector {
    private static final int MAX_LINKS = 200;
    private static final int MAX_REDIRECTS = 3;

    @Override
    public Facts collect(Look look) throws CollectException {
        Web web = look.target().require(Web.class);
        SettingReader with = new SettingReader(look.with());
        String path = with.text("path").orElse("/");
        TreeSet<String> required = new TreeSet<>(with.texts("require"));
        Answer page = WebFetch.get(web, path);
        if (page.status() != 200 || !page.isHtml()) {
            throw new CollectException("The page " + page.uri() + " answers " + page.status() + " as \""
                    + page.header("content-type") + "\" instead of 200 and HTML; correct the setting path.");
        }
        Document html = Jsoup.parse(page.text(), page.uri().toString());
        Opened opened = new Opened(web, page.uri(), html);
        Map<String, Subject> subjects = new LinkedHashMap<>();
        long external = 0;
        long other = 0;
        long beyond = 0;
        for (Element element : html.select("a[href], area[href], link[href], img[src], script[src]")) {
            String href = element.attr(element.hasAttr("href") ? "href" : "src").strip();
            String document = document(element, required);
            String key = document + " " + href;
            if (subjects.containsKey(key)) {
                continue;
            }
            if (document.isEmpty() && subjects.size() >= MAX_LINKS) {
                beyond++;
                continue;
            }
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("document", document);
            facts.put("required", !document.isEmpty());
            String kind = opened.look(href, facts);
            facts.put("kind", kind);
            required.remove(document);
            if (kind.equals("external")) {
                external++;
            } else if (kind.equals("other")) {
                other++;
            }
            if (!document.isEmpty() || kind.equals("same-site") || kind.equals("malformed")) {
                subjects.put(key, new Subject(href.length() > 200 ? href.substring(0, 200) + "…" : href, facts));
            }
        }
        for (String document : required) {
            subjects.put(
                    document,
                    new Subject(
                            document, Map.of("document", document, "required", true, "kind", "missing", "status", 0L)));
        }
        return new Facts(
                look.clock().instant(),
                new ArrayList<>(subjects.values()),
                Map.of("page", page.uri().toString(), "external", external, "other", other, "beyondLimit", beyond));
    }

    private static String document(Element element, TreeSet<String> required) {
        String named = element.attr("data-document").strip();
        if (!named.isEmpty()) {
            return named;
        }
        for (String rel : element.attr("rel").strip().split("\\s+")) {
            if (required.contains(rel)) {
                return rel;
            }
        }
        return "";
    }

    /** Addresses that were opened already, and where in them a fragment may lead. */
    private static final class Opened {
        private final Web web;
        private final URI page;
        private final Map<String, Target> targets = new HashMap<>();

        private record Target(long status, Document html) {}

        Opened(Web web, URI page, Document html) {
            this.web = web;
            this.page = page;
            targets.put(path(page), new Target(200, html));
        }

        /** Puts {@code status} and {@code fragment} into {@code facts} and returns the kind of link. */
        String look(String href, Map<String, Object> facts) throws CollectException {
            facts.put("status", 0L);
            URI uri;
            try {
                uri = page.resolve(new URI(href.isEmpty() ? "#" : href));
            } catch (URISyntaxException e) {
                return "malformed";
            }
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !scheme.equals("http")) {
                return "other";
            }
            if (!sameSite(uri)) {
                return "external";
            }
            Target target = open(uri);
            facts.put("status", target.status());
            String fragment = uri.getFragment();
            if (fragment != null && !fragment.isEmpty() && !fragment.equals("top")) {
                boolean found = target.html().getElementById(fragment) != null
                        || !target.html()
                                .getElementsByAttributeValue("name", fragment)
                                .isEmpty();
                facts.put("fragment", found ? "found" : "missing");
            }
            return "same-site";
        }

        private Target open(URI uri) throws CollectException {
            Target known = targets.get(path(uri));
            if (known != null) {
                return known;
            }
            Answer answer = WebFetch.get(web, path(uri));
            for (int hop = 0; hop < MAX_REDIRECTS && answer.status() >= 300 && answer.status() < 400; hop++) {
                URI next;
                try {
                    next = answer.uri().resolve(new URI(answer.header("location")));
                } catch (URISyntaxException e) {
                    break;
                }
                if (!sameSite(next)) {
                    break;
                }
                answer = WebFetch.get(web, path(next));
            }
            Document html = answer.isHtml()
                    ? Jsoup.parse(answer.text(), answer.uri().toString())
                    : Document.createShell(answer.uri().toString());
            Target target = new Target(answer.status(), html);
            targets.put(path(uri), target);
            return target;
        }

        private boolean sameSite(URI uri) {
            return web.base().getScheme().equalsIgnoreCase(uri.getScheme())
                    && web.base().getHost().equalsIgnoreCase(uri.getHost())
                    && web.port() == (uri.getPort() < 0 ? 443 : uri.getPort());
        }

        private static String path(URI uri) {
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        }
    }
}
