package dev.averment.server.healthchecks;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.Channel;
import dev.averment.server.delivery.Channels;
import dev.averment.server.edge.EdgeConfiguration.OwnAddresses;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.web.Answers;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.monitoring.MonitorState;
import dev.averment.server.monitoring.Monitors;
import dev.averment.server.monitoring.PingHistory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Checks, pings, flips, channels and badges as Healthchecks' interface of version 3 has them. The key is a token of a
 * workspace; one without {@code monitors:change} is a read-only key.
 */
@RestController
class ChecksApi {
    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String UNIQUE_KEY = "[0-9a-f]{40}";

    private final Monitors monitors;
    private final PingHistory history;
    private final WorkspaceAccess access;
    private final Channels channels;
    private final CheckJson json;
    private final InstantSource clock;

    ChecksApi(
            Monitors monitors,
            PingHistory history,
            WorkspaceAccess access,
            Channels channels,
            OwnAddresses own,
            InstantSource clock) {
        this.monitors = monitors;
        this.history = history;
        this.access = access;
        this.channels = channels;
        this.json = new CheckJson(own.base());
        this.clock = clock;
    }

    private static <T> ResponseEntity<byte[]> of(Outcome<T> outcome, Function<T, ResponseEntity<byte[]>> done) {
        return switch (outcome) {
            case Outcome.Done<T> d -> done.apply(d.value());
            case Outcome.Refused<T> r -> refused(r.why());
        };
    }

    private static ResponseEntity<byte[]> refused(Refusal why) {
        return switch (why) {
            case Refusal.NotFound _ -> error(404, "not found");
            case Refusal.Forbidden f -> error(403, "this key may not do that: it needs the scope " + f.needed());
            case Refusal.Invalid i -> error(400, "json validation error: " + i.message());
            case Refusal.Conflict c -> error(403, c.message());
            default -> Answers.problem(why);
        };
    }

    private static ResponseEntity<byte[]> error(int status, String message) {
        return Answers.json(status, JsonObject.of("error", message));
    }

    private static ResponseEntity<byte[]> text(int status, String text) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/api/v3/checks/")
    ResponseEntity<byte[]> list(
            Entrance entrance,
            @RequestParam(name = "slug", required = false) @Nullable String slug,
            @RequestParam(name = "tag", required = false) @Nullable List<String> tags) {
        return of(monitors.all(entrance), all -> {
            List<Monitors.Seen> wanted = all.stream()
                    .filter(s -> slug == null || s.monitor().slug().equals(slug))
                    .filter(s -> tags == null || s.monitor().tags().containsAll(tags))
                    .toList();
            return checks(entrance, wanted, found -> Answers.json(200, JsonObject.of("checks", found)));
        });
    }

    private ResponseEntity<byte[]> checks(
            Entrance entrance, List<Monitors.Seen> all, Function<List<JsonObject>, ResponseEntity<byte[]>> answer) {
        return of(
                history.latest(entrance, all.stream().map(s -> s.monitor().id()).toList()), latest -> {
                    String heard = heard(entrance);
                    return answer.apply(all.stream()
                            .map(s -> json.of(s, latest.getOrDefault(s.monitor().id(), PingHistory.Latest.NONE), heard))
                            .toList());
                });
    }

    /** Every channel that is switched on hears of every check. */
    private String heard(Entrance entrance) {
        Outcome<List<Channel>> all =
                access.in(entrance, inside -> Outcome.done(channels.all(inside.jdbc(), entrance.workspace())));
        return all instanceof Outcome.Done<List<Channel>> done
                ? done.value().stream()
                        .filter(Channel::enabled)
                        .map(c -> c.id().toString())
                        .collect(Collectors.joining(","))
                : "";
    }

    private ResponseEntity<byte[]> one(Entrance entrance, int status, Monitors.Seen seen) {
        return checks(entrance, List.of(seen), all -> Answers.json(status, all.getFirst()));
    }

