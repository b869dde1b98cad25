package dev.averment.checks.linkcheck;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.linkcheck.PageLinks.Link;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Opens what the page links to on its own site, each address once. A demanded document is a link that carries
 * {@code data-document="NAME"}, or {@code rel="NAME"}. Hosts other than the page's own are never asked: the page's author
 * would choose them, and the server that runs this check must not be sent about.
 */
final class LinkCheckCollector implements Collector {
    private static final int MAX_LINKS = 200;

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
        OpenedLinks opened = new OpenedLinks(web, page.uri(), html);
        Map<String, Subject> subjects = new LinkedHashMap<>();
        long external = 0;
        long other = 0;
        long beyond = 0;
        for (Link link : PageLinks.of(html, Set.copyOf(required))) {
            String href = link.href();
            String document = link.document();
            String key = document + " " + link.forwards() + " " + href + " " + link.base();
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
            String kind = opened.look(link, facts);
            facts.put("kind", kind);
            required.remove(document);
            if (kind.equals("external")) {
                external++;
            } else if (kind.equals("other")) {
                other++;
            }
            if (!document.isEmpty()
                    || Set.of("same-site", "malformed", "forwards-elsewhere").contains(kind)) {
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
}
