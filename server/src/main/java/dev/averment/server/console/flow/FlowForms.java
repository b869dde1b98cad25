package dev.averment.server.console.flow;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.console.Confirmation;
import dev.averment.server.console.Counter;
import dev.averment.server.console.Done;
import dev.averment.server.console.Form;
import dev.averment.server.console.Sheet;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.monitoring.Monitor;
import dev.averment.server.monitoring.Monitors;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Comparator;
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

/** Workflows are made, changed, paused and deleted here. */
@RestController
class FlowForms {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

    private final Counter counter;
    private final Room room;
    private final Monitors monitors;
    private final InstantSource clock;

    FlowForms(Counter counter, Room room, Monitors monitors, InstantSource clock) {
        this.counter = counter;
        this.room = room;
        this.monitors = monitors;
        this.clock = clock;
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/workspaces/{workspace}/monitors/new")
    ResponseEntity<byte[]> newMonitor(Entrance entrance, HttpServletRequest request) {
        Sheet sheet = room.sheet(request).titled(Flow.MAKE).with("zone", "UTC").with("grace", "15m");
        return form(entrance, request, sheet, Optional.empty(), List.of());
    }

    private ResponseEntity<byte[]> form(
            Entrance entrance, HttpServletRequest request, Sheet sheet, Optional<UUID> monitor, List<String> ahead) {
        return room.shown(
                entrance,
                request,
                monitors.all(entrance),
                all -> counter.show(request, "monitorform", sheet, about(entrance, all, monitor, ahead)));
    }

    /** The form again, for what the interface refused. */
    private ResponseEntity<byte[]> again(
            Entrance entrance, HttpServletRequest request, Refusal why, Sheet sheet, Optional<UUID> monitor) {
        return room.shown(
                entrance,
                request,
                monitors.all(entrance),
                all -> counter.again(
                        request, why, field(why), "monitorform", sheet, about(entrance, all, monitor, List.of())));
    }

    private Map<String, Object> about(
            Entrance entrance, List<Monitors.Seen> all, Optional<UUID> monitor, List<String> ahead) {
        return Map.of(
                "seen",
                room.seen(entrance),
                "monitor",
                monitor.map(UUID::toString).orElse(""),
                "others",
                all.stream()
                        .map(Monitors.Seen::monitor)
                        .filter(m -> monitor.filter(m.id()::equals).isEmpty())
                        .sorted(Comparator.comparing(Monitor::name, String.CASE_INSENSITIVE_ORDER))
                        .toList(),
                "ahead",
                ahead);
    }

    private ResponseEntity<byte[]> preview(
            Entrance entrance, HttpServletRequest request, Form form, Sheet sheet, Optional<UUID> monitor) {
        return form(
                entrance, request, sheet, monitor, MonitorSheet.ahead(sheet, MonitorSheet.plan(form), clock.instant()));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors", consumes = FORM)
    ResponseEntity<byte[]> make(Entrance entrance, HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = MonitorSheet.keeping(
                room.sheet(request).titled(Flow.MAKE).at(Room.base(entrance) + "/monitors/new"), form);
        if (form.text("do").equals("preview")) {
            return preview(entrance, request, form, sheet, Optional.empty());
        }
        JsonObject written = MonitorSheet.written(form, sheet, true);
        if (written == null) {
            return form(entrance, request, sheet, Optional.empty(), List.of());
        }
        return counter.answer(
                monitors.create(entrance, written),
                made -> counter.go(
                        Room.base(entrance) + "/monitors/" + made.monitor().id(), Done.WATCHED),
                why -> again(entrance, request, why, sheet, Optional.empty()));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/workspaces/{workspace}/monitors/{monitor}/settings")
    ResponseEntity<byte[]> settings(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        return room.shown(entrance, request, monitors.one(entrance, monitor), found -> {
            Sheet sheet = MonitorSheet.of(room.sheet(request), found);
            return form(
                    entrance,
                    request,
                    sheet,
                    Optional.of(monitor),
                    MonitorSheet.ahead(sheet, found.monitor().plan(), clock.instant()));
        });
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/settings", consumes = FORM)
    ResponseEntity<byte[]> change(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        Form form = Form.of(request);
        return room.shown(entrance, request, monitors.one(entrance, monitor), found -> {
            Sheet sheet = MonitorSheet.keeping(
                    room.sheet(request).titled(Plain.of(found.monitor().name())), form);
            if (form.text("do").equals("preview")) {
                return preview(entrance, request, form, sheet, Optional.of(monitor));
            }
            JsonObject written = MonitorSheet.written(form, sheet, false);
            if (written == null) {
                return form(entrance, request, sheet, Optional.of(monitor), List.of());
            }
            return counter.answer(
                    monitors.change(entrance, monitor, written),
                    _ -> counter.go(Room.base(entrance) + "/monitors/" + monitor, Done.SAVED),
                    why -> again(entrance, request, why, sheet, Optional.of(monitor)));
        });
    }

    /** A monitor is refused in one sentence, mostly about its schedule. */
    private static String field(Refusal why) {
        return why instanceof Refusal.Invalid ? "schedule" : Sheet.WHOLE;
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/pause", consumes = FORM)
    ResponseEntity<byte[]> pause(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        return room.shown(
                entrance,
                request,
                monitors.pause(entrance, monitor),
                _ -> counter.go(Room.base(entrance) + "/monitors/" + monitor, Done.PAUSED));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/resume", consumes = FORM)
    ResponseEntity<byte[]> resume(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        return room.shown(
                entrance,
                request,
                monitors.resume(entrance, monitor),
                _ -> counter.go(Room.base(entrance) + "/monitors/" + monitor, Done.RESUMED));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/workspaces/{workspace}/monitors/{monitor}/deletion")
    ResponseEntity<byte[]> deletion(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        return room.shown(
                entrance,
                request,
                monitors.one(entrance, monitor),
                found -> counter.show(
                        request,
                        "confirm",
                        room.sheet(request).titled(Flow.DELETE),
                        loss(entrance, room.sheet(request), found.monitor())));
    }

    private Map<String, Object> loss(Entrance entrance, Sheet sheet, Monitor monitor) {
        String address = Room.base(entrance) + "/monitors/" + monitor.id();
        return Confirmation.typed(
                List.of(
                        sheet.say(Flow.DELETE_LOSS_1, monitor.name()),
                        sheet.say(Flow.DELETE_LOSS_2),
                        sheet.say(Flow.DELETE_LOSS_3)),
                address + "/deletion",
                sheet.say(Flow.DELETE),
                address,
                sheet.say(Flow.TYPE_NAME, monitor.name()));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/deletion", consumes = FORM)
    ResponseEntity<byte[]> delete(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        Form form = Form.of(request);
        return room.shown(entrance, request, monitors.one(entrance, monitor), found -> {
            if (!form.text("typed").strip().equals(found.monitor().name().strip())) {
                Sheet sheet = room.sheet(request).titled(Flow.DELETE).keeping(form, "typed");
                sheet.wrong("typed", sheet.say(Flow.TYPED_OTHERWISE));
                return counter.show(request, "confirm", sheet, loss(entrance, sheet, found.monitor()));
            }
            return room.shown(
                    entrance,
                    request,
                    monitors.delete(entrance, monitor),
                    _ -> counter.go(Room.base(entrance) + "/overview", Done.UNWATCHED));
        });
    }
}