    /** By the id in its address, or, for who must not know that, by what is made of it. */
    private Outcome<Monitors.Seen> find(Entrance entrance, String id) {
        if (id.matches(UUID_FORM)) {
            return monitors.pinged(entrance, UUID.fromString(id));
        }
        if (!id.matches(UNIQUE_KEY)) {
            return monitors.pinged(entrance, new UUID(0, 0));
        }
        return switch (monitors.all(entrance)) {
            case Outcome.Done<List<Monitors.Seen>> all ->
                all.value().stream()
                        .filter(s -> CheckJson.uniqueKey(s.monitor().pingId()).equals(id))
                        .findFirst()
                        .map(Outcome::done)
                        .orElseGet(() -> Outcome.refused(new Refusal.NotFound()));
            case Outcome.Refused<List<Monitors.Seen>> refused -> Outcome.refused(refused.why());
        };
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping("/api/v3/checks/")
    ResponseEntity<byte[]> create(Entrance entrance, @RequestBody(required = false) byte @Nullable [] body) {
        return of(monitors.all(entrance), all -> {
            try {
                CheckSpec spec = CheckSpec.read(body == null ? new byte[0] : body);
                for (Monitors.Seen seen : all) {
                    if (spec.same(seen.monitor())) {
                        return of(
                                monitors.change(entrance, seen.monitor().id(), spec.changes()),
                                changed -> one(entrance, 200, changed));
                    }
                }
                return of(monitors.create(entrance, spec.created()), made -> one(entrance, 201, made));
            } catch (CheckSpec.Wrong e) {
                return error(400, String.valueOf(e.getMessage()));
            }
        });
    }

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/api/v3/checks/{uuid}")
    ResponseEntity<byte[]> get(Entrance entrance, @PathVariable String uuid) {
        return of(find(entrance, uuid), seen -> one(entrance, 200, seen));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping("/api/v3/checks/{uuid}")
    ResponseEntity<byte[]> update(
            Entrance entrance, @PathVariable String uuid, @RequestBody(required = false) byte @Nullable [] body) {
        return of(find(entrance, uuid), seen -> {
            try {
                JsonObject changes =
                        CheckSpec.read(body == null ? new byte[0] : body).changes();
                return of(
                        monitors.change(entrance, seen.monitor().id(), changes),
                        changed -> one(entrance, 200, changed));
            } catch (CheckSpec.Wrong e) {
                return error(400, String.valueOf(e.getMessage()));
            }
        });
    }

    /** Answers with the check as it was. */
    @Needs(Permission.MONITORS_CHANGE)
    @DeleteMapping("/api/v3/checks/{uuid}")
    ResponseEntity<byte[]> delete(Entrance entrance, @PathVariable String uuid) {
        return of(find(entrance, uuid), seen -> {
            ResponseEntity<byte[]> was = one(entrance, 200, seen);
            return of(monitors.delete(entrance, seen.monitor().id()), _ -> was);
        });
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping("/api/v3/checks/{uuid}/pause")
    ResponseEntity<byte[]> pause(Entrance entrance, @PathVariable String uuid) {
        return of(
                find(entrance, uuid),
                seen -> of(monitors.pause(entrance, seen.monitor().id()), paused -> one(entrance, 200, paused)));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping("/api/v3/checks/{uuid}/resume")
    ResponseEntity<byte[]> resume(Entrance entrance, @PathVariable String uuid) {
        return of(
                find(entrance, uuid),
                seen -> seen.state().state() == MonitorState.PAUSED
                        ? of(monitors.resume(entrance, seen.monitor().id()), resumed -> one(entrance, 200, resumed))
                        : text(409, "check is not paused"));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/api/v3/checks/{uuid}/pings/")
    ResponseEntity<byte[]> pings(Entrance entrance, @PathVariable String uuid) {
        return of(
                find(entrance, uuid),
                seen -> of(
                        history.pings(entrance, seen.monitor().id()),
                        newest -> Answers.json(200, json.pings(seen.monitor(), newest))));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/api/v3/checks/{uuid}/pings/{n}/body")
    ResponseEntity<byte[]> body(Entrance entrance, @PathVariable String uuid, @PathVariable String n) {
        long number = n.matches("[0-9]{1,18}") ? Long.parseLong(n) : 0;
        return of(
                find(entrance, uuid),
                seen -> of(
                        history.body(entrance, seen.monitor().id(), number),
                        output -> text(
                                200,
                                output.leftOut() == 0
                                        ? output.head() + output.tail()
                                        : output.head() + "\n[" + output.leftOut() + " bytes left out]\n"
                                                + output.tail())));
    }

    /** @param seconds of the past, or between two seconds since 1970; all when nothing is said */
    @Needs(Permission.MONITORS_READ)
    @GetMapping("/api/v3/checks/{uuid}/flips/")
    ResponseEntity<byte[]> flips(
            Entrance entrance,
            @PathVariable String uuid,
            @RequestParam(name = "seconds", required = false) @Nullable String seconds,
            @RequestParam(name = "start", required = false) @Nullable String start,
            @RequestParam(name = "end", required = false) @Nullable String end) {
        for (String each : Arrays.asList(seconds, start, end)) {
            if (each != null && !each.matches("[0-9]{1,11}")) {
                return error(400, "seconds, start and end are numbers of seconds");
            }
        }
        Instant from = seconds != null
                ? clock.instant().minusSeconds(Long.parseLong(seconds))
                : start == null ? Instant.EPOCH : Instant.ofEpochSecond(Long.parseLong(start));
        Instant to = end == null ? Instant.MAX : Instant.ofEpochSecond(Long.parseLong(end));
        return of(
                find(entrance, uuid),
                seen -> of(
                        history.flips(entrance, seen.monitor().id()),
                        all -> Answers.json(
                                200,
                                CheckJson.flips(all.stream()
                                        .filter(f -> !f.at().isBefore(from) && f.at().isBefore(to))
                                        .toList()))));
    }

    @Needs(Permission.WORKSPACE_READ)
    @GetMapping("/api/v3/channels/")
    ResponseEntity<byte[]> channels(Entrance entrance) {
        return of(
                access.in(entrance, inside -> Outcome.done(channels.all(inside.jdbc(), entrance.workspace()))),
                all -> Answers.json(
                        200,
                        JsonObject.of(
                                "channels",
                                all.stream()
                                        .map(c -> JsonObject.of(
                                                "id",
                                                c.id().toString(),
                                                "name",
                                                c.name(),
                                                "kind",
                                                CheckJson.kind(c.kind())))
                                        .toList())));
    }

    /** There are none: what is public about a workflow stands on the security page, with its proof. */
    @Needs(Permission.MONITORS_READ)
    @GetMapping("/api/v3/badges/")
    ResponseEntity<byte[]> badges(Entrance entrance) {
        return of(
                access.in(entrance, _ -> Outcome.done(true)),
                _ -> Answers.json(200, JsonObject.of("badges", JsonObject.of())));
    }
}
