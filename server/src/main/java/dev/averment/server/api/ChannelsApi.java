package dev.averment.server.api;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonValue;
import dev.averment.server.delivery.Channel;
import dev.averment.server.delivery.ChannelException;
import dev.averment.server.delivery.Channels;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.web.Answers;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.identity.workspace.WorkspaceAccess.Inside;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Channels of a workspace. What is secret about one goes in here and never comes out again. */
@RestController
class ChannelsApi {
    private final WorkspaceAccess access;
    private final Channels channels;

    ChannelsApi(WorkspaceAccess access, Channels channels) {
        this.access = access;
        this.channels = channels;
    }

    record NewChannel(@Nullable String kind, @Nullable String name, @Nullable Map<String, Object> settings) {
        @Override
        public String toString() {
            return "a channel";
        }
    }

    record Change(
            @Nullable String name, @Nullable Map<String, Object> settings, @Nullable Boolean enabled) {
        @Override
        public String toString() {
            return "a change of a channel";
        }
    }

    /** Work that may find what was typed at fault. */
    private interface Typed<T> {
        Outcome<T> in(Inside inside) throws ChannelException;
    }

    private <T> Outcome<T> in(Entrance entrance, Typed<T> work) {
        return access.in(entrance, inside -> {
            try {
                return work.in(inside);
            } catch (ChannelException e) {
                return Outcome.refused(new Refusal.Invalid("bad-channel", String.valueOf(e.getMessage())));
            }
        });
    }

    private static <T> Outcome<T> found(Optional<T> there) {
        return there.map(Outcome::done).orElseGet(() -> Outcome.refused(new Refusal.NotFound()));
    }

    @Needs(Permission.WORKSPACE_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/channels")
    ResponseEntity<byte[]> all(Entrance entrance) {
        return Answers.of(
                in(entrance, inside -> Outcome.done(channels.all(inside.jdbc(), entrance.workspace()))),
                all -> Answers.json(
                        200,
                        JsonObject.of(
                                "channels", all.stream().map(ChannelsApi::shown).toList())));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/channels")
    ResponseEntity<byte[]> add(Entrance entrance, @RequestBody NewChannel body) {
        return Answers.of(
                in(
                        entrance,
                        inside -> Outcome.done(channels.add(
                                inside.jdbc(),
                                entrance.workspace(),
                                text(body.kind()),
                                text(body.name()),
                                settings(body.settings())))),
                made -> Answers.json(
                        201,
                        made.secret()
                                .map(secret -> shown(made.channel()).with("secret", secret))
                                .orElseGet(() -> shown(made.channel()))));
    }

    @Needs(Permission.WORKSPACE_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/channels/{channel}")
    ResponseEntity<byte[]> one(Entrance entrance, @PathVariable UUID channel) {
        return Answers.of(
                in(entrance, inside -> found(channels.find(inside.jdbc(), entrance.workspace(), channel))),
                found -> Answers.json(200, shown(found)));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PatchMapping("/api/v1/workspaces/{workspace}/channels/{channel}")
    ResponseEntity<byte[]> change(Entrance entrance, @PathVariable UUID channel, @RequestBody Change body) {
        Map<String, Object> settings = body.settings();
        return done(in(
                entrance,
                inside -> there(channels.change(
                        inside.jdbc(),
                        entrance.workspace(),
                        channel,
                        body.name(),
                        settings == null ? null : settings(settings),
                        body.enabled()))));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @DeleteMapping("/api/v1/workspaces/{workspace}/channels/{channel}")
    ResponseEntity<byte[]> remove(Entrance entrance, @PathVariable UUID channel) {
        return done(in(entrance, inside -> there(channels.remove(inside.jdbc(), entrance.workspace(), channel))));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/channels/{channel}/secret")
    ResponseEntity<byte[]> rotate(Entrance entrance, @PathVariable UUID channel) {
        return Answers.of(
                in(entrance, inside -> found(channels.rotate(inside.jdbc(), entrance.workspace(), channel))),
                secret -> Answers.json(200, JsonObject.of("secret", secret)));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/channels/{channel}/test")
    ResponseEntity<byte[]> test(Entrance entrance, @PathVariable UUID channel) {
        return Answers.of(
                in(entrance, inside -> found(channels.test(inside.jdbc(), entrance.workspace(), channel))),
                delivery -> Answers.json(202, JsonObject.of("delivery", delivery.toString())));
    }

    private static Outcome<Boolean> there(boolean there) {
        return there ? Outcome.done(true) : Outcome.refused(new Refusal.NotFound());
    }

    private static ResponseEntity<byte[]> done(Outcome<Boolean> outcome) {
        return Answers.of(outcome, _ -> Answers.empty());
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }

    private static JsonObject settings(@Nullable Map<String, Object> typed) throws ChannelException {
        try {
            return typed != null && JsonValue.of(typed) instanceof JsonObject object ? object : JsonObject.of();
        } catch (IllegalArgumentException e) {
            throw new ChannelException("The settings hold something that no channel takes.");
        }
    }

    private static JsonObject shown(Channel channel) {
        return JsonObject.of(
                "address",
                channel.shown(),
                "enabled",
                channel.enabled(),
                "failing",
                channel.failing().map(Instant::toString).orElse(null),
                "id",
                channel.id().toString(),
                "kind",
                channel.kind(),
                "made",
                channel.made().toString(),
                "name",
                channel.name(),
                "why",
                channel.why().orElse(null));
    }
}
