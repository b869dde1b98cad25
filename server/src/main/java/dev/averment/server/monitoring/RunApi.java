package dev.averment.server.monitoring;

import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.web.Answers;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs over HTTP: what they did, how they changed, and what people wrote about them. */
@RestController
class RunApi {
    private static final UUID LAST = new UUID(-1, -1);

    private final Monitors monitors;
    private final Runs all;
    private final RunStore runs = new RunStore();
    private final TransitionStore transitions = new TransitionStore();

    RunApi(Monitors monitors, Runs all) {
        this.monitors = monitors;
        this.all = all;
    }

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}/runs")
    ResponseEntity<byte[]> list(
            Entrance entrance,
            @PathVariable UUID monitor,
            @RequestParam Optional<UUID> cursor,
            @RequestParam Optional<Integer> limit) {
        int most = MonitorApi.most(limit);
        return Answers.of(
                monitors.with(
                        entrance,
                        monitor,
                        (inside, m) -> Outcome.done(
                                runs.page(inside.jdbc(), m.workspace(), m.id(), cursor.orElse(LAST), most))),
                page -> Answers.json(
                        200,
                        JsonObject.of(
                                "runs",
                                MonitorApi.all(page, RunApi::json),
                                "next",
                                page.size() < most ? null : page.getLast().id.toString())));
    }

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}/runs/{run}")
    ResponseEntity<byte[]> one(Entrance entrance, @PathVariable UUID monitor, @PathVariable UUID run) {
        return Answers.of(all.stored(entrance, monitor, run), whole -> Answers.json(200, json(whole)));
    }

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}/transitions")
    ResponseEntity<byte[]> transitions(
            Entrance entrance,
            @PathVariable UUID monitor,
            @RequestParam Optional<UUID> cursor,
            @RequestParam Optional<Integer> limit) {
        int most = MonitorApi.most(limit);
        return Answers.of(
                monitors.with(
                        entrance,
                        monitor,
                        (inside, m) -> Outcome.done(
                                transitions.page(inside.jdbc(), m.workspace(), m.id(), cursor.orElse(LAST), most))),
                page -> Answers.json(
                        200,
                        JsonObject.of(
                                "transitions",
                                MonitorApi.all(page, RunApi::json),
                                "next",
                                page.size() < most ? null : page.getLast().id().toString())));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(
            path = "/api/v1/workspaces/{workspace}/monitors/{monitor}/runs/{run}/notes",
            consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> note(
            Entrance entrance, @PathVariable UUID monitor, @PathVariable UUID run, @RequestBody byte[] body) {
        return MonitorApi.object(body, written -> {
            String text;
            try {
                written.requireOnly(java.util.Set.of("note"));
                text = written.string("note");
            } catch (JsonException e) {
                text = "";
            }
            return Answers.of(all.add(entrance, monitor, run, text), made -> Answers.json(201, json(made)));
        });
    }

    private static JsonObject json(RunStore.Note note) {
        return JsonObject.of(
                "id", note.id().toString(),
                "at", note.at().toString(),
                "actor", note.actor(),
                "note", note.body());
    }

    private static JsonObject json(TransitionStore.Kept kept) {
        Transition what = kept.what();
        JsonObject json = JsonObject.of(
                "id", kept.id().toString(),
                "of", what.subject().name().toLowerCase(Locale.ROOT),
                "from", what.from(),
                "to", what.to(),
                "at", what.at().toString(),
                "actor", what.actor(),
                "reason", what.reason());
        return MonitorApi.with(MonitorApi.with(json, "run", what.run()), "leaf", kept.leaf());
    }

    static JsonObject json(Run run) {
        JsonObject json = JsonObject.of(
                "id",
                run.id.toString(),
                "monitor",
                run.monitor.toString(),
                "status",
                run.status.word(),
                "open",
                run.open,
                "reason",
                run.reason,
                "slots",
                (long) run.slots,
                "exit",
                run.exit == null ? null : run.exit.longValue(),
                "durationMillis",
                run.duration() == null ? null : run.duration().toMillis());
        json = MonitorApi.with(json, "rid", run.rid);
        json = MonitorApi.with(json, "slot", run.slot);
        json = MonitorApi.with(json, "started", run.startedAt);
        json = MonitorApi.with(json, "deadline", run.deadline);
        json = MonitorApi.with(json, "ended", run.endedAt);
        JsonObject metrics = JsonObject.of();
        for (var metric : run.metrics.entrySet()) {
            metrics = metrics.with(metric.getKey(), new dev.averment.evidence.json.JsonNumber(metric.getValue()));
        }
        return json.with("metrics", metrics);
    }

    private static JsonObject json(Runs.Stored whole) {
        JsonObject json = json(whole.run())
                .with("transitions", MonitorApi.all(whole.changes(), RunApi::json))
                .with("notes", MonitorApi.all(whole.notes(), RunApi::json));
        return whole.output()
                .map(body -> json.with(
                        "output",
                        JsonObject.of(
                                "head", body.head(),
                                "tail", body.tail(),
                                "size", body.size(),
                                "leftOut", body.leftOut(),
                                "sha256", HexFormat.of().formatHex(body.digest()),
                                "redactions", (long) body.redactions(),
                                "redacted", body.redacted())))
                .orElse(json);
    }
}
