package dev.averment.server.publicsite;

import dev.averment.claims.Page;
import dev.averment.server.claims.PageState;
import dev.averment.server.claims.PublishedPages;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Where every request for a document passes: finds the page, settles the language, renders or takes what is rendered. */
@Component
final class Desk {

    private final PublishedPages pages;
    private final RenderedPages rendered;
    private final Templates templates;
    private final StaticFiles files;
    private final InstantSource clock;

    Desk(PublishedPages pages, RenderedPages rendered, Templates templates, StaticFiles files, InstantSource clock) {
        this.pages = pages;
        this.rendered = rendered;
        this.templates = templates;
        this.files = files;
        this.clock = clock;
    }

    /** A page asked for in a language at an instant. */
    record Reading(PageState state, SiteLanguage language, Links links, Instant now) {
        Page page() {
            return state.page();
        }

        Words words() {
            return language.words();
        }

        String title() {
            return Sentence.pick(page().title(), language.tag(), page().authoritative());
        }
    }

    interface Rendering {
        Body of(Reading reading);
    }

    /**
     * Answers with one of a page's documents, or with a calm 404 when there is no such page.
     *
     * @param document names it within the page and must exist: it becomes a key of the cache
     */
    ResponseEntity<byte[]> answer(HttpServletRequest request, String page, String document, Rendering rendering) {
        Optional<PageState> state = pages.page(page);
        return state.isEmpty()
                ? missing(request)
                : Answers.fresh(request, body(request, state.get(), document, rendering));
    }

    Body body(HttpServletRequest request, PageState state, String document, Rendering rendering) {
        List<SiteLanguage> offered = offered(state.page());
        Optional<SiteLanguage> chosen =
                SiteLanguage.of(request.getParameter("lang")).filter(offered::contains);
        SiteLanguage language =
                chosen.orElseGet(() -> SiteLanguage.negotiate(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), offered));
        var links = new Links(state.page().id(), chosen.isPresent() ? language.tag() : "");
        var key = new RenderedPages.Key(state.page().id(), document, language, chosen.isPresent());
        return rendered.get(key, state, now -> rendering.of(new Reading(state, language, links, now)));
    }

    /** A file that is the same in every language: one copy. */
    Body file(PageState state, String document, Function<Instant, Body> making) {
        return rendered.get(new RenderedPages.Key(state.page().id(), document, SiteLanguage.EN, false), state, making);
    }

    /** Nothing here: HTML for people, RFC 9457 for programs. */
    ResponseEntity<byte[]> missing(HttpServletRequest request) {
        Words words = spoken(request).words();
        return sorry(request, 404, words.notFoundTitle(), words.notFound());
    }

    /** Something else went wrong. */
    ResponseEntity<byte[]> broken(HttpServletRequest request, int status) {
        Words words = spoken(request).words();
        return status < 500
                ? sorry(request, status, words.refusedTitle(), words.refused())
                : sorry(request, status, words.brokenTitle(), words.broken());
    }

    private ResponseEntity<byte[]> sorry(HttpServletRequest request, int status, String title, String text) {
        @Nullable String accept = request.getHeader(HttpHeaders.ACCEPT);
        Object asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = asked == null ? request.getRequestURI() : asked.toString();
        if (path.endsWith(".json")
                || path.startsWith("/api/")
                || (accept != null && accept.contains("json") && !accept.contains("text/html"))) {
            return Answers.sorry(request, PageJson.problem(status, title, text, path), status);
        }
        List<String> ids = pages.ids();
        String home = ids.isEmpty() ? "/" : new Links(ids.getFirst(), "").document();
        return Answers.sorry(
                request,
                templates.html(
                        "missing",
                        Map.of(
                                "shell",
                                bare(spoken(request), title, ""),
                                "home",
                                home,
                                "status",
                                status,
                                "text",
                                text)),
                status);
    }

    private static SiteLanguage spoken(HttpServletRequest request) {
        return SiteLanguage.of(request.getParameter("lang"))
                .orElseGet(() -> SiteLanguage.negotiate(
                        request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), List.of(SiteLanguage.values())));
    }

    Body html(String template, Map<String, Object> parameters) {
        return templates.html(template, parameters);
    }

    /** The shell of a page's document. */
    Shell shell(Reading r, String room, String title, String description, String path) {
        var twins = new ArrayList<Shell.Twin>();
        String authoritative = r.page().authoritative();
        for (SiteLanguage l : offered(r.page())) {
            twins.add(new Shell.Twin(
                    l.tag(),
                    l.words().languageName(l.tag()),
                    path + "?lang=" + l.tag(),
                    l == r.language(),
                    l.tag().equals(authoritative)));
        }
        String binding = r.language().tag().equals(authoritative)
                ? (twins.size() > 1 ? r.words().authoritative() : "")
                : r.words().translationOf(authoritative);
        return new Shell(
                r.language(), title, description, r.links(), r.title(), room, twins, binding, path, r.now(), files);
    }

    /** The shell of what belongs to no page. */
    Shell bare(SiteLanguage language, String title, String path) {
        return new Shell(language, title, "", null, "", "", List.of(), "", path, clock.instant(), files);
    }

    /** The languages of a page that the site speaks too, the authoritative first. */
    private static List<SiteLanguage> offered(Page page) {
        var tags = new LinkedHashSet<String>();
        tags.add(page.authoritative());
        for (SiteLanguage l : SiteLanguage.values()) {
            boolean spoken = page.title().containsKey(l.tag())
                    || page.claims().stream().anyMatch(c -> c.text().containsKey(l.tag()));
            if (spoken) {
                tags.add(l.tag());
            }
        }
        List<SiteLanguage> offered = tags.stream()
                .flatMap(t -> SiteLanguage.of(t).stream())
                .distinct()
                .toList();
        return offered.isEmpty() ? List.of(SiteLanguage.EN) : offered;
    }
}
