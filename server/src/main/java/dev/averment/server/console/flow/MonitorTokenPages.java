package dev.averment.server.console.flow;

import dev.averment.server.console.Counter;
import dev.averment.server.console.Done;
import dev.averment.server.console.Form;
import dev.averment.server.console.Sheet;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.People;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.monitoring.IngestSecrets;
import dev.averment.server.monitoring.IngestToken;
import dev.averment.server.monitoring.Monitors;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tokens that let pings of one workflow in: made, rotated and revoked here. Each text is shown once. */
@RestController
class MonitorTokenPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

    private final Counter counter;
    private final Room room;
    private final Monitors monitors;
    private final IngestSecrets secrets;
    private final InstantSource clock;

    MonitorTokenPages(Counter counter, Room room, Monitors monitors, IngestSecrets secrets, InstantSource clock) {
        this.counter = counter;
        this.room = room;
        this.monitors = monitors;
        this.secrets = secrets;
        this.clock = clock;
    }

    private static String at(Entrance entrance, UUID monitor) {
        return Room.base(entrance) + "/monitors/" + monitor + "/tokens";
    }

    private ResponseEntity<byte[]> shown(
            Entrance entrance,
            UUID monitor,
            HttpServletRequest request,
            Function<List<IngestToken>, ResponseEntity<byte[]>> page) {
        return room.shown(entrance, request, secrets.tokens(entrance, monitor), page);
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/workspaces/{workspace}/monitors/{monitor}/tokens")
    ResponseEntity<byte[]> page(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        return page(entrance, monitor, request, room.sheet(request).with("life", "90d"));
    }

    private ResponseEntity<byte[]> page(Entrance entrance, UUID monitor, HttpServletRequest request, Sheet sheet) {
        sheet.titled(Flow.TOKENS).at(at(entrance, monitor));
        return room.shown(
                entrance,
                request,
                monitors.one(entrance, monitor),
                found -> shown(
                        entrance,
                        monitor,
                        request,
                        tokens -> counter.show(
                                request,
                                "monitortokens",
                                sheet,
                                Map.of(
                                        "seen",
                                        room.seen(entrance),
                                        "monitor",
                                        found.monitor(),
                                        "tokens",
                                        tokens,
                                        "now",
                                        clock.instant()))));
    }

    /** A life or an overlap, within what is allowed. */
    private static Optional<Duration> span(Sheet sheet, Form form, String field) {
        Optional<Duration> span = Optional.ofNullable(Figures.span(form.text(field)))
                .filter(s -> s.compareTo(IngestSecrets.LONGEST) <= 0)
                .filter(s -> !field.equals("life") || s.isPositive());
        if (span.isEmpty()) {
            sheet.wrong(field, sheet.say(Flow.SPAN_WRONG));
        }
        return span;
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/tokens", consumes = FORM)
    ResponseEntity<byte[]> make(Entrance entrance, @PathVariable UUID monitor, HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = room.sheet(request).keeping(form, "name", "life");
        Optional<String> name = People.title(form.text("name"));
        if (name.isEmpty()) {
            sheet.wrong("name", sheet.say(Flow.TOKEN_NAME_WRONG));
        }
        Optional<Duration> life = span(sheet, form, "life");
        return name.isEmpty() || life.isEmpty()
                ? page(entrance, monitor, request, sheet)
                : made(entrance, monitor, request, secrets.make(entrance, monitor, name.get(), life.get()));
    }

    private ResponseEntity<byte[]> made(
            Entrance entrance, UUID monitor, HttpServletRequest request, Outcome<IngestSecrets.Made> outcome) {
        return counter.answer(
                outcome,
                made -> counter.show(
                        request,
                        "once",
                        room.sheet(request).titled(Flow.TOKEN_MADE).at(at(entrance, monitor)),
                        Map.of(
                                "why",
                                Flow.TOKEN_ONCE,
                                "secret",
                                made.text(),
                                "kept",
                                Flow.TOKEN_KEPT,
                                "back",
                                at(entrance, monitor))),
                why -> why instanceof Refusal.Conflict conflict
                        ? page(
                                entrance,
                                monitor,
                                request,
                                room.sheet(request).with("life", "90d").wrong(Sheet.WHOLE, conflict.message()))
                        : counter.refuse(request, why, room.sheet(request), at(entrance, monitor)));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/workspaces/{workspace}/monitors/{monitor}/tokens/{token}/rotation")
    ResponseEntity<byte[]> rotation(
            Entrance entrance, @PathVariable UUID monitor, @PathVariable UUID token, HttpServletRequest request) {
        return rotation(
                entrance,
                monitor,
                token,
                request,
                room.sheet(request).with("life", "90d").with("overlap", "1d"));
    }

    private ResponseEntity<byte[]> rotation(
            Entrance entrance, UUID monitor, UUID token, HttpServletRequest request, Sheet sheet) {
        sheet.titled(Flow.TOKEN_ROTATE).at(at(entrance, monitor) + "/" + token + "/rotation");
        return shown(
                entrance,
                monitor,
                request,
                tokens -> tokens.stream()
                        .filter(t -> t.id().equals(token))
                        .findFirst()
                        .map(found -> counter.show(
                                request, "monitortoken", sheet, Map.of("seen", room.seen(entrance), "token", found)))
                        .orElseGet(counter::missing));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/tokens/{token}/rotation", consumes = FORM)
    ResponseEntity<byte[]> rotate(
            Entrance entrance, @PathVariable UUID monitor, @PathVariable UUID token, HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = room.sheet(request).keeping(form, "life", "overlap");
        Optional<Duration> life = span(sheet, form, "life");
        Optional<Duration> overlap = span(sheet, form, "overlap");
        return life.isEmpty() || overlap.isEmpty()
                ? rotation(entrance, monitor, token, request, sheet)
                : made(entrance, monitor, request, secrets.rotate(entrance, monitor, token, life.get(), overlap.get()));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/monitors/{monitor}/tokens/{token}/revocation", consumes = FORM)
    ResponseEntity<byte[]> revoke(
            Entrance entrance, @PathVariable UUID monitor, @PathVariable UUID token, HttpServletRequest request) {
        return room.shown(
                entrance,
                request,
                secrets.delete(entrance, monitor, token),
                _ -> counter.go(at(entrance, monitor), Done.TOKEN_ENDED));
    }
}
