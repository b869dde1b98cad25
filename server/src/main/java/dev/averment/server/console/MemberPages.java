package dev.averment.server.console;

import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.People;
import dev.averment.server.identity.People.Named;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Invitation;
import dev.averment.server.identity.workspace.MemberRole;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import dev.averment.server.identity.workspace.WorkspaceMembers.Seen;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A workspace and who is in it. To whoever is no member it does not exist. */
@RestController
class MemberPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

    private final Counter counter;
    private final People people;
    private final WorkspaceMembers workspaces;

    MemberPages(Counter counter, People people, WorkspaceMembers workspaces) {
        this.counter = counter;
        this.people = people;
        this.workspaces = workspaces;
    }

    private static String base(Entrance entrance) {
        return "/workspaces/" + entrance.workspace();
    }

    private Sheet sheet(HttpServletRequest request, Entrance entrance) {
        return counter.sheet(request).titled(Work.MEMBERS).in("workspaces").at(base(entrance));
    }

    /** What the caller sees of the workspace; the door to the page has been passed by then. */
    private Seen seen(Entrance entrance) {
        return entrance.caller() instanceof Caller.Person person
                ? workspaces.seen(person, entrance.workspace()).orElseGet(() -> counter.<Seen>nothing())
                : counter.<Seen>nothing();
    }

    /** The page, with what is wrong about what was asked for, if anything. */
    private ResponseEntity<byte[]> members(
            HttpServletRequest request, Entrance entrance, Sheet sheet, @Nullable Refusal why, String field) {
        Outcome<List<Named>> members =
                people.members(new Entrance(entrance.caller(), entrance.workspace(), Permission.MEMBERS_READ));
        return counter.answer(
                members,
                all -> {
                    Seen seen = seen(entrance);
                    Map<String, Object> about = Map.of(
                            "seen", seen,
                            "me", entrance.caller().account(),
                            "members", all,
                            "invitations", invitations(entrance, seen),
                            "roles",
                                    Arrays.stream(MemberRole.values())
                                            .filter(seen.role()::governs)
                                            .toList());
                    return why == null
                            ? counter.show(request, "members", sheet, about)
                            : counter.again(request, why, field, "members", sheet, about);
                },
                not -> counter.refuse(request, not, sheet, "/workspaces"));
    }

    private List<Invitation> invitations(Entrance entrance, Seen seen) {
        if (!seen.role().may(Permission.MEMBERS_CHANGE)) {
            return List.of();
        }
        var changing = new Entrance(entrance.caller(), entrance.workspace(), Permission.MEMBERS_CHANGE);
        return workspaces.invitations(changing) instanceof Outcome.Done<List<Invitation>> done
                ? done.value()
                : List.of();
    }

    @Needs(Permission.MEMBERS_READ)
    @GetMapping("/workspaces/{workspace}")
    ResponseEntity<byte[]> page(Entrance entrance, HttpServletRequest request) {
        return members(request, entrance, sheet(request, entrance), null, Sheet.WHOLE);
    }

    private ResponseEntity<byte[]> done(
            Outcome<?> outcome, Done done, HttpServletRequest request, Entrance entrance, Sheet sheet, String field) {
        return counter.answer(
                outcome,
                _ -> counter.go(base(entrance), done),
                why -> why instanceof Refusal.ProofNeeded
                        ? counter.prove(sheet.path())
                        : members(request, entrance, sheet, why, why instanceof Refusal.Invalid ? field : Sheet.WHOLE));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/name", consumes = FORM)
    ResponseEntity<byte[]> rename(Entrance entrance, HttpServletRequest request) {
        Form form = Form.of(request);
        return done(
                people.renameWorkspace(entrance, form.text("name")),
                Done.WORKSPACE_RENAMED,
                request,
                entrance,
                sheet(request, entrance).keeping(form, "name"),
                "name");
    }

    @Needs(Permission.MEMBERS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/invitations", consumes = FORM)
    ResponseEntity<byte[]> invite(Entrance entrance, HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = sheet(request, entrance).keeping(form, "email", "role");
        Optional<MemberRole> role = MemberRole.parse(form.text("role"));
        Outcome<Invitation> outcome = role.isPresent()
                ? people.invite(entrance, form.text("email"), role.get())
                : Outcome.refused(new Refusal.Invalid("bad-role", ""));
        return done(outcome, Done.INVITED, request, entrance, sheet, role.isPresent() ? "email" : "role");
    }

    @Needs(Permission.MEMBERS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/invitations/{invitation}/revocation", consumes = FORM)
    ResponseEntity<byte[]> revoke(Entrance entrance, @PathVariable UUID invitation, HttpServletRequest request) {
        return done(
                workspaces.revoke(entrance, invitation),
                Done.INVITATION_ENDED,
                request,
                entrance,
                sheet(request, entrance),
                Sheet.WHOLE);
    }

    @Needs(Permission.MEMBERS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/members/{account}/role", consumes = FORM)
    ResponseEntity<byte[]> change(Entrance entrance, @PathVariable UUID account, HttpServletRequest request) {
        Outcome<Boolean> outcome = MemberRole.parse(Form.of(request).text("role"))
                .map(role -> workspaces.change(entrance, account, role))
                .orElseGet(() -> Outcome.refused(new Refusal.Invalid("bad-role", "")));
        return done(outcome, Done.ROLE_CHANGED, request, entrance, sheet(request, entrance), Sheet.WHOLE);
    }

    private ResponseEntity<byte[]> about(
            Entrance entrance,
            UUID account,
            HttpServletRequest request,
            BiFunction<Seen, Named, ResponseEntity<byte[]>> show) {
        return counter.answer(
                people.members(entrance),
                all -> all.stream()
                        .filter(m -> m.member().account().equals(account))
                        .findFirst()
                        .map(m -> show.apply(seen(entrance), m))
                        .orElseGet(counter::missing),
                why -> counter.refuse(request, why, sheet(request, entrance), "/workspaces"));
    }

    @Needs(Permission.MEMBERS_CHANGE)
    @GetMapping("/workspaces/{workspace}/members/{account}/removal")
    ResponseEntity<byte[]> removalPage(Entrance entrance, @PathVariable UUID account, HttpServletRequest request) {
        String path = base(entrance) + "/members/" + account + "/removal";
        Sheet sheet = sheet(request, entrance).titled(Work.REMOVE_TITLE).at(path);
        return about(
                entrance,
                account,
                request,
                (seen, member) -> counter.show(
                        request,
                        "confirm",
                        sheet,
                        Confirmation.of(
                                List.of(
                                        sheet.say(Work.REMOVE_LOSS_1, member.name(), seen.name()),
                                        sheet.say(Work.REMOVE_LOSS_2)),
                                path,
                                sheet.say(Work.REMOVE_TITLE),
                                base(entrance))));
    }

    @Needs(Permission.MEMBERS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/members/{account}/removal", consumes = FORM)
    ResponseEntity<byte[]> remove(Entrance entrance, @PathVariable UUID account, HttpServletRequest request) {
        return done(
                workspaces.remove(entrance, account),
                Done.MEMBER_REMOVED,
                request,
                entrance,
                sheet(request, entrance),
                Sheet.WHOLE);
    }

    private Map<String, Object> handingOver(Entrance entrance, UUID account, Sheet sheet, Seen seen, Named member) {
        return Confirmation.typed(
                List.of(sheet.say(Work.HAND_OVER_LOSS_1, member.name(), seen.name()), sheet.say(Work.HAND_OVER_LOSS_2)),
                base(entrance) + "/members/" + account + "/transfer",
                sheet.say(Work.HAND_OVER_TITLE),
                base(entrance),
                sheet.say(Work.TYPE_NAME, seen.name()));
    }

    private static boolean fresh(Entrance entrance) {
        return entrance.caller() instanceof Caller.Person person && person.fresh();
    }

    private Sheet handing(HttpServletRequest request, Entrance entrance, UUID account) {
        return sheet(request, entrance)
                .titled(Work.HAND_OVER_TITLE)
                .at(base(entrance) + "/members/" + account + "/transfer");
    }

    @Needs(Permission.MEMBERS_CHANGE)
    @GetMapping("/workspaces/{workspace}/members/{account}/transfer")
    ResponseEntity<byte[]> transferPage(Entrance entrance, @PathVariable UUID account, HttpServletRequest request) {
        Sheet sheet = handing(request, entrance, account);
        return about(
                entrance,
                account,
                request,
                (seen, member) -> fresh(entrance)
                        ? counter.show(request, "confirm", sheet, handingOver(entrance, account, sheet, seen, member))
                        : counter.prove(sheet.path()));
    }

    @Needs(Permission.MEMBERS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/members/{account}/transfer", consumes = FORM)
    ResponseEntity<byte[]> transfer(Entrance entrance, @PathVariable UUID account, HttpServletRequest request) {
        Form form = Form.of(request);
        return about(entrance, account, request, (seen, member) -> {
            if (form.text("typed").strip().equals(seen.name())) {
                return done(
                        workspaces.transfer(entrance, account),
                        Done.TRANSFERRED,
                        request,
                        entrance,
                        handing(request, entrance, account),
                        Sheet.WHOLE);
            }
            Sheet sheet = handing(request, entrance, account).keeping(form, "typed");
            sheet.wrong("typed", sheet.say(Own.TYPED_OTHERWISE));
            return counter.again(
                    request,
                    new Refusal.Invalid("typed-otherwise", ""),
                    "typed",
                    "confirm",
                    sheet,
                    handingOver(entrance, account, sheet, seen, member));
        });
    }
}
