package dev.averment.server.console.flow;

import dev.averment.server.console.Confirmation;
import dev.averment.server.console.Counter;
import dev.averment.server.console.Done;
import dev.averment.server.console.Form;
import dev.averment.server.console.Sheet;
import dev.averment.server.delivery.Channel;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
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

/** Where a workspace is told: its channels, what was sent there, and how it went. */
@RestController
class ChannelPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

    private final Counter counter;
    private final Room room;
    private final ChannelDesk desk;

    ChannelPages(Counter counter, Room room, ChannelDesk desk) {
        this.counter = counter;
        this.room = room;
        this.desk = desk;
    }

    private static String base(Entrance entrance) {
        return Room.base(entrance) + "/channels";
    }

    private static String at(Entrance entrance, UUID channel) {
        return base(entrance) + "/" + channel;
    }

    @Needs(Permission.WORKSPACE_READ)
    @GetMapping("/workspaces/{workspace}/channels")
    ResponseEntity<byte[]> list(Entrance entrance, HttpServletRequest request) {
        return room.shown(
                entrance,
                request,
                desk.all(entrance),
                all -> counter.show(
                        request,
                        "channels",
                        room.sheet(request).titled(Flow.CHANNELS),
                        Map.of("seen", room.seen(entrance), "channels", all)));
    }

    @Needs(Permission.WORKSPACE_READ)
    @GetMapping("/workspaces/{workspace}/channels/{channel}")
    ResponseEntity<byte[]> one(Entrance entrance, @PathVariable UUID channel, HttpServletRequest request) {
        return one(entrance, channel, request, room.sheet(request));
    }

    private ResponseEntity<byte[]> one(Entrance entrance, UUID channel, HttpServletRequest request, Sheet sheet) {
        return room.shown(
                entrance,
                request,
                desk.whole(entrance, channel),
                whole -> counter.show(
                        request,
                        "channel",
                        sheet.titled(Plain.of(whole.channel().name())).at(at(entrance, channel)),
                        Map.of(
                                "seen",
                                room.seen(entrance),
                                "channel",
                                whole.channel(),
                                "sent",
                                whole.sent(),
                                "tries",
                                whole.tries(),
                                "figures",
                                new Figures(sheet.language().words()))));
    }

    /** Without a kind, the kinds to choose from. */
    @Needs(Permission.WORKSPACE_CHANGE)
    @GetMapping("/workspaces/{workspace}/channels/new")
    ResponseEntity<byte[]> kinds(Entrance entrance, HttpServletRequest request) {
        return room.shown(
                entrance,
                request,
                desk.all(entrance),
                _ -> counter.show(
                        request,
                        "channelkinds",
                        room.sheet(request).titled(Alerting.ADD),
                        Map.of("seen", room.seen(entrance), "kinds", ChannelForm.KINDS)));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @GetMapping("/workspaces/{workspace}/channels/new/{kind}")
    ResponseEntity<byte[]> newChannel(Entrance entrance, @PathVariable String kind, HttpServletRequest request) {
        return ChannelForm.fields(kind).isEmpty()
                ? counter.missing()
                : room.shown(
                        entrance,
                        request,
                        desk.all(entrance),
                        _ -> form(entrance, request, room.sheet(request).titled(Alerting.ADD), kind, Optional.empty()));
    }

    private ResponseEntity<byte[]> form(
            Entrance entrance, HttpServletRequest request, Sheet sheet, String kind, Optional<UUID> channel) {
        return counter.show(request, "channelform", sheet, about(entrance, kind, channel));
    }

    private Map<String, Object> about(Entrance entrance, String kind, Optional<UUID> channel) {
        var about = new HashMap<String, Object>();
        about.put("seen", room.seen(entrance));
        about.put("kind", kind);
        about.put("fields", ChannelForm.fields(kind));
        about.put("channel", channel.map(UUID::toString).orElse(""));
        return about;
    }

    private ResponseEntity<byte[]> again(
            Entrance entrance,
            HttpServletRequest request,
            Refusal why,
            Sheet sheet,
            String kind,
            Optional<UUID> channel) {
        return why instanceof Refusal.Invalid invalid
                        && !ChannelForm.fields(kind).isEmpty()
                ? counter.again(
                        request,
                        why,
                        ChannelForm.about(kind, invalid.message()),
                        "channelform",
                        sheet,
                        about(entrance, kind, channel))
                : counter.refuse(request, why, sheet, base(entrance));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/channels", consumes = FORM)
    ResponseEntity<byte[]> add(Entrance entrance, HttpServletRequest request) {
        Form form = Form.of(request);
        String kind = form.text("kind");
        Sheet sheet = room.sheet(request)
                .titled(Alerting.ADD)
                .at(base(entrance) + "/new/" + (ChannelForm.fields(kind).isEmpty() ? "" : kind))
                .keeping(form, "name", "to", "url");
        return counter.answer(
                desk.in(
                        entrance,
                        (channels, tx) -> channels.add(
                                tx, entrance.workspace(), kind, form.text("name"), ChannelForm.settings(kind, form))),
                made -> made.secret()
                        .map(secret -> once(entrance, request, made.channel().id(), secret))
                        .orElseGet(() -> counter.go(at(entrance, made.channel().id()), Done.CHANNEL_ADDED)),
                why -> again(entrance, request, why, sheet, kind, Optional.empty()));
    }

    private ResponseEntity<byte[]> once(Entrance entrance, HttpServletRequest request, UUID channel, String secret) {
        return counter.show(
                request,
                "once",
                room.sheet(request).titled(Alerting.SECRET).at(at(entrance, channel)),
                Map.of(
                        "why",
                        Alerting.SECRET_ONCE,
                        "secret",
                        secret,
                        "kept",
                        Alerting.SECRET_KEPT,
                        "back",
                        at(entrance, channel)));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @GetMapping("/workspaces/{workspace}/channels/{channel}/settings")
    ResponseEntity<byte[]> settings(Entrance entrance, @PathVariable UUID channel, HttpServletRequest request) {
        return room.shown(entrance, request, desk.one(entrance, channel), found -> {
            Sheet sheet = room.sheet(request).titled(Plain.of(found.name())).with("name", found.name());
            return form(entrance, request, sheet, found.kind(), Optional.of(channel));
        });
    }

    /** With no field of the kind filled in, the settings stay as they are. */
    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/channels/{channel}/settings", consumes = FORM)
    ResponseEntity<byte[]> change(Entrance entrance, @PathVariable UUID channel, HttpServletRequest request) {
        Form form = Form.of(request);
        return room.shown(entrance, request, desk.one(entrance, channel), found -> {
            String kind = found.kind();
            Sheet sheet = room.sheet(request).titled(Plain.of(found.name())).keeping(form, "name", "to", "url");
            return counter.answer(
                    changed(
                            entrance,
                            (channels, tx) -> channels.change(
                                    tx,
                                    entrance.workspace(),
                                    channel,
                                    form.text("name"),
                                    ChannelForm.empty(kind, form) ? null : ChannelForm.settings(kind, form),
                                    null)),
                    _ -> counter.go(at(entrance, channel), Done.SAVED),
                    why -> again(entrance, request, why, sheet, kind, Optional.of(channel)));
        });
    }

    /** A change of a channel; false becomes the answer for what is not there. */
    private Outcome<Boolean> changed(Entrance entrance, ChannelDesk.Work<Boolean> work) {
        return desk.in(entrance, (channels, tx) -> Boolean.TRUE.equals(work.in(channels, tx)) ? Boolean.TRUE : null);
    }

    private ResponseEntity<byte[]> done(
            Entrance entrance, UUID channel, HttpServletRequest request, Outcome<?> outcome, Done done) {
        return counter.answer(
                outcome,
                _ -> counter.go(at(entrance, channel), done),
                why -> why instanceof Refusal.Invalid invalid
                        ? one(entrance, channel, request, room.sheet(request).wrong(Sheet.WHOLE, invalid.message()))
                        : counter.refuse(request, why, room.sheet(request), at(entrance, channel)));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/channels/{channel}/switch", consumes = FORM)
    ResponseEntity<byte[]> flip(Entrance entrance, @PathVariable UUID channel, HttpServletRequest request) {
        boolean on = Form.of(request).text("to").equals("on");
        return done(
                entrance,
                channel,
                request,
                changed(entrance, (channels, tx) -> channels.change(tx, entrance.workspace(), channel, null, null, on)),
                on ? Done.CHANNEL_ON : Done.CHANNEL_OFF);
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/channels/{channel}/test", consumes = FORM)
    ResponseEntity<byte[]> test(Entrance entrance, @PathVariable UUID channel, HttpServletRequest request) {
        return done(
                entrance,
                channel,
                request,
                desk.in(
                        entrance,
                        (channels, tx) ->
                                channels.test(tx, entrance.workspace(), channel).orElse(null)),
                Done.TEST_SENT);
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/channels/{channel}/secret", consumes = FORM)
    ResponseEntity<byte[]> rotate(Entrance entrance, @PathVariable UUID channel, HttpServletRequest request) {
        return counter.answer(
                desk.in(
                        entrance,
                        (channels, tx) -> channels.rotate(tx, entrance.workspace(), channel)
                                .orElse(null)),
                secret -> once(entrance, request, channel, secret),
                why -> counter.refuse(request, why, room.sheet(request), at(entrance, channel)));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @GetMapping("/workspaces/{workspace}/channels/{channel}/removal")
    ResponseEntity<byte[]> removal(Entrance entrance, @PathVariable UUID channel, HttpServletRequest request) {
        return room.shown(entrance, request, desk.one(entrance, channel), found -> {
            Sheet sheet = room.sheet(request).titled(Alerting.REMOVE);
            return counter.show(request, "confirm", sheet, loss(entrance, sheet, found));
        });
    }

    private static Map<String, Object> loss(Entrance entrance, Sheet sheet, Channel channel) {
        String address = at(entrance, channel.id());
        return Confirmation.of(
                List.of(
                        sheet.say(Alerting.REMOVE_LOSS_1, channel.name()),
                        sheet.say(Alerting.REMOVE_LOSS_2),
                        sheet.say(Alerting.REMOVE_LOSS_3)),
                address + "/removal",
                sheet.say(Alerting.REMOVE),
                address);
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/channels/{channel}/removal", consumes = FORM)
    ResponseEntity<byte[]> remove(Entrance entrance, @PathVariable UUID channel, HttpServletRequest request) {
        return room.shown(
                entrance,
                request,
                changed(entrance, (channels, tx) -> channels.remove(tx, entrance.workspace(), channel)),
                _ -> counter.go(base(entrance), Done.CHANNEL_REMOVED));
    }
}
