package dev.averment.checks.linkcheck;

import dev.averment.checks.CollectException;
import dev.averment.checks.linkcheck.PageLinks.Link;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Addresses of the site that were opened already: what they answered, and where in them a fragment may lead. */
final class OpenedLinks {
    private static final int MAX_REDIRECTS = 3;

    /** How servers name a page that is not there, in its title or first heading. */
    private static final Pattern NOT_FOUND = Pattern.compile(
            "^\\W*(error|fehler)?\\W*(404|410)\\b|\\b(not found|page (does not|doesn't) exist|no such page|nicht gefunden"
                    + "|(seite )?existiert nicht)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final int SHORT_TEXT = 500;

    private final Web web;
    private final Map<String, Target> targets = new HashMap<>();
    /** What the site says where there is nothing, when it does so with status 200. */
    private final @Nullable String nowhere;

    /** @param content {@code ok}, {@code empty}, {@code not-found} or {@code elsewhere}, when it leads to another host */
    private record Target(long status, Document html, String content) {}

    OpenedLinks(Web web, URI page, Document html) throws CollectException {
        this.web = web;
        targets.put(path(page), new Target(200, html, "ok"));
        String probe = "/averment-probe-" + UUID.randomUUID();
        Answer missing = WebFetch.get(web, probe);
        this.nowhere = missing.status() == 200 ? gist(missing, probe) : null;
    }

    /** Puts {@code status}, {@code content} and {@code fragment} into {@code facts} and returns the kind of link. */
    String look(Link link, Map<String, Object> facts) throws CollectException {
        facts.put("status", 0L);
        URI uri;
        try {
            uri = resolve(new URI(link.base()), link.href());
        } catch (URISyntaxException e) {
            return "malformed";
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return "other";
        }
        if (!sameSite(uri)) {
            return link.forwards() ? "forwards-elsewhere" : "external";
        }
        Target target = open(uri);
        facts.put("status", target.status());
        facts.put("content", target.content());
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

    /** As browsers do, which keep the path where Java's own resolution of a bare query drops its last part. */
    private static URI resolve(URI base, String href) throws URISyntaxException {
        if (href.startsWith("?")) {
            return new URI(base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath() + href);
        }
        return base.resolve(new URI(href.isEmpty() ? "#" : href));
    }

    private Target open(URI uri) throws CollectException {
        Target known = targets.get(path(uri));
        if (known != null) {
            return known;
        }
        Answer answer = WebFetch.get(web, path(uri));
        boolean elsewhere = false;
        for (int hop = 0; hop < MAX_REDIRECTS && answer.status() >= 300 && answer.status() < 400; hop++) {
            URI next;
            try {
                next = resolve(answer.uri(), answer.header("location"));
            } catch (URISyntaxException e) {
                break;
            }
            if (!sameSite(next)) {
                elsewhere = true;
                break;
            }
            answer = WebFetch.get(web, path(next));
        }
        Document html = answer.isHtml()
                ? Jsoup.parse(answer.text(), answer.uri().toString())
                : Document.createShell(answer.uri().toString());
        Target target = new Target(
                answer.status(), html, elsewhere || forwardsElsewhere(html) ? "elsewhere" : content(answer, html));
        targets.put(path(uri), target);
        return target;
    }

    private boolean forwardsElsewhere(Document html) {
        for (String href : PageLinks.forwarding(html)) {
            try {
                if (!sameSite(resolve(new URI(html.baseUri()), href))) {
                    return true;
                }
            } catch (URISyntaxException e) {
                return true;
            }
        }
        return false;
    }

    private String content(Answer answer, Document html) {
        String type = answer.header("content-type").toLowerCase(Locale.ROOT);
        boolean text = type.isEmpty() || type.startsWith("text/plain");
        if (answer.body().length == 0 && !answer.truncated()
                || text && answer.text().isBlank()
                || answer.isHtml()
                        && html.text().isBlank()
                        && html.select("img, svg, script, iframe, object").isEmpty()) {
            return "empty";
        }
        if (nowhere != null && nowhere.equals(gist(answer, path(answer.uri())))) {
            return "not-found";
        }
        Element heading = html.selectFirst("h1");
        boolean saysSo = answer.isHtml()
                ? NOT_FOUND.matcher(html.title()).find()
                        || heading != null && NOT_FOUND.matcher(heading.text()).find()
                        || heading == null
                                && html.text().length() < SHORT_TEXT
                                && NOT_FOUND.matcher(html.text()).find()
                : text
                        && answer.body().length < SHORT_TEXT
                        && NOT_FOUND.matcher(answer.text()).find();
        return saysSo ? "not-found" : "ok";
    }

    /** What a page says, without its own address, by which two pages of the same words would differ. */
    private static String gist(Answer answer, String path) {
        String text = answer.isHtml() ? Jsoup.parse(answer.text()).text() : answer.text();
        return text.replace(path, "").replace(path.substring(1), "").strip();
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
