package dev.averment.server.api;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.evidence.Integrator;
import dev.averment.server.limits.Limits;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server works, in one word and one status code. */
@RestController
class HealthController {
    private final Integrator integrator;
    private final Limits limits;

    HealthController(Integrator integrator, Limits limits) {
        this.integrator = integrator;
        this.limits = limits;
    }

    @GetMapping("/health")
    ResponseEntity<byte[]> health() {
        boolean signing = integrator.refused().isEmpty();
        String status = signing ? "ok" : "a log is not signed any more; see the server's log";
        // The server works while it counts for itself, so this is a note and no failure.
        JsonObject body = limits.aloneSince()
                .map(since -> JsonObject.of("limits", "this server's own since " + since, "status", status))
                .orElseGet(() -> JsonObject.of("status", status));
        return ResponseEntity.status(signing ? 200 : 503)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.canonical());
    }
}
