package dev.averment.server.api;

import dev.averment.claims.Audience;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.claims.PacketMaker;
import dev.averment.server.claims.PageState;
import dev.averment.server.claims.Pages;
import dev.averment.server.claims.PublishedPages.PacketAnswer;
import dev.averment.server.edge.Problems;
import dev.averment.server.proving.ProvingLoop;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
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
    private final PacketMaker packets;
    private final ProvingLoop proving;

    PageApi(Pages pages, PacketMaker packets, ProvingLoop proving) {
        this.pages = pages;
        this.packets = packets;
        this.proving = proving;
    }

    @GetMapping("/api/v1/pages/{page}")
    ResponseEntity<byte[]> page(@PathVariable String page) {
        return pages.state(page).map(PageApi::json).orElseGet(() -> notFound(page));
    }

    /** The packet with the claims for the packet's audience, too: for the operator to hand on. Internal ones stay here. */
    @GetMapping("/api/v1/pages/{page}/packet")
    ResponseEntity<byte[]> packet(@PathVariable String page) {
        Optional<PageState> state = pages.state(page);
        if (state.isEmpty()) {
            return notFound(page);
        }
        return switch (packets.make(state.get(), Audience.PACKET, OptionalLong.empty())) {
            case PacketAnswer.Zip(byte[] zip) ->
                ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType("application/zip"))
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename(page.replaceAll("[^A-Za-z0-9_-]", "_") + "-packet-in-confidence.zip")
                                        .build()
                                        .toString())
                        .body(zip);
            case PacketAnswer.Unknown(String reason) -> noPacket(404, reason);
            case PacketAnswer.Unavailable(String reason) -> noPacket(503, reason);
        };
    }

    private static ResponseEntity<byte[]> noPacket(int status, String reason) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problems.bytes(status, "no-packet", "There is no packet of this page now", reason));
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
        if (!pages.obstacle().isEmpty()) {
            return ResponseEntity.status(503)
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .header(HttpHeaders.RETRY_AFTER, "10")
                    .body(Problems.bytes(
                            503,
                            "not-stored",
                            "What checks observe can't be stored now",
                            "The newest attempt failed; the server's log says why, often a full disk. The checks were asked"
                                    + " to look again, and do so until it can be stored."));
        }
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
