package dev.averment.server.api;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.evidence.Integrator;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server works, in one word and one status code. */
@RestController
class HealthController {
    private final Integrator integrator;

    HealthController(Integrator integrator) {
        this.integrator = integrator;
    }

    @GetMapping("/health")
    ResponseEntity<byte[]> health() {
        boolean signing = integrator.refused().isEmpty();
        return ResponseEntity.status(signing ? 200 : 503)
                .contentType(MediaType.APPLICATION_JSON)
                .body(JsonObject.of("status", signing ? "ok" : "a log is not signed any more; see the server's log")
                        .canonical());
    }
}
