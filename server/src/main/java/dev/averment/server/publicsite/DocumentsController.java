package dev.averment.server.publicsite;

import dev.averment.claims.Page;
import dev.averment.server.claims.PageState;
import dev.averment.server.claims.PageState.ClaimState;
import dev.averment.server.claims.PublishedPages;
import dev.averment.server.claims.PublishedPages.ObservationDetail;
import dev.averment.server.claims.PublishedPages.VerdictSpan;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A published page and the documents around it, as HTML. */
@RestController
final class DocumentsController {

    private static final int DAYS = 30;

    private final PublishedPages pages;
    private final Desk desk;

    DocumentsController(PublishedPages pages, Desk desk) {
        this.pages = pages;
        this.desk = desk;
    }

    /** The operator's own page; before there is one, what to do first. */
    @GetMapping("/")
    ResponseEntity<byte[]> home(HttpServletRequest request) {
        List<String> ids = pages.ids();
        if (ids.isEmpty()) {
            SiteLanguage language = SiteLanguage.negotiate(
                    request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), List.of(SiteLanguage.values()));
            return Answers.fresh(
                    request,
                    desk.html(
                            "empty",
                            Map.of("shell", desk.bare(language, language.words().noPageTitle(), "/"))));
        }
        return page(request, ids.getFirst());
    }

    @GetMapping("/pages/{page}")
    ResponseEntity<byte[]> page(HttpServletRequest request, @PathVariable String page) {
        return desk.answer(request, page, "page", r -> {
            PageView view = PageView.of(r.state(), pages.revisions(page), r.language(), r.now());
            return desk.html(
                    "page",
                    Map.of("shell", shell(r, "document", r.title(), view.head().plain(), ""), "page", view));
        });
    }

    /** Whatever else is asked for below the pages; the most general pattern, so that every real one wins. */
    @GetMapping("/pages/**")
    ResponseEntity<byte[]> nothing(HttpServletRequest request) {
        return desk.missing(request);
    }

    @GetMapping("/pages/{page}/controls")
    ResponseEntity<byte[]> controls(HttpServletRequest request, @PathVariable String page) {
        return desk.answer(request, page, "controls", r -> {
            PageView view = PageView.of(r.state(), List.of(), r.language(), r.now());
            return desk.html(
                    "controls",
                    Map.of(
                            "shell",
                            shell(r, "controls", r.words().controls(), r.words().controlsMean(), "/controls"),
                            "page",
                            view));
        });
    }

    @GetMapping("/pages/{page}/claims/{claim}")
    ResponseEntity<byte[]> claim(HttpServletRequest request, @PathVariable String page, @PathVariable String claim) {
        if (find(page, claim).isEmpty()) {
            return desk.missing(request);
        }
        return desk.answer(request, page, "claims/" + claim, r -> {
            ClaimState state = find(r.state(), claim).orElseThrow();
            ClaimView view = ClaimView.of(state, r.page(), r.language(), r.now());
            Map<String, ObservationDetail> observations = new LinkedHashMap<>();
            state.checks()
                    .forEach(c -> pages.observation(page, claim, c.binding().id())
                            .ifPresent(o -> observations.put(c.binding().id(), o)));
            var others = new ArrayList<Sentence>();
            for (String tag : state.claim().text().keySet().stream().sorted().toList()) {
                if (!tag.equals(view.sentence().lang())) {
                    others.add(Sentence.of(state.claim(), tag, r.page().authoritative()));
                }
            }
            Instant from = r.now().minus(Duration.ofDays(DAYS));
            return desk.html(
                    "claim",
                    Map.of(
                            "shell",
                            shell(r, "", view.sentence().plain(), view.reason(), "/claims/" + Links.segment(claim)),
                            "claim",
                            view,
                            "section",
                            sectionTitle(r, state),
                            "others",
                            others,
                            "authoritative",
                            r.page().authoritative(),
                            "observations",
                            observations,
                            "lane",
                            LaneView.of(pages.history(page, claim, from), from, r.now(), r.words()),
                            "days",
                            DAYS));
        });
    }

    @GetMapping("/pages/{page}/history")
    ResponseEntity<byte[]> history(HttpServletRequest request, @PathVariable String page) {
        return desk.answer(request, page, "history", r -> {
            PageView view = PageView.of(r.state(), pages.revisions(page), r.language(), r.now());
            Instant from = r.now().minus(Duration.ofDays(DAYS));
            Map<String, List<VerdictSpan>> spans = pages.histories(page, from);
            Map<String, LaneView> lanes = new LinkedHashMap<>();
            for (var section : view.sections()) {
                section.claims()
                        .forEach(c -> lanes.put(
                                c.id(), LaneView.of(spans.getOrDefault(c.id(), List.of()), from, r.now(), r.words())));
            }
            return desk.html(
                    "history",
                    Map.of(
                            "shell",
                            shell(r, "history", r.words().history(), r.words().historyMeans(), "/history"),
                            "page",
                            view,
                            "revisions",
                            pages.revisions(page),
                            "lanes",
                            lanes,
                            "days",
                            DAYS));
        });
    }

    @GetMapping("/pages/{page}/documents/{id}")
    ResponseEntity<byte[]> document(HttpServletRequest request, @PathVariable String page, @PathVariable String id) {
        if (pages.page(page).flatMap(s -> text(s.page(), id)).isEmpty()) {
            return desk.missing(request);
        }
        return desk.answer(request, page, "documents/" + id, r -> {
            Page.Document d = text(r.page(), id).orElseThrow();
            String title = Sentence.pick(d.title(), r.language().tag(), r.page().authoritative());
            String lang =
                    Sentence.language(d.text(), r.language().tag(), r.page().authoritative());
            return desk.html(
                    "text",
                    Map.of(
                            "shell",
                            shell(r, "text", title, title, "/documents/" + Links.segment(id)),
                            "title",
                            title,
                            "lang",
                            lang,
                            "text",
                            CommonMarkText.html(d.text().getOrDefault(lang, ""), title)));
        });
    }

    @GetMapping("/pages/{page}/sub-processors")
    ResponseEntity<byte[]> subProcessors(HttpServletRequest request, @PathVariable String page) {
        return desk.answer(
                request,
                page,
                "sub-processors",
                r -> desk.html(
                        "subprocessors",
                        Map.of(
                                "shell",
                                shell(
                                        r,
                                        "text",
                                        r.words().subProcessors(),
                                        r.words().subProcessorsMean(),
                                        "/sub-processors"),
                                "entries",
                                pages.subProcessors(page))));
    }

    private Shell shell(Desk.Reading r, String room, String title, String description, String below) {
        String tab = title.equals(r.title()) ? title : title + " · " + r.title();
        return desk.shell(r, room, tab, description, new Links(r.page().id(), "").document() + below);
    }

    private Optional<ClaimState> find(String page, String claim) {
        return pages.page(page).flatMap(s -> find(s, claim));
    }

    private static Optional<ClaimState> find(PageState state, String claim) {
        return PageView.open(state).stream()
                .filter(c -> c.claim().id().equals(claim))
                .findFirst();
    }

    private static Optional<Page.Document> text(Page page, String id) {
        return page.documents().stream().filter(d -> d.id().equals(id)).findFirst();
    }

    private static String sectionTitle(Desk.Reading r, ClaimState state) {
        return r.page().sections().stream()
                .filter(s -> s.id().equals(state.claim().section()))
                .map(s -> Sentence.pick(s.title(), r.language().tag(), r.page().authoritative()))
                .findFirst()
                .orElse("");
    }
}
