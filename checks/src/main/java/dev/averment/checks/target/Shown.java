package dev.averment.checks.target;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Selector;

/**
 * Which elements of a page a reader can see, as far as the document itself tells: the attribute {@code hidden}, inline
 * styles, and rules of its own {@code style} elements that hold for every reader. Style sheets of their own are not
 * fetched, and rules under a condition, such as one for narrow screens, are left aside.
 */
public final class Shown {
    private static final Pattern HIDES = Pattern.compile(
            "(?:^|[;{\\s])(?:display\\s*:\\s*none|visibility\\s*:\\s*(?:hidden|collapse)"
                    + "|content-visibility\\s*:\\s*hidden|opacity\\s*:\\s*0*\\.?0*%?\\s*(?:!|;|$)|font-size\\s*:\\s*0\\D)");
    private static final int MAX_STYLE = 200_000;

    /** Elements whose contents are never rendered as they stand. */
    private static final Set<String> UNRENDERED = Set.of("template", "noscript", "script", "style", "head", "datalist");

    private final Set<Element> hidden = new HashSet<>();

    public Shown(Document page) {
        for (Element element : page.getAllElements()) {
            if (element.hasAttr("hidden")
                    || UNRENDERED.contains(element.normalName())
                    || HIDES.matcher(element.attr("style").toLowerCase(Locale.ROOT) + ";")
                            .find()) {
                hidden.add(element);
            }
        }
        for (Element style : page.select("style")) {
            String rules = style.data();
            if (rules.length() <= MAX_STYLE) {
                sheet(page, rules);
            }
        }
    }

    /** Rule by rule; what stands in the braces of a condition is skipped with it. */
    private void sheet(Document page, String sheet) {
        String rules = withoutComments(sheet);
        int at = 0;
        while (at < rules.length()) {
            int open = rules.indexOf('{', at);
            if (open < 0) {
                return;
            }
            String prelude = rules.substring(at, open);
            // "@import …;" and the like end before the next rule begins.
            String head = prelude.substring(prelude.lastIndexOf(';') + 1).strip();
            int end = closing(rules, open);
            if (!head.startsWith("@")
                    && HIDES.matcher(rules.substring(open + 1, end).toLowerCase(Locale.ROOT) + ";")
                            .find()) {
                for (String selector : head.split(",", -1)) {
                    hidden.addAll(selected(page, selector.strip()));
                }
            }
            at = end + 1;
        }
    }

    private static int closing(String rules, int open) {
        int depth = 0;
        for (int i = open; i < rules.length(); i++) {
            depth += rules.charAt(i) == '{' ? 1 : rules.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return rules.length();
    }

    private static String withoutComments(String sheet) {
        StringBuilder plain = new StringBuilder();
        int at = 0;
        for (int from = sheet.indexOf("/*"); from >= 0; from = sheet.indexOf("/*", at)) {
            plain.append(sheet, at, from);
            int to = sheet.indexOf("*/", from + 2);
            if (to < 0) {
                return plain.toString();
            }
            at = to + 2;
        }
        return plain.append(sheet.substring(at)).toString();
    }

    private static List<Element> selected(Document page, String selector) {
        if (selector.isEmpty() || selector.contains("::")) {
            return List.of();
        }
        try {
            return new ArrayList<>(page.select(selector));
        } catch (Selector.SelectorParseException | IllegalArgumentException e) {
            // A selector that only browsers know, such as :hover, hides nothing for good.
            return List.of();
        }
    }

    /** True when neither the element nor anything around it is hidden. */
    public boolean is(Element element) {
        for (Element e = element; e != null; e = e.parent()) {
            if (hidden.contains(e)) {
                return false;
            }
        }
        return true;
    }

    /** The text of {@code element} without the parts of it that are hidden, blanks made one. */
    public String text(Element element) {
        if (!is(element)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        element.traverse(new org.jsoup.select.NodeVisitor() {
            @Override
            public void head(org.jsoup.nodes.Node node, int depth) {
                if (node instanceof org.jsoup.nodes.TextNode words
                        && words.parent() instanceof Element parent
                        && is(parent)) {
                    text.append(words.getWholeText());
                } else if (node instanceof Element part
                        && (part.isBlock() || part.normalName().equals("br"))) {
                    text.append(' ');
                }
            }

            @Override
            public void tail(org.jsoup.nodes.Node node, int depth) {
                if (node instanceof Element part
                        && (part.isBlock() || List.of("td", "th").contains(part.normalName()))) {
                    text.append(' ');
                }
            }
        });
        return text.toString().replace('\u00a0', ' ').replaceAll("\\s+", " ").strip();
    }
}
