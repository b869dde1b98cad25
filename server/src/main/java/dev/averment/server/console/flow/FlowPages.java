package dev.averment.server.console.flow;

import dev.averment.evidence.json.JsonNull;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.console.Counter;
import dev.averment.server.console.Done;
import dev.averment.server.console.Form;
import dev.averment.server.console.Sheet;
import dev.averment.server.console.chart.TimeAxis;
import dev.averment.server.edge.EdgeConfiguration.OwnAddresses;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.People;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import dev.averment.server.identity.workspace.WorkspaceMembers.Seen;
import dev.averment.server.incidents.Incident;
import dev.averment.server.incidents.Incidents;
import dev.averment.server.monitoring.Monitor;
import dev.averment.server.monitoring.Monitors;
import dev.averment.server.monitoring.Run;
import dev.averment.server.monitoring.Runs;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What runs in a workspace: all of it at a glance, each workflow, each run. */
@RestController
class FlowPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;
    private static final int RUNS = 200;
    private static final int SHOWN = 50;
    private static final List<Duration> SPANS = List.of(
            Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(28));
    private static final UUID FIRST = new UUID(0, 0);

    private final Counter counter;
    private final WorkspaceMembers workspaces;
    private final People people;
    private final Monitors monitors;
    private final Runs runs;
    private final Incidents incidents;
    private final OwnAddresses own;
    private final InstantSource clock;

    FlowPages(
            Counter counter,
            WorkspaceMembers workspaces,
            People people,
            Monitors monitors,
            Runs runs,
            Incidents incidents,
            OwnAddresses own,
            InstantSource clock) {
        this.counter = counter;
        this.workspaces = workspaces;
        this.people = people;
        this.monitors = monitors;
        this.runs = runs;
        this.incidents = incidents;
        this.own = own;
        this.clock = clock;
    }

    private static String base(Entrance entrance) {
        return "/workspaces/" + entrance.workspace();
    }

    private Seen seen(Entrance entrance) {
        return entrance.caller() instanceof Caller.Person person
                ? workspaces.seen(person, entrance.workspace()).orElseGet(() -> counter.<Seen>nothing())
                : counter.<Seen>nothing();
    }

    private Sheet sheet(HttpServletRequest request) {
        return counter.sheet(request).in("workspaces");
    }

    /** What was asked for, or the page that says why not. */
    private <T> ResponseEntity<byte[]> shown(
            Entrance entrance,
            HttpServletRequest request,
            Outcome<T> outcome,
            Function<T, ResponseEntity<byte[]>> page) {
        return counter.answer(outcome, page, why -> counter.refuse(request, why, sheet(request), base(entrance)));
    }

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/workspaces/{workspace}/overview")
    ResponseEntity<byte[]> overview(Entrance entrance, HttpServletRequest request) {
        Instant now = clock.instant();
        var axis = new TimeAxis(now.minus(Duration.ofDays(1)), now);
        Sheet sheet = sheet(request).titled(Flow.OVERVIEW);
        return shown(
                entrance,
                request,
                all(entrance),
                all -> shown(
                        entrance,
                        request,
                        runs.since(entrance, axis.from()),
                        latest -> shown(
                                entrance,
                                request,
                                incidents.list(entrance, Optional.empty(), Optional.empty()),
                                listed -> {
                                    List<Incident> open = listed.incidents().stream()
                                            .filter(Incident::unresolved)
                                            .toList();
                                    return counter.show(
                                            request,
                                            "overview",
                                            sheet,
                                            Map.of(
                                                    "seen",
                                                    seen(entrance),
                                                    "rows",
                                                    new Board(sheet, entrance.workspace()).rows(all, latest, axis),
                                                    "incidents",
                                                    IncidentLines.of(
                                                            sheet, entrance.workspace(), open, names(entrance)),
                                                    "head",
                                                    head(sheet, all)));
                                })));
    }

    private Outcome<List<Monitors.Seen>> all(Entrance entrance) {
        var all = new ArrayList<Monitors.Seen>();
        UUID after = FIRST;
        while (true) {
            Outcome<List<Monitors.Seen>> page = monitors.page(entrance, after, 200);
            if (!(page instanceof Outcome.Done<List<Monitors.Seen>> done)) {
                return page;
            }
            all.addAll(done.value());
            if (done.value().size() < 200) {
                return Outcome.done(all);
            }
            after = all.getLast().monitor().id();
        }
    }

    private Map<UUID, String> names(Entrance entrance) {
        var names = new HashMap<UUID, String>();
        if (people.members(entrance) instanceof Outcome.Done<List<People.Named>> done) {
            done.value().forEach(m -> names.put(m.member().account(), m.name()));
        }
        return names;
    }

    private static String head(Sheet sheet, List<Monitors.Seen> all) {
        long wrong = all.stream().filter(s -> Tone.wrong(s.state().state())).count();
        if (all.isEmpty()) {
            return "";
        }
        return wrong == 0 ? sheet.say(Flow.ALL_WELL) : sheet.say(Flow.WRONG_COUNT, wrong, all.size());
    }

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/workspaces/{workspace}/monitors/{monitor}")
    ResponseEntity<byte[]> monitor(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        return shown(
                entrance,
                request,
                monitors.one(entrance, monitor),
                found -> shown(
                        entrance,
                        request,
                        runs.of(entrance, monitor, RUNS),
                        past -> page(entrance, request, found, past)));
    }

    private ResponseEntity<byte[]> page(
            Entrance entrance, HttpServletRequest request, Monitors.Seen found, List<Run> past) {
        Instant now = clock.instant();
        var axis = new TimeAxis(now.minus(span(past, now)), now);
        Sheet sheet = sheet(request).titled(Plain.of(found.monitor().name()));
        var board = new Board(sheet, entrance.workspace());
        return counter.show(
                request,
                "monitor",
                sheet,
                Map.of(
                        "seen",
                        seen(entrance),
                        "found",
                        found,
                        "board",
                        board,
                        "lane",
                        board.lane(past, axis),
                        "multiples",
                        board.multiples(found.monitor(), past, axis),
                        "runs",
                        board.table(past.stream().limit(SHOWN).toList()),
                        "ping",
                        found.secrets()
                                ? own.base() + "/ping/" + found.monitor().pingId()
                                : ""));
    }

    /** The shortest of a few spans that holds the runs; the last day when they are too many for any. */
    private static Duration span(List<Run> past, Instant now) {
        if (past.isEmpty() || past.size() >= RUNS) {
            return Duration.ofDays(1);
        }
        Instant oldest = past.getLast().at();
        return SPANS.stream()
                .filter(span -> !oldest.isBefore(now.minus(span)))
                .findFirst()
                .orElse(SPANS.getLast());
    }

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/workspaces/{workspace}/monitors/{monitor}/runs/{run}")
    ResponseEntity<byte[]> run(
            Entrance entrance, @PathVariable UUID monitor, @PathVariable UUID run, HttpServletRequest request) {
        return shown(
                entrance,
                request,
                runs.whole(entrance, monitor, run),
                whole -> run(entrance, request, whole, sheet(request)));
    }

    private ResponseEntity<byte[]> run(Entrance entrance, HttpServletRequest request, Runs.Whole whole, Sheet sheet) {
        var board = new Board(sheet, entrance.workspace());
        sheet.titled(Plain.of(sheet.say(Flow.RUN, sheet.instant(whole.run().at()))))
                .at(board.address(whole.run()));
        return counter.show(
                request,
                "run",
                sheet,
                Map.of(
                        "seen",
                        seen(entrance),
                        "whole",
                        whole,
                        "board",
                        board,
                        "row",
                        board.table(List.of(whole.run())).getFirst(),
                        "actors",
                        new Actors(sheet, names(entrance))));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/runs/{run}/notes", consumes = FORM)
    ResponseEntity<byte[]> note(
            Entrance entrance, @PathVariable UUID monitor, @PathVariable UUID run, HttpServletRequest request) {
        Form form = Form.of(request);
        String text = form.text("note");
        return counter.answer(
                runs.note(entrance, monitor, run, text),
                _ -> counter.go(base(entrance) + "/monitors/" + monitor + "/runs/" + run, Done.NOTED),
                why -> shown(
                        entrance,
                        request,
                        runs.whole(entrance, monitor, run),
                        whole -> run(
                                entrance,
                                request,
                                whole,
                                sheet(request)
                                        .keeping(form, "note")
                                        .wrong("note", sheet(request).say(Flow.NOTE_WRONG)))));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/workspaces/{workspace}/monitors/new")
    ResponseEntity<byte[]> newMonitor(Entrance entrance, HttpServletRequest request) {
        Sheet sheet = sheet(request).titled(Flow.MAKE).with("zone", "UTC").with("grace", "15m");
        return counter.show(request, "monitorform", sheet, about(entrance, ""));
    }

    private Map<String, Object> about(Entrance entrance, String monitor) {
        return Map.of("seen", seen(entrance), "monitor", monitor);
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors", consumes = FORM)
    ResponseEntity<byte[]> make(Entrance entrance, HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = filled(sheet(request).titled(Flow.MAKE).at(base(entrance) + "/monitors/new"), form);
        JsonObject written = written(form, sheet, true);
        if (written == null) {
            return counter.show(request, "monitorform", sheet, about(entrance, ""));
        }
        return counter.answer(
                monitors.create(entrance, written),
                made -> counter.go(
                        base(entrance) + "/monitors/" + made.monitor().id(), Done.WATCHED),
                why -> counter.again(request, why, field(why), "monitorform", sheet, about(entrance, "")));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/workspaces/{workspace}/monitors/{monitor}/settings")
    ResponseEntity<byte[]> settings(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        return shown(entrance, request, monitors.one(entrance, monitor), found -> {
            Monitor m = found.monitor();
            Sheet sheet = sheet(request)
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
        Sheet sheet = filled(sheet(request).titled(Flow.SETTINGS), form);
        JsonObject written = written(form, sheet, false);
        if (written == null) {
            return counter.show(request, "monitorform", sheet, about(entrance, monitor.toString()));
        }
        return counter.answer(
                monitors.change(entrance, monitor, written),
                _ -> counter.go(base(entrance) + "/monitors/" + monitor, Done.SAVED),
                why -> counter.again(
                        request, why, field(why), "monitorform", sheet, about(entrance, monitor.toString())));
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
        return shown(
                entrance,
                request,
                monitors.pause(entrance, monitor),
                _ -> counter.go(base(entrance) + "/monitors/" + monitor, Done.PAUSED));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/resume", consumes = FORM)
    ResponseEntity<byte[]> resume(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        return shown(
                entrance,
                request,
                monitors.resume(entrance, monitor),
                _ -> counter.go(base(entrance) + "/monitors/" + monitor, Done.RESUMED));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/workspaces/{workspace}/monitors/{monitor}/deletion")
    ResponseEntity<byte[]> deletion(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        return shown(
                entrance,
                request,
                monitors.one(entrance, monitor),
                found -> counter.show(
                        request,
                        "confirm",
                        sheet(request).titled(Flow.DELETE),
                        loss(entrance, sheet(request), found.monitor())));
    }

    private Map<String, Object> loss(Entrance entrance, Sheet sheet, Monitor monitor) {
        String address = base(entrance) + "/monitors/" + monitor.id();
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
        return shown(entrance, request, monitors.one(entrance, monitor), found -> {
            if (!form.text("typed").strip().equals(found.monitor().name().strip())) {
                Sheet sheet = sheet(request).titled(Flow.DELETE).keeping(form, "typed");
                sheet.wrong("typed", sheet.say(Flow.TYPED_OTHERWISE));
                return counter.show(request, "confirm", sheet, loss(entrance, sheet, found.monitor()));
            }
            return shown(
                    entrance,
                    request,
                    monitors.delete(entrance, monitor),
                    _ -> counter.go(base(entrance) + "/overview", Done.UNWATCHED));
        });
    }
}
