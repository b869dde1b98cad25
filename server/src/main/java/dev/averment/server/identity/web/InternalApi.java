package dev.averment.server.identity.web;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What other services ask on behalf of a person. Who that is, and in which workspace, stands in the signed token: no path
 * variable, parameter or header of these routes says so (ASVS 8.3.3).
 */
@RestController
class InternalApi {
    private final WorkspaceMembers workspaces;

    InternalApi(WorkspaceMembers workspaces) {
        this.workspaces = workspaces;
    }

    /** The caller as this service understood it. */
    @GetMapping("/internal/v1/whoami")
    ResponseEntity<byte[]> whoami(InternalCaller caller) {
        var actor = caller.guest().actor();
        return Answers.json(
                200,
                JsonObject.of(
                        "service", caller.guest().service(),
                        "account", actor.account().toString(),
                        "session", actor.session().toString(),
                        "workspace", actor.workspace().toString()));
    }

    /** The actor's workspace, read in its own context and with the person's own role. */
    @GetMapping("/internal/v1/workspace")
    ResponseEntity<byte[]> workspace(InternalCaller caller) {
        var guest = caller.guest();
        return Answers.of(
                workspaces.workspace(
                        new Entrance(guest.person(), guest.actor().workspace(), Permission.WORKSPACE_READ)),
                seen -> Answers.json(
                        200,
                        JsonObject.of(
                                "id", seen.workspace().toString(),
                                "name", seen.name(),
                                "role", seen.role().word())));
    }
}
