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
import dev.averment.server.monitoring.Monitor;
import dev.averment.server.monitoring.Monitors;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    FlowForms(Counter counter, Room room, Monitors monitors) {
        this.counter = counter;
        this.room = room;
        this.monitors = monitors;
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/workspaces/{workspace}/monitors/new")
    ResponseEntity<byte[]> newMonitor(Entrance entrance, HttpServletRequest request) {
        Sheet sheet = room.sheet(request).titled(Flow.MAKE).with("zone", "UTC").with("grace", "15m");
        return counter.show(request, "monitorform", sheet, about(entrance, ""));
    }

    private Map<String, Object> about(Entrance entrance, String monitor) {
        return Map.of("seen", room.seen(entrance), "monitor", monitor);
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors", consumes = FORM)
    ResponseEntity<byte[]> make(Entrance entrance, HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = filled(room.sheet(request).titled(Flow.MAKE).at(Room.base(entrance) + "/monitors/new"), form);
        JsonObject written = written(form, sheet, true);
        if (written == null) {
            return counter.show(request, "monitorform", sheet, about(entrance, ""));
        }
        return counter.answer(
                monitors.create(entrance, written),
                made -> counter.go(
                        Room.base(entrance) + "/monitors/" + made.monitor().id(), Done.WATCHED),
                why -> counter.again(request, why, field(why), "monitorform", sheet, about(entrance, "")));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/workspaces/{workspace}/monitors/{monitor}/settings")
    ResponseEntity<byte[]> settings(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        return room.shown(entrance, request, monitors.one(entrance, monitor), found -> {
            Monitor m = found.monitor();
            Sheet sheet = room.sheet(request)
                    .titled(Plain.of(m.name()))
                    .with("name", m.name())
                    .with(
                            "schedule",
                            m.plan().expression() == null
                                    ? Figures.written(
                                            Objects.requireNonNull(m.plan().every()))
                                    : m.plan().expression())
                    .with("zone", m.plan().zone())
                    .with("grace", Figures.written(m.grace()))
                    .with("most", m.maxRun() == null ? "" : Figures.written(m.maxRun()))
                    .with("least", m.minRun() == null ? "" : Figures.written(m.minRun()))
                    .with("failures", Integer.toString(m.failuresAllowed() + 1))
                    .with("tags", String.join(" ", m.tags()));
            return counter.show(request, "monitorform", sheet, about(entrance, monitor.toString()));
        });
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/settings", consumes = FORM)
    ResponseEntity<byte[]> change(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        Form form = Form.of(request);
        return room.shown(entrance, request, monitors.one(entrance, monitor), found -> {
            Sheet sheet =
                    filled(room.sheet(request).titled(Plain.of(found.monitor().name())), form);
            JsonObject written = written(form, sheet, false);
            if (written == null) {
                return counter.show(request, "monitorform", sheet, about(entrance, monitor.toString()));
            }
            return counter.answer(
                    monitors.change(entrance, monitor, written),
                    _ -> counter.go(Room.base(entrance) + "/monitors/" + monitor, Done.SAVED),
                    why -> counter.again(
                            request, why, field(why), "monitorform", sheet, about(entrance, monitor.toString())));
        });
    }

    private static Sheet filled(Sheet sheet, Form form) {
        return sheet.keeping(form, "name", "schedule", "zone", "grace", "most", "least", "failures", "tags");
    }

    /** A monitor is refused in one sentence, mostly about its schedule. */
    private static String field(Refusal why) {
        return why instanceof Refusal.Invalid ? "schedule" : Sheet.WHOLE;
    }

    /**
     * The form as the interface takes it; null, with what is wrong on the sheet, when a time span can't be read. What is
     * left empty is taken away from a monitor that is there.
     */
    private static @Nullable JsonObject written(Form form, Sheet sheet, boolean anew) {
        String schedule = form.text("schedule").strip();
        Duration every = Figures.span(schedule);
        JsonObject written = JsonObject.of("name", form.text("name").strip());
        written = every == null
                ? written.with("schedule", schedule)
                        .with("timeZone", form.text("zone").strip())
                : written.with("everySeconds", every.toSeconds());
        for (var span : Map.of("grace", "graceSeconds", "most", "maxRunSeconds", "least", "minRunSeconds")
                .entrySet()) {
            String text = form.text(span.getKey()).strip();
            Duration read = Figures.span(text);
            if (read != null) {
                written = written.with(span.getValue(), read.toSeconds());
            } else if (text.isEmpty() && !span.getKey().equals("grace")) {
                written = anew ? written : written.with(span.getValue(), JsonNull.NULL);
            } else {
                sheet.wrong(span.getKey(), sheet.say(Flow.SPAN_WRONG));
            }
        }
        String failures = form.text("failures").strip();
        if (failures.matches("[1-9][0-9]{0,2}")) {
            written = written.with("failuresAllowed", Long.parseLong(failures) - 1);
        } else if (!failures.isEmpty()) {
            sheet.wrong("failures", sheet.say(Flow.COUNT_WRONG));
        }
        written = written.with(
                "tags",
                Arrays.stream(form.text("tags").strip().split("[\\s,]+"))
                        .filter(t -> !t.isEmpty())
                        .toList());
        return sheet.faultless() ? written : null;
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
        return Map.of(
                "losses",
                List.of(
                        sheet.say(Flow.DELETE_LOSS_1, monitor.name()),
                        sheet.say(Flow.DELETE_LOSS_2),
                        sheet.say(Flow.DELETE_LOSS_3)),
                "action",
                address + "/deletion",
                "button",
                sheet.say(Flow.DELETE),
                "back",
                address,
                "typing",
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
