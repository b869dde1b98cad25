package dev.averment.checks.linkcheck;

import dev.averment.checks.target.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Finds every address that a document sends its readers or their browsers to, frames and automatic forwarding included. */
final class PageLinks {
    private static final Pattern REFRESH = Pattern.compile(
            "\\s*[0-9.]*\\s*[;,]?\\s*(?:url\\s*=)?\\s*['\"]?([^'\"]*)['\"]?\\s*", Pattern.CASE_INSENSITIVE);
    private static final int DEEPEST = 3;

    private PageLinks() {}

    /**
     * @param href     as written, blanks at its ends cut
     * @param base     what it is relative to: the document's {@code base}, else its own address
     * @param document name of the demanded document that it stands for, else empty
     * @param forwards true when a browser goes there by itself
     */
    record Link(String href, String base, String document, boolean forwards) {}

    /** @param required names of the documents that must be linked */
    static List<Link> of(Document page, Set<String> required) {
        List<Link> links = new ArrayList<>();
        collect(page, required, links, 0);
        return links;
    }

    private static void collect(Document page, Set<String> required, List<Link> links, int depth) {
        Shown shown = new Shown(page);
        for (Element element :
                page.select("a[href], area[href], link[href], img[src], script[src], iframe[src], frame[src],"
                        + " embed[src], object[data], source[src], video[src], audio[src], track[src], video[poster],"
                        + " input[type=image][src]")) {
            String name = element.hasAttr("href")
                    ? "href"
                    : element.hasAttr("data") && !element.hasAttr("src")
                            ? "data"
                            : element.hasAttr("src") ? "src" : "poster";
            links.add(
                    new Link(element.attr(name).strip(), element.baseUri(), document(element, required, shown), false));
        }
        for (Element element : page.select("img[srcset], source[srcset]")) {
            for (String candidate : element.attr("srcset").split(",\\s+|,(?=\\S+\\s)", -1)) {
                String href = candidate.strip().split("\\s+", 2)[0];
                if (!href.isEmpty()) {
                    links.add(new Link(href, element.baseUri(), "", false));
                }
            }
        }
        for (Element form : page.select("form[action]")) {
            if (form.attr("method").isBlank() || form.attr("method").strip().equalsIgnoreCase("get")) {
                links.add(new Link(form.attr("action").strip(), form.baseUri(), "", false));
            }
        }
        forwarding(page).forEach(href -> links.add(new Link(href, page.baseUri(), "", true)));
        if (depth < DEEPEST) {
            for (Element frame : page.select("iframe[srcdoc]")) {
                collect(Jsoup.parse(frame.attr("srcdoc"), frame.baseUri()), required, links, depth + 1);
            }
        }
    }

    /** Where {@code meta http-equiv="refresh"} sends the browser; a document that only reloads itself names nothing. */
    static List<String> forwarding(Document page) {
        List<String> hrefs = new ArrayList<>();
        for (Element meta : page.select("meta[http-equiv]")) {
            if (meta.attr("http-equiv").strip().toLowerCase(Locale.ROOT).equals("refresh")) {
                Matcher refresh = REFRESH.matcher(meta.attr("content"));
                if (refresh.matches() && !refresh.group(1).isBlank()) {
                    hrefs.add(refresh.group(1).strip());
                }
            }
        }
        return hrefs;
    }

    /** A document counts as linked when a reader can see the link and click on it. */
    private static String document(Element element, Set<String> required, Shown shown) {
        if (!element.normalName().equals("a") && !element.normalName().equals("area") || !shown.is(element)) {
            return "";
        }
        boolean empty = element.normalName().equals("a")
                && shown.text(element).isEmpty()
                && element.select("img, svg").stream().noneMatch(shown::is);
        if (empty) {
            return "";
        }
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
}
