package dev.averment.server.console.flow;

import dev.averment.evidence.json.JsonNull;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.console.Counter;
import dev.averment.server.console.Done;
import dev.averment.server.console.Form;
import dev.averment.server.console.Sheet;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.monitoring.Monitors;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** When nobody is told about a workflow: while it is muted, and in its maintenance. */
@RestController
class QuietPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

    /** As browsers send a date and a time, with or without seconds. */
    private static final Pattern MOMENT =
            Pattern.compile("[0-9]{4}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9])?");

    private final Counter counter;
    private final Room room;
    private final Monitors monitors;
    private final InstantSource clock;

    QuietPages(Counter counter, Room room, Monitors monitors, InstantSource clock) {
        this.counter = counter;
        this.room = room;
        this.monitors = monitors;
        this.clock = clock;
    }

    private static String at(Entrance entrance, UUID monitor) {
        return Room.base(entrance) + "/monitors/" + monitor + "/maintenance";
    }

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/workspaces/{workspace}/monitors/{monitor}/maintenance")
    ResponseEntity<byte[]> page(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        return page(entrance, monitor, request, room.sheet(request));
    }

    private ResponseEntity<byte[]> page(Entrance entrance, UUID monitor, HttpServletRequest request, Sheet sheet) {
        sheet.titled(Flow.QUIET).at(at(entrance, monitor));
        return room.shown(
                entrance,
                request,
                monitors.one(entrance, monitor),
                found -> room.shown(entrance, request, monitors.maintenance(entrance, monitor), windows -> {
                    Instant muted = found.monitor().mutedUntil();
                    var about = new HashMap<String, Object>();
                    about.put("seen", room.seen(entrance));
                    about.put("monitor", found.monitor());
                    about.put("windows", windows);
                    about.put("muted", muted != null && clock.instant().isBefore(muted) ? sheet.instant(muted) : "");
                    return counter.show(request, "quiet", sheet, about);
                }));
    }

    private ResponseEntity<byte[]> refused(
            Entrance entrance, UUID monitor, HttpServletRequest request, Refusal why, Form form) {
        return why instanceof Refusal.Invalid || why instanceof Refusal.Conflict
                ? page(
                        entrance,
                        monitor,
                        request,
                        room.sheet(request)
                                .keeping(form, "from", "to", "reason", "for")
                                .wrong(
                                        why instanceof Refusal.Invalid ? "from" : Sheet.WHOLE,
                                        why instanceof Refusal.Invalid invalid
                                                ? invalid.message()
                                                : ((Refusal.Conflict) why).message()))
                : counter.refuse(request, why, room.sheet(request), at(entrance, monitor));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/mute", consumes = FORM)
    ResponseEntity<byte[]> mute(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        Form form = Form.of(request);
        boolean off = form.text("do").equals("unmute");
        Duration span = Figures.span(form.text("for"));
        if (!off && (span == null || span.isZero() || span.toDays() > 365)) {
            Sheet sheet = room.sheet(request).keeping(form, "for");
            return page(entrance, monitor, request, sheet.wrong("for", sheet.say(Flow.SPAN_WRONG)));
        }
        JsonObject changes = off
                ? JsonObject.of("mutedUntil", JsonNull.NULL)
                : JsonObject.of(
                        "mutedUntil",
                        clock.instant()
                                .plus(java.util.Objects.requireNonNull(span))
                                .toString());
        return counter.answer(
                monitors.change(entrance, monitor, changes),
                _ -> counter.go(at(entrance, monitor), off ? Done.UNMUTED : Done.MUTED),
                why -> refused(entrance, monitor, request, why, form));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/maintenance", consumes = FORM)
    ResponseEntity<byte[]> plan(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = room.sheet(request).keeping(form, "from", "to", "reason");
        String from = moment(sheet, form, "from");
        String to = moment(sheet, form, "to");
        return sheet.faultless()
                ? counter.answer(
                        monitors.maintain(entrance, monitor, from, to, form.text("reason")),
                        _ -> counter.go(at(entrance, monitor), Done.MAINTENANCE_PLANNED),
                        why -> refused(entrance, monitor, request, why, form))
                : page(entrance, monitor, request, sheet);
    }

    private static String moment(Sheet sheet, Form form, String field) {
        String typed = form.text(field).strip();
        if (!MOMENT.matcher(typed).matches()) {
            sheet.wrong(field, sheet.say(Flow.TIME_WRONG));
        }
        return typed.replace(' ', 'T') + (typed.length() > 16 ? "Z" : ":00Z");
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(
            value = "/workspaces/{workspace}/monitors/{monitor}/maintenance/{maintenance}/removal",
            consumes = FORM)
    ResponseEntity<byte[]> drop(
            Entrance entrance, @PathVariable UUID monitor, @PathVariable UUID maintenance, HttpServletRequest request) {
        return room.shown(
                entrance,
                request,
                monitors.unmaintain(entrance, monitor, maintenance),
                _ -> counter.go(at(entrance, monitor), Done.MAINTENANCE_DROPPED));
    }
}
