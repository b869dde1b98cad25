package dev.averment.checks.subprocessors;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Registers;
import dev.averment.checks.target.Registers.Entry;
import dev.averment.checks.target.Shown;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Looks for each register entry on the published page. Our own pages mark a row with
 * {@code data-register="sub-processors" data-entry="ID"}; on a page without such marks an entry is the smallest table row
 * or list item that holds its title.
 */
final class SubProcessorsCollector implements Collector {
    private static final int MAX_ENTRIES = 300;

    @Override
    public Facts collect(Look look) throws CollectException {
        SettingReader with = new SettingReader(look.with());
        String register = with.text("register").orElse("sub-processors");
        List<Entry> entries = look.target().require(Registers.class).entries(register);
        if (entries.size() > MAX_ENTRIES) {
            throw new CollectException("The register " + register + " has " + entries.size()
                    + " entries, more than the " + MAX_ENTRIES + " that one check looks at.");
        }
        Web web = look.target().require(Web.class);
        Optional<String> path = with.text("path");
        Answer answer = WebFetch.get(web, path.orElse("/pages/" + look.page().id() + "/sub-processors"));
        if (path.isEmpty() && answer.status() != 200) {
            answer = WebFetch.get(web, "/");
        }
        if (answer.status() != 200 || !answer.isHtml()) {
            throw new CollectException("The page " + answer.uri() + " answers " + answer.status() + " as \""
                    + answer.header("content-type") + "\" instead of 200 and HTML; correct the setting path.");
        }
        Document page = Jsoup.parse(answer.text(), answer.uri().toString());
        Shown shown = new Shown(page);
        Map<String, Element> marked = new LinkedHashMap<>();
        for (Element element : page.getElementsByAttributeValue("data-register", register)) {
            if (element.hasAttr("data-entry") && shown.is(element)) {
                marked.put(element.attr("data-entry"), element);
            }
        }
        List<Subject> subjects = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>(marked.keySet());
        for (Entry entry : entries) {
            unknown.remove(entry.id());
            Element row = marked.isEmpty() ? smallestWith(page, shown, entry.title()) : marked.get(entry.id());
            subjects.add(new Subject(entry.id(), facts(entry, row, shown)));
        }
        return new Facts(
                look.clock().instant(),
                subjects,
                Map.of(
                        "page",
                        answer.uri().toString(),
                        "register",
                        register,
                        "marked",
                        !marked.isEmpty(),
                        "onlyOnPage",
                        List.copyOf(unknown)));
    }

    private static Map<String, Object> facts(Entry entry, @Nullable Element row, Shown seen) {
        Map<String, Object> facts = new LinkedHashMap<>();
        String shown = row == null ? "" : plain(seen.text(row));
        facts.put("listed", row != null && names(row, seen, entry.title()));
        facts.put("status", entry.status());
        facts.put("expires", entry.expires() == null ? "" : entry.expires().toString());
        List<String> registered = new ArrayList<>();
        List<String> published = new ArrayList<>();
        new TreeMap<>(entry.details()).forEach((field, value) -> {
            if (Written.in(value)) {
                registered.add(field);
                if (says(shown, plain(value))) {
                    published.add(field);
                }
            }
        });
        facts.put("registered", registered);
        facts.put("published", published);
        return facts;
    }

    /**
     * True when a part of the row is the name and nothing else, or begins with it before a sign that ends a name: "Mail" is
     * not listed where "Mail Europe Ltd" is.
     */
    private static boolean names(Element row, Shown shown, String title) {
        String name = plain(title);
        for (Element part : row.getAllElements()) {
            String text = plain(shown.text(part));
            String own = plain(part.ownText());
            if (shown.is(part)
                    && (text.equals(name)
                            || own.equals(name)
                            || text.startsWith(name)
                                    && text.substring(name.length())
                                            .matches("(?s)\\s*[,;:(|\u2013\u2014].*|\\s+-\\s.*"))) {
                return true;
            }
        }
        return false;
    }

    /** True when {@code value} stands in {@code text} as words of its own: "EU" is not said by "Europe". */
    private static boolean says(String text, String value) {
        for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
            int end = at + value.length();
            if ((at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.codePointAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Element smallestWith(Document page, Shown shown, String title) {
        Element smallest = null;
        for (Element element : page.select("tr, li, dl > div, article")) {
            String text = plain(element.text());
            if (text.contains(plain(title))
                    && names(element, shown, title)
                    && (smallest == null
                            || text.length() < plain(smallest.text()).length())) {
                smallest = element;
            }
        }
        return smallest;
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ').replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
    }
}
