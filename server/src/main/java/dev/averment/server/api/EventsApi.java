package dev.averment.server.api;

import dev.averment.server.edge.LongAnswer;
import dev.averment.server.edge.Problems;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Presence;
import dev.averment.server.identity.web.Answers;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.limits.Slots;
import dev.averment.server.stream.Connection;
import dev.averment.server.stream.StreamHub;
import dev.averment.server.stream.StreamPolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What happens in a workspace, as server-sent events: one thread writes one connection, and blocks nobody else. */
@RestController
class EventsApi {
    private static final Logger log = LoggerFactory.getLogger(EventsApi.class);
    private static final int LONGEST_ID = 64;

    private final WorkspaceAccess access;
    private final Presence presence;
    private final StreamHub hub;
    private final StreamPolicy policy;
    private final Slots slots;

    EventsApi(WorkspaceAccess access, Presence presence, StreamHub hub, StreamPolicy policy, Slots slots) {
        this.access = access;
        this.presence = presence;
        this.hub = hub;
        this.policy = policy;
        this.slots = slots;
    }

    @Needs(Permission.EVENTS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/events")
    void events(Entrance entrance, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (access.in(entrance, _ -> Outcome.done(true)) instanceof Outcome.Refused<Boolean> refused) {
            ResponseEntity<byte[]> problem = Answers.problem(refused.why());
            write(response, problem.getStatusCode().value(), problem.getBody());
            return;
        }
        String accept = request.getHeader("Accept");
        if (accept == null || !accept.contains("text/event-stream")) {
            // Whoever does not ask for a stream would wait for the end of one.
            write(
                    response,
                    406,
                    Problems.bytes(
                            406,
                            "stream-only",
                            "This is a stream of events",
                            "Send Accept: text/event-stream, and read until you have had enough; a browser's EventSource"
                                    + " does."));
            return;
        }
        response.setContentType("text/event-stream;charset=UTF-8");
        // For proxies that would collect an answer before they pass it on.
        response.setHeader("X-Accel-Buffering", "no");
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        Optional<Slots.Slot> slot = slots.take("events|" + entrance.caller().account(), policy.perPerson());
        if (slot.isEmpty()) {
            response.setHeader("Retry-After", "5");
            write(
                    response,
                    429,
                    Problems.bytes(
                            429,
                            "too-many-streams",
                            "You follow too many streams already",
                            "An account may have " + policy.perPerson() + " open at once, over all of its browsers and"
                                    + " programs. Close one, and its place is free again; one whose reader has gone away is"
                                    + " noticed within half a minute."));
            return;
        }
        String header = request.getHeader("Last-Event-ID");
        String after = header == null ? "" : header.length() > LONGEST_ID ? "?" : header;
        LongAnswer answer;
        try {
            answer = LongAnswer.begin(request);
        } catch (IOException | RuntimeException e) {
            slot.get().close();
            throw e;
        }
        Thread.ofVirtual().name("events").start(() -> follow(entrance, answer, slot.get(), after));
    }

    private void follow(Entrance entrance, LongAnswer answer, Slots.Slot slot, String after) {
        try (slot;
                answer) {
            new Connection(hub, entrance.workspace(), answer, () -> presence.still(entrance), slot).run(after);
        } catch (IOException e) {
            log.debug("a stream ended because its reader went: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("a stream of workspace {} ended: {}", entrance.workspace(), e.getMessage());
        }
    }

    private static void write(HttpServletResponse response, int status, byte @Nullable [] body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        if (body != null) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
