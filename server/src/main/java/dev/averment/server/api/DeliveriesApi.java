package dev.averment.server.api;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.Deliveries;
import dev.averment.server.delivery.Delivery;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.web.Answers;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a workspace was told, and every try of it. */
@RestController
class DeliveriesApi {
    private final WorkspaceAccess access;
    private final Deliveries deliveries;

    DeliveriesApi(WorkspaceAccess access, Deliveries deliveries) {
        this.access = access;
        this.deliveries = deliveries;
    }

    @Needs(Permission.WORKSPACE_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/deliveries")
    ResponseEntity<byte[]> all(
            Entrance entrance, @RequestParam(name = "after", required = false) @Nullable String after) {
        return Answers.of(
                access.in(
                        entrance,
                        inside -> Outcome.done(
                                deliveries.all(inside.jdbc(), entrance.workspace(), Cursor.after(after), Cursor.PAGE))),
                all -> Answers.json(
                        200,
                        JsonObject.of(
                                "deliveries",
                                all.stream().map(DeliveriesApi::shown).toList(),
                                "next",
                                all.size() < Cursor.PAGE
                                        ? null
                                        : all.getLast().id().toString())));
    }

    private record Whole(Delivery delivery, List<Delivery.Attempt> attempts) {}

    @Needs(Permission.WORKSPACE_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/deliveries/{delivery}")
    ResponseEntity<byte[]> one(Entrance entrance, @PathVariable UUID delivery) {
        return Answers.of(
                access.in(entrance, inside -> {
                    Optional<Delivery> found = deliveries.find(inside.jdbc(), entrance.workspace(), delivery);
                    return found.<Outcome<Whole>>map(one -> Outcome.done(
                                    new Whole(one, deliveries.attempts(inside.jdbc(), entrance.workspace(), delivery))))
                            .orElseGet(() -> Outcome.refused(new Refusal.NotFound()));
                }),
                whole -> Answers.json(
                        200,
                        shown(whole.delivery())
                                .with(
                                        "attempts",
                                        whole.attempts().stream()
                                                .map(DeliveriesApi::shown)
                                                .toList())));
    }

    private static JsonObject shown(Delivery delivery) {
        return JsonObject.of(
                "announced",
                delivery.what().at().toString(),
                "channel",
                delivery.channel().toString(),
                "dedupKey",
                delivery.what().dedupKey(),
                "ended",
                text(delivery.ended()),
                "id",
                delivery.id().toString(),
                "incident",
                delivery.what().incident().toString(),
                "kind",
                delivery.what().kind(),
                "nextTry",
                text(delivery.next()),
                "severity",
                delivery.what().severity(),
                "state",
                delivery.state(),
                "title",
                delivery.what().title(),
                "tries",
                delivery.tries());
    }

    private static JsonObject shown(Delivery.Attempt attempt) {
        return JsonObject.of(
                "answer",
                attempt.snippet().orElse(null),
                "millis",
                attempt.millis().orElse(null),
                "n",
                attempt.n(),
                "nextTry",
                text(attempt.next()),
                "outcome",
                attempt.outcome().orElse(null),
                "started",
                attempt.started().toString(),
                "status",
                attempt.status().orElse(null));
    }

    private static @Nullable String text(Optional<Instant> at) {
        return at.map(Instant::toString).orElse(null);
    }
}
