package dev.averment.server.console.flow;

import dev.averment.server.console.Counter;
import dev.averment.server.console.Done;
import dev.averment.server.console.Form;
import dev.averment.server.console.Sheet;
import dev.averment.server.console.chart.TimeAxis;
import dev.averment.server.drill.Demos;
import dev.averment.server.edge.EdgeConfiguration.OwnAddresses;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.incidents.Incident;
import dev.averment.server.incidents.Incidents;
import dev.averment.server.monitoring.Monitors;
import dev.averment.server.monitoring.Run;
import dev.averment.server.monitoring.Runs;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

/** What runs in a workspace: all of it at a glance, each workflow, each run. */
@RestController
class FlowPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;
    private static final int RUNS = 200;
    private static final int SHOWN = 50;
    private static final List<Duration> SPANS = List.of(
            Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(28));

    private final Counter counter;
    private final Room room;
    private final Monitors monitors;
    private final Runs runs;
    private final Incidents incidents;
    private final Demos demos;
    private final OwnAddresses own;
    private final InstantSource clock;

    FlowPages(
            Counter counter,
            Room room,
            Monitors monitors,
            Runs runs,
            Incidents incidents,
            Demos demos,
            OwnAddresses own,
            InstantSource clock) {
        this.counter = counter;
        this.room = room;
        this.monitors = monitors;
        this.runs = runs;
        this.incidents = incidents;
        this.demos = demos;
        this.own = own;
        this.clock = clock;
    }

    @Needs(Permission.MONITORS_READ)
    @GetMapping("/workspaces/{workspace}/overview")
    ResponseEntity<byte[]> overview(Entrance entrance, HttpServletRequest request) {
        Instant now = clock.instant();
        var axis = new TimeAxis(now.minus(Duration.ofDays(1)), now);
        Sheet sheet = room.sheet(request).titled(Flow.OVERVIEW);
        return room.shown(
                entrance,
                request,
                monitors.all(entrance),
                all -> room.shown(
                        entrance,
                        request,
                        runs.since(entrance, axis.from()),
                        latest -> room.shown(
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
                                                    room.seen(entrance),
                                                    "rows",
                                                    new Board(sheet, entrance.workspace()).rows(all, latest, axis),
                                                    "incidents",
                                                    IncidentLines.of(
                                                            sheet, entrance.workspace(), open, room.names(entrance)),
                                                    "head",
                                                    head(sheet, all),
                                                    "demo",
                                                    demos.find(entrance) instanceof Outcome.Done<Demos.Found>));
                                })));
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
        return room.shown(
                entrance,
                request,
                monitors.one(entrance, monitor),
                found -> room.shown(
                        entrance,
                        request,
                        runs.of(entrance, monitor, RUNS),
                        past -> page(entrance, request, found, past)));
    }

    private ResponseEntity<byte[]> page(
            Entrance entrance, HttpServletRequest request, Monitors.Seen found, List<Run> past) {
        Instant now = clock.instant();
        var axis = new TimeAxis(now.minus(span(past, now)), now);
        Sheet sheet = room.sheet(request).titled(Plain.of(found.monitor().name()));
        var board = new Board(sheet, entrance.workspace());
        Instant muted = found.monitor().mutedUntil();
        return counter.show(
                request,
                "monitor",
                sheet,
                Map.of(
                        "seen",
                        room.seen(entrance),
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
                                : "",
                        "muted",
                        muted != null && now.isBefore(muted) ? sheet.instant(muted) : ""));
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
        return room.shown(
                entrance,
                request,
                runs.whole(entrance, monitor, run),
                whole -> run(entrance, request, whole, room.sheet(request)));
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
                        room.seen(entrance),
                        "whole",
                        whole,
                        "board",
                        board,
                        "row",
                        board.table(List.of(whole.run())).getFirst(),
                        "actors",
                        new Actors(sheet, room.names(entrance))));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/runs/{run}/notes", consumes = FORM)
    ResponseEntity<byte[]> note(
            Entrance entrance, @PathVariable UUID monitor, @PathVariable UUID run, HttpServletRequest request) {
        Form form = Form.of(request);
        String text = form.text("note");
        return counter.answer(
                runs.note(entrance, monitor, run, text),
                _ -> counter.go(Room.base(entrance) + "/monitors/" + monitor + "/runs/" + run, Done.NOTED),
                why -> room.shown(
                        entrance,
                        request,
                        runs.whole(entrance, monitor, run),
                        whole -> run(
                                entrance,
                                request,
                                whole,
                                room.sheet(request)
                                        .keeping(form, "note")
                                        .wrong("note", room.sheet(request).say(Flow.NOTE_WRONG)))));
    }
}
