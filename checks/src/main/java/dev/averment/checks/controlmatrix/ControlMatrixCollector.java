package dev.averment.checks.controlmatrix;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Shown;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.Written;
import dev.averment.claims.Audience;
import dev.averment.claims.Claim;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows {@code <tr data-claim="ID">} of the matrix. A cell's column is its {@code data-column}, else the heading
 * above it, in lower case: {@code control}, {@code posture}, {@code proof}, {@code owner}. A row may bear its posture as
 * {@code data-verdict}, which is the same word in every language. Each proof is opened once.
 */
final class ControlMatrixCollector implements Collector {
    private static final int MAX_CLAIMS = 500;

    @Override
    public Facts collect(Look look) throws CollectException {
        Web web = look.target().require(Web.class);
        String path = new SettingReader(look.with())
                .text("path")
                .orElse("/pages/" + look.page().id() + "/controls");
        List<Claim> claims = look.page().claims().stream()
                .filter(claim -> claim.audience() == Audience.PUBLIC)
                .toList();
        if (claims.size() > MAX_CLAIMS) {
            throw new CollectException("The page has " + claims.size() + " public claims, more than the " + MAX_CLAIMS
                    + " that one check looks at.");
        }
        String json = new SettingReader(look.with())
                .text("verdicts")
                .orElse("/pages/" + look.page().id() + ".json");
        // A verdict may change while the matrix is on its way: what stood before or after is right.
        PublishedVerdicts before = PublishedVerdicts.fetch(web, json);
        Answer matrix = WebFetch.send(web, web.base(), "GET", path, Map.of("Accept-Language", "en"));
        PublishedVerdicts after = PublishedVerdicts.fetch(web, json);
        if (matrix.status() != 200 || !matrix.isHtml()) {
            throw new CollectException("The control matrix " + matrix.uri() + " answers " + matrix.status() + " as \""
                    + matrix.header("content-type") + "\" instead of 200 and HTML; correct the setting path.");
        }
        Document html = Jsoup.parse(matrix.text(), matrix.uri().toString());
        Shown shown = new Shown(html);
        Map<String, Element> rows = new LinkedHashMap<>();
        Map<String, Long> count = new HashMap<>();
        for (Element row : html.select("tr[data-claim]")) {
            count.merge(row.attr("data-claim"), 1L, Long::sum);
            if (shown.is(row)) {
                rows.put(row.attr("data-claim"), row);
            }
        }
        Set<String> unknown = new LinkedHashSet<>(rows.keySet());
        look.page().claims().forEach(claim -> unknown.remove(claim.id()));
        Map<String, Proof> opened = new HashMap<>();
        List<Subject> subjects = new ArrayList<>();
        for (Claim claim : claims) {
            Map<String, Object> facts = row(web, matrix.uri(), shown, claim, rows.get(claim.id()), opened);
            facts.put("rows", count.getOrDefault(claim.id(), 0L));
            facts.put(
                    "published",
                    Stream.of(before, after)
                            .flatMap(state -> state.of(claim.id()).stream())
                            .distinct()
                            .toList());
            subjects.add(new Subject(claim.id(), facts));
        }
        return new Facts(
                look.clock().instant(),
                subjects,
                Map.of("matrix", matrix.uri().toString(), "verdicts", json, "rowsOfNoClaim", List.copyOf(unknown)));
    }

    /** An opened proof: its status and text, which may speak of several claims. */
    private record Proof(long status, String html) {}

    private static Map<String, Object> row(
            Web web, URI matrix, Shown shown, Claim claim, @Nullable Element row, Map<String, Proof> opened)
            throws CollectException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("row", row != null);
        if (row == null) {
            return facts;
        }
        Map<String, Element> cells = cells(row);
        Element posture = cells.get("posture");
        facts.put("posture", row.hasAttr("data-verdict") ? row.attr("data-verdict") : text(shown, posture));
        facts.put("said", posture == null ? List.of() : PublishedVerdicts.wordsIn(marked(shown, posture)));
        facts.put(
                "ownerShown",
                Written.in(claim.owner()) && text(shown, cells.get("owner")).equals(claim.owner()));
        facts.put("checks", (long) claim.checks().size());
        Element proof = cells.get("proof");
        Element link = proof == null ? null : proof.selectFirst("a[href]");
        URI address = link == null ? null : address(link.absUrl("href"));
        if (address == null) {
            facts.put("proof", "missing");
        } else if (!sameSite(matrix, address)) {
            facts.put("proof", "elsewhere");
        } else {
            Proof surface = open(web, address, opened);
            facts.put("proof", "linked");
            facts.put("proofStatus", surface.status());
            facts.put("namesClaim", surface.html().contains(claim.id()));
        }
        return facts;
    }

    private static Proof open(Web web, URI address, Map<String, Proof> opened) throws CollectException {
        String path = (address.getRawPath().isEmpty() ? "/" : address.getRawPath())
                + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
        Proof known = opened.get(path);
        if (known == null) {
            Answer answer = WebFetch.get(web, path);
            known = new Proof(answer.status(), answer.text());
            opened.put(path, known);
        }
        return known;
    }

    private static Map<String, Element> cells(Element row) {
        Element table = row.closest("table");
        List<String> headings = table == null
                ? List.of()
                : table.select("thead th").eachText().stream()
                        .map(heading -> heading.toLowerCase(Locale.ROOT))
                        .toList();
        Map<String, Element> cells = new HashMap<>();
        List<Element> all = row.select("> td, > th");
        for (int i = 0; i < all.size(); i++) {
            String column = all.get(i).attr("data-column");
            if (column.isEmpty() && i < headings.size()) {
                column = headings.get(i);
            }
            cells.putIfAbsent(column, all.get(i));
        }
        // A name given on purpose beats a heading, which may be a word of another language.
        for (Element named : row.select("[data-column]")) {
            cells.put(named.attr("data-column"), named);
        }
        return cells;
    }

    /** Without labels that only a screen reader is told, such as "Owner:". */
    private static String text(Shown shown, @Nullable Element cell) {
        if (cell == null || !shown.is(cell)) {
            return "";
        }
        if (cell.hasAttr("data-value")) {
            return cell.attr("data-value");
        }
        Element copy = cell.clone();
        copy.select(".unseen").remove();
        return copy.text().strip();
    }

    /** What the cell tells the eye of its verdict: the word in it that is marked as one, else all of it. */
    private static String marked(Shown shown, Element posture) {
        Element word = posture.selectFirst(".word");
        return shown.text(word == null ? posture : word);
    }

    private static @Nullable URI address(String href) {
        try {
            return href.isEmpty() ? null : URI.create(href);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean sameSite(URI a, URI b) {
        return String.valueOf(a.getScheme()).equalsIgnoreCase(b.getScheme())
                && String.valueOf(a.getRawAuthority()).equalsIgnoreCase(b.getRawAuthority());
    }
}
