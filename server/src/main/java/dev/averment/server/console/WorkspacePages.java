package dev.averment.server.console;

import dev.averment.server.identity.People;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import dev.averment.server.identity.workspace.WorkspaceMembers.Seen;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The workspaces that somebody is in: making one, coming into one, and leaving. */
@RestController
class WorkspacePages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;
    private static final String WORKSPACES = "/workspaces";

    private final Counter counter;
    private final People people;
    private final WorkspaceMembers workspaces;

    WorkspacePages(Counter counter, People people, WorkspaceMembers workspaces) {
        this.counter = counter;
        this.people = people;
        this.workspaces = workspaces;
    }

    private Sheet sheet(HttpServletRequest request) {
        return counter.sheet(request).titled(Talk.WORKSPACES).in("workspaces").at(WORKSPACES);
    }

    @GetMapping(WORKSPACES)
    ResponseEntity<byte[]> mine(Caller.Person caller, HttpServletRequest request) {
        return counter.show(request, "workspaces", sheet(request), Map.of("mine", people.workspacesOf(caller)));
    }

    @PostMapping(value = WORKSPACES, consumes = FORM)
    ResponseEntity<byte[]> make(Caller.Person caller, HttpServletRequest request) {
        Form form = Form.of(request);
        return counter.answer(
                people.createWorkspace(caller, form.text("name")),
                id -> counter.go(WORKSPACES + "/" + id, Done.WORKSPACE_MADE),
                why -> counter.again(
                        request,
                        why,
                        why instanceof Refusal.Invalid ? "name" : Sheet.WHOLE,
                        "workspaces",
                        sheet(request).keeping(form, "name"),
                        Map.of("mine", people.workspacesOf(caller))));
    }

    @GetMapping("/settings/workspaces/{workspace}/leave")
    ResponseEntity<byte[]> leavePage(Caller.Person caller, @PathVariable UUID workspace, HttpServletRequest request) {
        Optional<Seen> seen = workspaces.seen(caller, workspace);
        return seen.isEmpty()
                ? counter.missing()
                : counter.show(request, "confirm", leaving(request, workspace), about(request, seen.get()));
    }

    private Sheet leaving(HttpServletRequest request, UUID workspace) {
        return sheet(request).titled(Work.LEAVE_TITLE).at("/settings/workspaces/" + workspace + "/leave");
    }

    private Map<String, Object> about(HttpServletRequest request, Seen seen) {
        Sheet sheet = sheet(request);
        return Confirmation.of(
                List.of(
                        sheet.say(Work.LEAVE_LOSS_1, seen.name()),
                        sheet.say(Work.LEAVE_LOSS_2),
                        sheet.say(Work.LEAVE_LOSS_3)),
                "/settings/workspaces/" + seen.workspace() + "/leave",
                sheet.say(Work.LEAVE_TITLE),
                WORKSPACES);
    }

    @PostMapping(value = "/settings/workspaces/{workspace}/leave", consumes = FORM)
    ResponseEntity<byte[]> leave(Caller.Person caller, @PathVariable UUID workspace, HttpServletRequest request) {
        Optional<Seen> seen = workspaces.seen(caller, workspace);
        if (seen.isEmpty()) {
            return counter.missing();
        }
        return counter.answer(
                workspaces.leave(caller, workspace),
                _ -> counter.go(WORKSPACES, Done.LEFT),
                why -> counter.again(
                        request, why, Sheet.WHOLE, "confirm", leaving(request, workspace), about(request, seen.get())));
    }

    /** Open to everybody: a link from a mailbox brings no cookie along, and the form below it does. */
    @GetMapping("/join")
    ResponseEntity<byte[]> joinPage(HttpServletRequest request) {
        return counter.show(request, "join", sheet(request).titled(Work.JOIN).at("/join"));
    }

    @PostMapping(value = "/join", consumes = FORM)
    ResponseEntity<byte[]> join(Caller.Person caller, HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = sheet(request).titled(Work.JOIN).at("/join").keeping(form, "code");
        return counter.answer(
                people.accept(caller, form.text("code").strip()), id -> counter.go(WORKSPACES, Done.JOINED), why -> {
                    if (why instanceof Refusal.BadToken) {
                        sheet.wrong("code", sheet.say(Work.JOIN_REFUSED));
                    }
                    return counter.again(request, why, SignUpPages.field(why), "join", sheet, Map.of());
                });
    }
}
