package dev.averment.server.drill;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.Delivery;
import dev.averment.server.identity.web.Answers;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.incidents.Incident;
import dev.averment.server.monitoring.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Demos over HTTP. */
@RestController
class DemoApi {
    private final Demos demos;
    private final Drills drills;

    DemoApi(Demos demos, Drills drills) {
        this.demos = demos;
        this.drills = drills;
    }

    record Name(@Nullable String name) {}

    @PostMapping("/api/v1/account/demo")
    ResponseEntity<byte[]> create(Caller.Person caller, @RequestBody Name body) {
        return Answers.of(
                demos.create(caller, Optional.ofNullable(body.name()).orElse("")),
                made -> Answers.json(
                        made.fresh() ? 201 : 200,
                        JsonObject.of("id", made.workspace().toString())));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PutMapping("/api/v1/workspaces/{workspace}/demo")
    ResponseEntity<byte[]> furnish(
            Entrance entrance, @RequestBody(required = false) @Nullable Map<String, Object> body) {
        long seconds = body != null && body.get("mendAfterSeconds") instanceof Number n ? n.longValue() : 0;
        return Answers.of(
                demos.furnish(entrance, Duration.ofSeconds(Math.clamp(seconds, 0, 100_000))),
                fresh -> Answers.json(fresh ? 201 : 200, JsonObject.of("fresh", fresh)));
    }

    @Needs(Permission.INCIDENTS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/demo")
    ResponseEntity<byte[]> story(Entrance entrance) {
        return Answers.of(drills.story(entrance), story -> Answers.json(200, json(story)));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @DeleteMapping("/api/v1/workspaces/{workspace}/demo")
    ResponseEntity<byte[]> remove(Entrance entrance) {
        return Answers.of(demos.remove(entrance), _ -> Answers.empty());
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/demo/drill")
    ResponseEntity<byte[]> breakIt(Entrance entrance) {
        return Answers.of(
                demos.breakIt(entrance), mends -> Answers.json(202, JsonObject.of("mends", mends.toString())));
    }

    private static JsonObject json(DrillStory story) {
        Demo demo = story.demo();
        return JsonObject.of(
                "asleep",
                demo.asleep(),
                "drill",
                demo.broken().map(broken -> drill(story, broken)).orElse(null),
                "made",
                demo.made().toString(),
                "mendAfterSeconds",
                demo.mendAfter().toSeconds(),
                "until",
                demo.until().toString(),
                "workflows",
                story.workflows().entrySet().stream().map(DemoApi::workflow).toList());
    }

    private static JsonObject workflow(Map.Entry<Workflow, dev.averment.server.monitoring.Monitors.Seen> each) {
        return JsonObject.of(
                "monitor",
                each.getValue().monitor().id().toString(),
                "name",
                each.getKey().word(),
                "state",
                each.getValue().state().state().word());
    }

    private static JsonObject drill(DrillStory story, Instant broken) {
        return JsonObject.of(
                "alerts",
                story.alerts().stream().map(DemoApi::alert).toList(),
                "back",
                story.back().map(DemoApi::run).orElse(null),
                "broken",
                broken.toString(),
                "incident",
                story.incident().map(DemoApi::incident).orElse(null),
                "mended",
                story.demo().mended().map(Instant::toString).orElse(null),
                "mends",
                story.demo().mends().map(Instant::toString).orElse(null),
                "run",
                story.run().map(DemoApi::run).orElse(null));
    }

    private static JsonObject run(Run run) {
        return JsonObject.of(
                "ended",
                run.endedAt() == null ? null : run.endedAt().toString(),
                "id",
                run.id.toString(),
                "status",
                run.status().word());
    }

    private static JsonObject incident(Incident incident) {
        return JsonObject.of(
                "id",
                incident.id().toString(),
                "opened",
                incident.opened().toString(),
                "resolved",
                incident.resolved().map(Instant::toString).orElse(null),
                "state",
                incident.state().word());
    }

    private static JsonObject alert(DrillStory.Alert alert) {
        return JsonObject.of(
                "attempts",
                alert.attempts().stream().map(DemoApi::attempt).toList(),
                "id",
                alert.delivery().id().toString(),
                "kind",
                alert.delivery().what().kind(),
                "state",
                alert.delivery().state());
    }

    private static JsonObject attempt(Delivery.Attempt attempt) {
        return JsonObject.of(
                "n", attempt.n(),
                "outcome", attempt.outcome().orElse(null),
                "started", attempt.started().toString());
    }
}
