package dev.averment.server.identity.web;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.People;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.MemberRole;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Workspaces, who is in them, and who is asked in. */
@RestController
class WorkspaceApi {
    private static final Refusal NO_ROLE =
            new Refusal.Invalid("bad-role", "A role is owner, admin, member, viewer or auditor.");

    private final WorkspaceMembers workspaces;
    private final People people;

    WorkspaceApi(WorkspaceMembers workspaces, People people) {
        this.workspaces = workspaces;
        this.people = people;
    }

    record Name(String name) {}

    record Role(String role) {}

    record Invite(String email, String role) {}

    record Code(String code) {
        @Override
        public String toString() {
            return "a code";
        }
    }

    @GetMapping("/api/v1/workspaces")
    ResponseEntity<byte[]> mine(Caller.Person caller) {
        List<JsonObject> mine =
                people.workspacesOf(caller).stream().map(WorkspaceApi::seen).toList();
        return Answers.json(200, JsonObject.of("workspaces", mine));
    }

    @PostMapping("/api/v1/workspaces")
    ResponseEntity<byte[]> create(Caller.Person caller, @RequestBody Name body) {
        return Answers.of(
                people.createWorkspace(caller, body.name()),
                id -> Answers.json(201, JsonObject.of("id", id.toString(), "role", MemberRole.OWNER.word())));
    }

    @Needs(Permission.WORKSPACE_READ)
    @GetMapping("/api/v1/workspaces/{workspace}")
    ResponseEntity<byte[]> workspace(Entrance entrance) {
        return Answers.of(workspaces.workspace(entrance), seen -> Answers.json(200, seen(seen)));
    }

    private static JsonObject seen(WorkspaceMembers.Seen seen) {
        return JsonObject.of(
                "id", seen.workspace().toString(),
                "name", seen.name(),
                "role", seen.role().word());
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PatchMapping("/api/v1/workspaces/{workspace}")
    ResponseEntity<byte[]> rename(Entrance entrance, @RequestBody Name body) {
        return done(people.renameWorkspace(entrance, body.name()));
    }

    @Needs(Permission.WORKSPACE_DELETE)
    @PostMapping("/api/v1/workspaces/{workspace}/deletion")
    ResponseEntity<byte[]> delete(Entrance entrance, @RequestBody Name body) {
        return done(people.deleteWorkspace(entrance, body.name()));
    }

    @Needs(Permission.MEMBERS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/members")
    ResponseEntity<byte[]> members(Entrance entrance) {
        return Answers.of(
                people.members(entrance),
                members -> Answers.json(
                        200,
                        JsonObject.of(
                                "members",
                                members.stream()
                                        .map(m -> JsonObject.of(
                                                "account", m.member().account().toString(),
                                                "name", m.name(),
                                                "email", m.email(),
                                                "role", m.member().role().word(),
                                                "since", m.member().since().toString()))
                                        .toList())));
    }

    @Needs(Permission.MEMBERS_CHANGE)
    @PatchMapping("/api/v1/workspaces/{workspace}/members/{account}")
    ResponseEntity<byte[]> change(Entrance entrance, @PathVariable UUID account, @RequestBody Role body) {
        return withRole(body.role(), role -> done(workspaces.change(entrance, account, role)));
    }

    @Needs(Permission.MEMBERS_CHANGE)
    @DeleteMapping("/api/v1/workspaces/{workspace}/members/{account}")
    ResponseEntity<byte[]> remove(Entrance entrance, @PathVariable UUID account) {
        return done(workspaces.remove(entrance, account));
    }

    @DeleteMapping("/api/v1/account/workspaces/{workspace}")
    ResponseEntity<byte[]> leave(Caller.Person caller, @PathVariable UUID workspace) {
        return done(workspaces.leave(caller, workspace));
    }

    @Needs(Permission.MEMBERS_CHANGE)
    @GetMapping("/api/v1/workspaces/{workspace}/invitations")
    ResponseEntity<byte[]> invitations(Entrance entrance) {
        return Answers.of(
                workspaces.invitations(entrance),
                open -> Answers.json(
                        200,
                        JsonObject.of(
                                "invitations",
                                open.stream()
                                        .map(i -> JsonObject.of(
                                                "id", i.id().toString(),
                                                "email", i.email(),
                                                "role", i.role().word(),
                                                "expires", i.expires().toString()))
                                        .toList())));
    }

    @Needs(Permission.MEMBERS_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/invitations")
    ResponseEntity<byte[]> invite(Entrance entrance, @RequestBody Invite body) {
        return withRole(
                body.role(),
                role -> Answers.of(
                        people.invite(entrance, body.email(), role),
                        invitation -> Answers.json(
                                201,
                                JsonObject.of(
                                        "id", invitation.id().toString(),
                                        "expires", invitation.expires().toString()))));
    }

    @Needs(Permission.MEMBERS_CHANGE)
    @DeleteMapping("/api/v1/workspaces/{workspace}/invitations/{invitation}")
    ResponseEntity<byte[]> revoke(Entrance entrance, @PathVariable UUID invitation) {
        return done(workspaces.revoke(entrance, invitation));
    }

    @PostMapping("/api/v1/account/invitations")
    ResponseEntity<byte[]> accept(Caller.Person caller, @RequestBody Code body) {
        return Answers.of(
                people.accept(caller, body.code()),
                workspace -> Answers.json(200, JsonObject.of("workspace", workspace.toString())));
    }

    private static ResponseEntity<byte[]> withRole(String word, Function<MemberRole, ResponseEntity<byte[]>> work) {
        Optional<MemberRole> role = MemberRole.parse(word);
        return role.isPresent() ? work.apply(role.get()) : Answers.problem(NO_ROLE);
    }

    private static ResponseEntity<byte[]> done(Outcome<Boolean> outcome) {
        return Answers.of(outcome, _ -> Answers.empty());
    }
}
