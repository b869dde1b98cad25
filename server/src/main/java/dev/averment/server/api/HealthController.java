package dev.averment.server.api;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.claims.Pages;
import dev.averment.server.evidence.BacklogStore;
import dev.averment.server.evidence.Integrator;
import dev.averment.server.limits.Limits;
import java.sql.SQLException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server works, in one word and one status code. */
@RestController
class HealthController {
    private final Integrator integrator;
    private final BacklogStore backlog;
    private final Pages pages;
    private final Limits limits;

    HealthController(Integrator integrator, BacklogStore backlog, Pages pages, Limits limits) {
        this.pages = pages;
        this.integrator = integrator;
        this.backlog = backlog;
        this.limits = limits;
    }

    @GetMapping("/health")
    ResponseEntity<byte[]> health() {
        String obstacle = obstacle();
        String status = obstacle.isEmpty() ? "ok" : obstacle + "; see the server's log";
        // The server works while it counts for itself, so this is a note and no failure.
        JsonObject body = limits.aloneSince()
                .map(since -> JsonObject.of("limits", "this server's own since " + since, "status", status))
                .orElseGet(() -> JsonObject.of("status", status));
        return ResponseEntity.status(obstacle.isEmpty() ? 200 : 503)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.canonical());
    }

    /** Nothing about the database goes to everybody, only that the log stands still. */
    private String obstacle() {
        if (!integrator.refused().isEmpty()) {
            return "a log is not signed any more";
        }
        try {
            if (!integrator.obstacle().isEmpty() || backlog.age().compareTo(BacklogStore.LONGEST) > 0) {
                return "entries wait for their place in the log";
            }
            if (!pages.obstacle().isEmpty()) {
                return "what checks observe can't be stored";
            }
            return "";
        } catch (SQLException e) {
            return "the log can't be asked";
        }
    }
}
