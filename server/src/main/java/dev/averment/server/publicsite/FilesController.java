package dev.averment.server.publicsite;

import dev.averment.server.claims.PageState;
import dev.averment.server.claims.PublishedPages;
import dev.averment.server.claims.PublishedPages.ObservationDetail;
import dev.averment.server.claims.PublishedPages.PacketAnswer;
import dev.averment.server.edge.EdgeConfiguration.OwnAddresses;
import dev.averment.server.edge.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What programs and auditors take from a page: JSON, feed, badge, packet, revisions, log entries with their proofs. */
@RestController
final class FilesController {

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");
    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");
    private static final MediaType PROOF = MediaType.parseMediaType("text/plain;charset=UTF-8");

    private final PublishedPages pages;
    private final Desk desk;
    private final StaticFiles files;
    private final OwnAddresses own;

    FilesController(PublishedPages pages, Desk desk, StaticFiles files, OwnAddresses own) {
        this.pages = pages;
        this.desk = desk;
        this.files = files;
        this.own = own;
    }

    @GetMapping("/assets/{hash}/**")
    ResponseEntity<byte[]> asset(HttpServletRequest request) {
        return files.at(request.getRequestURI())
                .map(body -> Answers.immutable(request, body))
                .orElseGet(() -> desk.missing(request));
    }

    @GetMapping("/pages/{page}.json")
    ResponseEntity<byte[]> json(HttpServletRequest request, @PathVariable String page) {
        Optional<PageState> state = pages.page(page);
        return state.isEmpty()
                ? desk.missing(request)
                : Answers.fresh(request, desk.file(state.get(), "json", now -> PageJson.of(state.get())));
    }

    @GetMapping("/pages/{page}/feed.atom")
    ResponseEntity<byte[]> feed(HttpServletRequest request, @PathVariable String page) {
        return desk.answer(
                request,
                page,
                "feed",
                r -> AtomFeed.of(r.state(), pages.revisions(page), r.language(), r.links(), own.base()));
    }

    @GetMapping("/pages/{page}/badge.svg")
    ResponseEntity<byte[]> badge(HttpServletRequest request, @PathVariable String page) {
        return desk.answer(request, page, "badge", r -> Badge.of(r.state(), r.language()));
    }

    @GetMapping("/pages/{page}/packet.zip")
    ResponseEntity<byte[]> packet(
            HttpServletRequest request, @PathVariable String page, @RequestParam(defaultValue = "") String seen) {
        Optional<PageState> state = pages.page(page);
        if (state.isEmpty()) {
            return desk.missing(request);
        }
        if (!seen.matches("([1-9][0-9]{0,15})?")) {
            return problem(request, 400, "malformed-request", "seen is no size", "Give seen=SIZE, digits only.");
        }
        if (!seen.isEmpty()) {
            return packet(request, page, pages.packet(page, OptionalLong.of(Long.parseLong(seen))));
        }
        var obstacle = new AtomicReference<@Nullable PacketAnswer>();
        // Through the cache too: whoever hammers this address must not have a packet made each time.
        Body body = desk.file(state.get(), "packet", now -> {
            PacketAnswer answer = pages.packet(page, OptionalLong.empty());
            obstacle.set(answer);
            return Body.of(answer.zip().orElseGet(() -> new byte[0]), ZIP);
        });
        if (body.plain().length > 0) {
            return Answers.download(request, body, name(page) + "-packet.zip");
        }
        PacketAnswer said = obstacle.get();
        return packet(request, page, said != null ? said : pages.packet(page, OptionalLong.empty()));
    }

    private static ResponseEntity<byte[]> packet(HttpServletRequest request, String page, PacketAnswer answer) {
        return switch (answer) {
            case PacketAnswer.Zip(byte[] zip) ->
                Answers.download(request, Body.of(zip, ZIP), name(page) + "-packet.zip");
            case PacketAnswer.Unknown(String reason) ->
                problem(request, 404, "no-packet", "There is no such packet", reason);
            case PacketAnswer.Unavailable(String reason) ->
                problem(request, 503, "no-packet", "There is no packet of this page now", reason);
        };
    }

    private static ResponseEntity<byte[]> problem(
            HttpServletRequest request, int status, String kind, String title, String detail) {
        return Answers.sorry(
                request,
                Body.of(Problems.bytes(status, kind, title, detail), MediaType.APPLICATION_PROBLEM_JSON),
                status);
    }

    @GetMapping("/pages/{page}/revisions/{number}.yaml")
    ResponseEntity<byte[]> revision(
            HttpServletRequest request, @PathVariable String page, @PathVariable String number) {
        // Digits only, and few: a number that doesn't parse is an address that doesn't exist.
        if (!number.matches("[1-9][0-9]{0,8}")) {
            return desk.missing(request);
        }
        return pages.revision(page, Integer.parseInt(number))
                .map(p -> Answers.download(
                        request, Body.of(p.source(), YAML), name(page) + "-revision-" + number + ".yaml"))
                .orElseGet(() -> desk.missing(request));
    }

    @GetMapping("/pages/{page}/claims/{claim}/checks/{check}/leaf.json")
    ResponseEntity<byte[]> leaf(
            HttpServletRequest request,
            @PathVariable String page,
            @PathVariable String claim,
            @PathVariable String check) {
        return entry(request, page, claim, check, "leaf.json", MediaType.APPLICATION_JSON, ObservationDetail::leafJson);
    }

    @GetMapping("/pages/{page}/claims/{claim}/checks/{check}/proof.tlog-proof")
    ResponseEntity<byte[]> proof(
            HttpServletRequest request,
            @PathVariable String page,
            @PathVariable String claim,
            @PathVariable String check) {
        return entry(request, page, claim, check, "proof.tlog-proof", PROOF, ObservationDetail::proof);
    }

    private ResponseEntity<byte[]> entry(
            HttpServletRequest request,
            String page,
            String claim,
            String check,
            String file,
            MediaType type,
            Function<ObservationDetail, @Nullable String> part) {
        boolean open = pages.page(page).stream()
                .flatMap(s -> PageView.open(s).stream())
                .filter(c -> c.claim().id().equals(claim))
                .flatMap(c -> c.checks().stream())
                .anyMatch(c -> c.binding().id().equals(check));
        if (!open) {
            return desk.missing(request);
        }
        // No "map(part)": the entry and its proof must come from one observation, and each may lack its file.
        Optional<ObservationDetail> seen = pages.observation(page, claim, check);
        @Nullable String text = seen.isEmpty() ? null : part.apply(seen.get());
        if (text == null) {
            return desk.missing(request);
        }
        return Answers.download(
                request,
                Body.of(text.getBytes(StandardCharsets.UTF_8), type),
                name(claim) + "-" + name(check) + "-" + file);
    }

    /** Ids are chosen by whoever writes the page file; a header takes plain characters only. */
    private static String name(String id) {
        return id.replaceAll("[^A-Za-z0-9_-]", "_");
    }
}
