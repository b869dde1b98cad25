package dev.averment.server.api;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.web.Answers;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.jobs.Jobs.DeadJob;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs of a workspace that died, and how they are brought back. */
@RestController
class JobsApi {
    private final WorkspaceAccess access;
    private final Jobs jobs;

    JobsApi(WorkspaceAccess access, Jobs jobs) {
        this.access = access;
        this.jobs = jobs;
    }

    @Needs(Permission.WORKSPACE_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/jobs/dead")
    ResponseEntity<byte[]> dead(
            Entrance entrance, @RequestParam(name = "after", required = false) @Nullable String after) {
        long before = after == null ? Long.MAX_VALUE : Cursor.number(after).orElse(Long.MAX_VALUE);
        return Answers.of(
                access.in(
                        entrance,
                        inside -> Outcome.done(
                                jobs.dead(inside.jdbc(), inside.context().workspace(), before, Cursor.PAGE))),
                dead -> Answers.json(
                        200,
                        JsonObject.of(
                                "jobs",
                                dead.stream().map(JobsApi::shown).toList(),
                                "next",
                                dead.size() < Cursor.PAGE
                                        ? null
                                        : Long.toString(dead.getLast().id()))));
    }

    private static JsonObject shown(DeadJob job) {
        return JsonObject.of(
                "args",
                args(job),
                "attempts",
                job.attempts(),
                "died",
                job.died().toString(),
                "error",
                job.error(),
                "id",
                Long.toString(job.id()),
                "kind",
                job.kind(),
                "made",
                job.made().toString());
    }

    private static JsonObject args(DeadJob job) {
        try {
            return Json.parseObject(job.args().getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new IllegalStateException("the arguments of a job are no JSON object", e);
        }
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/jobs/{job}/replay")
    ResponseEntity<byte[]> replay(Entrance entrance, @PathVariable String job) {
        Optional<Long> id = Cursor.number(job);
        return Answers.of(
                access.in(entrance, inside -> {
                    Jobs.Replay replay = id.isEmpty()
                            ? Jobs.Replay.NOT_DEAD
                            : jobs.replay(inside.jdbc(), inside.context().workspace(), id.get());
                    return switch (replay) {
                        case STARTED -> Outcome.done(true);
                        case NOT_DEAD -> Outcome.refused(new Refusal.NotFound());
                        case TAKEN ->
                            Outcome.refused(new Refusal.Conflict(
                                    "already-waiting",
                                    "The same work waits or runs already. Look again when that has ended."));
                    };
                }),
                _ -> Answers.empty());
    }
}
