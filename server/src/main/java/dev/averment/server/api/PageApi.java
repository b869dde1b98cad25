package dev.averment.server.api;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.claims.PageState;
import dev.averment.server.claims.Pages;
import dev.averment.server.edge.Problems;
import dev.averment.server.proving.ProvingLoop;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the operator sees of a page, every audience included, and the button that runs its checks now. */
@RestController
class PageApi {
    private final Pages pages;
    private final ProvingLoop proving;

    PageApi(Pages pages, ProvingLoop proving) {
        this.pages = pages;
        this.proving = proving;
    }

    @GetMapping("/api/v1/pages/{page}")
    ResponseEntity<byte[]> page(@PathVariable String page) {
        return pages.state(page).map(PageApi::json).orElseGet(() -> notFound(page));
    }

    /** @param claim the claim whose checks run; all of the page when empty */
    @PostMapping("/api/v1/pages/{page}/prove")
    ResponseEntity<byte[]> prove(@PathVariable String page, @RequestParam(defaultValue = "") String claim) {
        Optional<PageState> state = pages.state(page);
        if (state.isEmpty()
                || (!claim.isEmpty()
                        && state.get().claims().stream()
                                .noneMatch(c -> c.claim().id().equals(claim)))) {
            return notFound(page);
        }
        int checks = proving.hurry(state.get(), claim);
        return ResponseEntity.accepted()
                .contentType(MediaType.APPLICATION_JSON)
                .body(JsonObject.of("page", page, "checks", checks).canonical());
    }

    private static ResponseEntity<byte[]> json(PageState state) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(StateJson.of(state).toPrettyJson().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static ResponseEntity<byte[]> notFound(String page) {
        return ResponseEntity.status(404)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problems.bytes(
                        404, "not-found", "There is no such page or claim", "GET / lists what is published."));
    }
}
