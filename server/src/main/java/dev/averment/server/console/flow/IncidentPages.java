package dev.averment.server.console.flow;

import dev.averment.server.console.Counter;
import dev.averment.server.console.Done;
import dev.averment.server.console.Form;
import dev.averment.server.console.Sheet;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.incidents.Incident;
import dev.averment.server.incidents.Incidents;
import dev.averment.server.incidents.Severity;
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

/** What broke in a workspace, and what is done about it. */
@RestController
class IncidentPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;
    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST = 4000;

    private final Counter counter;
    private final Room room;
    private final Incidents incidents;

    IncidentPages(Counter counter, Room room, Incidents incidents) {
        this.counter = counter;
        this.room = room;
        this.incidents = incidents;
    }

    private static String base(Entrance entrance) {
        return Room.base(entrance) + "/incidents";
    }

    private Sheet sheet(HttpServletRequest request) {
        return room.sheet(request).titled(Flow.INCIDENTS);
    }

    @Needs(Permission.INCIDENTS_READ)
    @GetMapping("/workspaces/{workspace}/incidents")
    ResponseEntity<byte[]> list(Entrance entrance, HttpServletRequest request) {
        return list(entrance, request, sheet(request));
    }

    private ResponseEntity<byte[]> list(Entrance entrance, HttpServletRequest request, Sheet sheet) {
        return counter.answer(
                incidents.list(entrance, Optional.empty(), Optional.empty()),
                all -> counter.answer(
                        incidents.list(entrance, Optional.of(Incident.State.CLOSED), Optional.empty()),
                        closed -> {
                            Map<UUID, String> names = room.names(entrance);
                            List<Incident> open = all.incidents().stream()
                                    .filter(i -> i.state() != Incident.State.CLOSED)
                                    .toList();
                            return counter.show(
                                    request,
                                    "incidents",
                                    sheet,
                                    Map.of(
                                            "seen",
                                            room.seen(entrance),
                                            "open",
                                            IncidentLines.of(sheet, entrance.workspace(), open, names),
                                            "closed",
                                            IncidentLines.of(sheet, entrance.workspace(), closed.incidents(), names)));
                        },
                        why -> counter.refuse(request, why, sheet, base(entrance))),
                why -> counter.refuse(request, why, sheet, base(entrance)));
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/incidents", consumes = FORM)
    ResponseEntity<byte[]> open(Entrance entrance, HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = sheet(request).keeping(form, "title", "said", "severity");
        Optional<Severity> severity = Severity.parse(form.text("severity"));
        if (unfit(form.text("title"), LONGEST_TITLE)) {
            sheet.wrong("title", sheet.say(Trouble.TEXT_WRONG, LONGEST_TITLE));
        }
        if (unfit(form.text("said"), LONGEST)) {
            sheet.wrong("said", sheet.say(Trouble.TEXT_WRONG, LONGEST));
        }
        if (severity.isEmpty() || !sheet.faultless()) {
            return list(entrance, request, sheet);
        }
        return counter.answer(
                incidents.open(entrance, form.text("title"), severity.get(), Optional.empty(), form.text("said")),
                id -> counter.go(base(entrance) + "/" + id, Done.INCIDENT_OPENED),
                why -> counter.refuse(request, why, sheet, base(entrance)));
    }

    private static boolean unfit(String text, int longest) {
        return text.isBlank() || text.length() > longest || text.indexOf('\0') >= 0;
    }

    @Needs(Permission.INCIDENTS_READ)
    @GetMapping("/workspaces/{workspace}/incidents/{incident}")
    ResponseEntity<byte[]> one(Entrance entrance, @PathVariable UUID incident, HttpServletRequest request) {
        return page(entrance, incident, request, sheet(request));
    }

    private ResponseEntity<byte[]> page(Entrance entrance, UUID incident, HttpServletRequest request, Sheet sheet) {
        return counter.answer(
                incidents.story(entrance, incident),
                story -> {
                    Map<UUID, String> names = room.names(entrance);
                    sheet.titled(Plain.of(story.incident().title())).at(base(entrance) + "/" + incident);
                    return counter.show(
                            request,
                            "incident",
                            sheet,
                            Map.of(
                                    "seen",
                                    room.seen(entrance),
                                    "story",
                                    story,
                                    "owner",
                                    story.incident()
                                            .owner()
                                            .map(names::get)
                                            .orElseGet(() -> sheet.say(Trouble.NO_OWNER)),
                                    "me",
                                    entrance.caller().account(),
                                    "actors",
                                    new Actors(sheet, names)));
                },
                why -> counter.refuse(request, why, sheet, base(entrance)));
    }

    /** Something done to an incident, and its page again. */
    private ResponseEntity<byte[]> done(
            Entrance entrance, UUID incident, HttpServletRequest request, Outcome<Boolean> outcome, Done done) {
        return counter.answer(
                outcome,
                _ -> counter.go(base(entrance) + "/" + incident, done),
                why -> why instanceof Refusal.NotFound
                        ? counter.missing()
                        : counter.refuse(request, why, sheet(request), base(entrance) + "/" + incident));
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/incidents/{incident}/acknowledgement", consumes = FORM)
    ResponseEntity<byte[]> acknowledge(Entrance entrance, @PathVariable UUID incident, HttpServletRequest request) {
        return done(entrance, incident, request, incidents.acknowledge(entrance, incident), Done.ACKNOWLEDGED);
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/incidents/{incident}/owner", consumes = FORM)
    ResponseEntity<byte[]> take(Entrance entrance, @PathVariable UUID incident, HttpServletRequest request) {
        return done(
                entrance,
                incident,
                request,
                incidents.assign(entrance, incident, entrance.caller().account()),
                Done.TAKEN_OVER);
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/incidents/{incident}/updates", consumes = FORM)
    ResponseEntity<byte[]> update(Entrance entrance, @PathVariable UUID incident, HttpServletRequest request) {
        Form form = Form.of(request);
        String text = form.text("said");
        if (unfit(text, LONGEST)) {
            Sheet sheet = sheet(request).keeping(form, "said");
            return page(entrance, incident, request, sheet.wrong("said", sheet.say(Trouble.TEXT_WRONG, LONGEST)));
        }
        return switch (form.text("do")) {
            case "update" ->
                done(entrance, incident, request, incidents.update(entrance, incident, text), Done.UPDATED);
            case "resolve" ->
                done(entrance, incident, request, incidents.resolve(entrance, incident, text), Done.RESOLVED);
            case "reopen" ->
                done(entrance, incident, request, incidents.reopen(entrance, incident, text), Done.REOPENED);
            default -> counter.missing();
        };
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/incidents/{incident}/review", consumes = FORM)
    ResponseEntity<byte[]> review(Entrance entrance, @PathVariable UUID incident, HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = sheet(request).keeping(form, "happened", "cause", "actions");
        for (String part : List.of("happened", "cause", "actions")) {
            if (unfit(form.text(part), 2 * LONGEST)) {
                sheet.wrong(part, sheet.say(Trouble.TEXT_WRONG, 2 * LONGEST));
            }
        }
        return sheet.faultless()
                ? done(
                        entrance,
                        incident,
                        request,
                        incidents.review(
                                entrance, incident, form.text("happened"), form.text("cause"), form.text("actions")),
                        Done.REVIEWED)
                : page(entrance, incident, request, sheet);
    }

    @Needs(Permission.INCIDENTS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/incidents/{incident}/closing", consumes = FORM)
    ResponseEntity<byte[]> close(Entrance entrance, @PathVariable UUID incident, HttpServletRequest request) {
        return done(entrance, incident, request, incidents.close(entrance, incident), Done.CLOSED);
    }
}
