package dev.averment.server.monitoring;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.edge.EdgeConfiguration.OwnAddresses;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.web.Answers;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Monitors over HTTP. */
@RestController
class MonitorApi {
    static final int PAGE = 100;

    private final Monitors monitors;
    private final OwnAddresses own;

    MonitorApi(Monitors monitors, OwnAddresses own) {
        this.monitors = monitors;
        this.own = own;
    }

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/monitors")
    ResponseEntity<byte[]> list(
            Entrance entrance, @RequestParam Optional<UUID> cursor, @RequestParam Optional<Integer> limit) {
        int most = most(limit);
        return Answers.of(
                monitors.page(entrance, cursor.orElse(new UUID(0, 0)), most),
                page -> Answers.json(
                        200,
                        JsonObject.of(
                                "monitors",
                                page.stream().map(this::json).toList(),
                                "next",
                                page.size() < most
                                        ? null
                                        : page.getLast().monitor().id().toString())));
    }

    static int most(Optional<Integer> limit) {
        return Math.clamp(limit.orElse(PAGE), 1, PAGE);
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(path = "/api/v1/workspaces/{workspace}/monitors", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(Entrance entrance, @RequestBody byte[] body) {
        return object(
                body, written -> Answers.of(monitors.create(entrance, written), seen -> Answers.json(201, json(seen))));
    }

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}")
    ResponseEntity<byte[]> one(Entrance entrance, @PathVariable UUID monitor) {
        return Answers.of(monitors.one(entrance, monitor), seen -> Answers.json(200, json(seen)));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PatchMapping(
            path = "/api/v1/workspaces/{workspace}/monitors/{monitor}",
            consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> change(Entrance entrance, @PathVariable UUID monitor, @RequestBody byte[] body) {
        return object(
                body,
                written ->
                        Answers.of(monitors.change(entrance, monitor, written), seen -> Answers.json(200, json(seen))));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @DeleteMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}")
    ResponseEntity<byte[]> delete(Entrance entrance, @PathVariable UUID monitor) {
        return Answers.of(monitors.delete(entrance, monitor), _ -> Answers.empty());
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}/pause")
    ResponseEntity<byte[]> pause(Entrance entrance, @PathVariable UUID monitor) {
        return Answers.of(monitors.pause(entrance, monitor), seen -> Answers.json(200, json(seen)));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}/resume")
    ResponseEntity<byte[]> resume(Entrance entrance, @PathVariable UUID monitor) {
        return Answers.of(monitors.resume(entrance, monitor), seen -> Answers.json(200, json(seen)));
    }

    /** @param from and {@code to}: times in UTC, such as {@code 2026-11-25T06:00:00Z} */
    record Window(String from, String to, String reason) {}

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}/maintenance")
    ResponseEntity<byte[]> maintenance(Entrance entrance, @PathVariable UUID monitor) {
        return Answers.of(
                monitors.maintenance(entrance, monitor),
                all -> Answers.json(200, JsonObject.of("maintenance", all(all, MonitorApi::json))));
    }

    private static JsonObject json(Monitor.Maintenance window) {
        return JsonObject.of(
                "id", window.id().toString(),
                "from", window.from().toString(),
                "to", window.to().toString(),
                "reason", window.reason());
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}/maintenance")
    ResponseEntity<byte[]> maintain(Entrance entrance, @PathVariable UUID monitor, @RequestBody Window body) {
        return Answers.of(
                monitors.maintain(entrance, monitor, body.from(), body.to(), body.reason()),
                made -> Answers.json(201, json(made)));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @DeleteMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}/maintenance/{maintenance}")
    ResponseEntity<byte[]> unmaintain(Entrance entrance, @PathVariable UUID monitor, @PathVariable UUID maintenance) {
        return Answers.of(monitors.unmaintain(entrance, monitor, maintenance), _ -> Answers.empty());
    }

    static ResponseEntity<byte[]> object(byte[] body, Function<JsonObject, ResponseEntity<byte[]>> work) {
        try {
            return work.apply(Json.parseObject(body));
        } catch (JsonException e) {
            return Answers.problem(
                    new Refusal.Invalid("bad-body", "A body is one JSON object: " + e.getMessage() + "."));
        }
    }

    private JsonObject json(Monitors.Seen seen) {
        Monitor m = seen.monitor();
        JsonObject json = MonitorForm.written(m, seen.dependsOn())
                .with("id", m.id().toString())
                .with("made", m.madeAt().toString())
                .with("state", seen.state().state().word())
                .with("since", seen.state().since().toString())
                .with("failures", (long) seen.state().failures())
                .with("pings", seen.pings());
        json = with(json, "due", seen.state().due());
        json = with(json, "heard", seen.heardAt());
        // Whoever may only look must not be able to ping in its name.
        return seen.secrets() ? json.with("pingUrl", own.base() + "/ping/" + m.pingId()) : json;
    }

    static JsonObject with(JsonObject json, String name, @Nullable Object value) {
        return value == null ? json : json.with(name, value.toString());
    }

    static <T> List<JsonObject> all(List<T> rows, Function<T, JsonObject> json) {
        return rows.stream().map(json).toList();
    }
}
