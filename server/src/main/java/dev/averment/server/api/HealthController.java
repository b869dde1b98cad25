package dev.averment.server.api;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.claims.Pages;
import dev.averment.server.evidence.BacklogStore;
import dev.averment.server.evidence.Integrator;
import dev.averment.server.jobs.JobWorker;
import dev.averment.server.limits.Limits;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server works, in one word and one status code. */
@RestController
class HealthController {
    /** A job that is due begins within a second or so, unless there are more than can be done. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Integrator integrator;
    private final BacklogStore backlog;
    private final Pages pages;
    private final Limits limits;
    private final JobWorker jobs;

    HealthController(Integrator integrator, BacklogStore backlog, Pages pages, Limits limits, JobWorker jobs) {
        this.pages = pages;
        this.integrator = integrator;
        this.backlog = backlog;
        this.limits = limits;
        this.jobs = jobs;
    }

    @GetMapping("/health")
    ResponseEntity<byte[]> health() {
        String obstacle = obstacle();
        String status = obstacle.isEmpty() ? "ok" : obstacle + "; see the server's log";
        // The server works while it counts for itself or has much to do, so these are notes and no failures.
        JsonObject body = JsonObject.of(
                "jobs",
                waiting(),
                "limits",
                limits.aloneSince()
                        .map(since -> "this server's own since " + since)
                        .orElse(null),
                "status",
                status);
        return ResponseEntity.status(obstacle.isEmpty() ? 200 : 503)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.canonical());
    }

    private @Nullable String waiting() {
        try {
            Duration oldest = jobs.figures().oldest();
            return oldest.compareTo(LONG) < 0 ? null : "the oldest has waited for " + oldest.toSeconds() + " seconds";
        } catch (DataAccessException e) {
            return "they can't be counted";
        }
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
