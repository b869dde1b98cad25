package dev.averment.server.delivery;

import dev.averment.evidence.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether messages arrive at a channel. One where nobody is any more, or where nothing arrived for days, is switched off, and
 * that is said on the workspace's other channels: an alert path that breaks in silence is worse than none.
 */
final class ChannelHealth {
    /** After that long without one message that arrived. */
    static final Duration LONGEST_FAILING = Duration.ofDays(5);

    private final ChannelStore channels;
    private final Deliveries deliveries;
    private final URI base;

    ChannelHealth(ChannelStore channels, Deliveries deliveries, URI base) {
        this.channels = channels;
        this.deliveries = deliveries;
        this.base = base;
    }

    void arrived(JdbcClient jdbc, UUID workspace, UUID channel) {
        Optional<Channel> found = channels.find(jdbc, workspace, channel);
        if (found.flatMap(Channel::failing).isPresent()) {
            channels.failing(jdbc, workspace, channel, null);
        }
    }

    void failed(JdbcClient jdbc, UUID workspace, UUID id, boolean gone, Instant now) {
        Optional<Channel> found = channels.locked(jdbc, workspace, id);
        if (found.isEmpty() || !found.get().enabled()) {
            return;
        }
        Channel channel = found.get();
        Instant since = channel.failing().orElse(now);
        if (channel.failing().isEmpty()) {
            channels.failing(jdbc, workspace, id, now);
        }
        if (gone) {
            switchOff(jdbc, workspace, channel, "The receiver says that nobody is there any more.", now);
        } else if (!since.plus(LONGEST_FAILING).isAfter(now)) {
            switchOff(jdbc, workspace, channel, "Nothing has arrived there since " + since + ".", now);
        }
    }

    private void switchOff(JdbcClient jdbc, UUID workspace, Channel channel, String why, Instant now) {
        channels.enable(jdbc, workspace, channel.id(), why, now);
        List<UUID> others = channels.all(jdbc, workspace).stream()
                .map(Channel::id)
                .filter(id -> !id.equals(channel.id()))
                .toList();
        deliveries.announce(
                jdbc,
                workspace,
                new Announcement(
                        "open",
                        "channel:" + channel.id(),
                        Announcement.NONE,
                        "critical",
                        "Alert path broken: " + channel.name(),
                        "The channel \"" + channel.name() + "\" (" + channel.kind() + ") was switched off. " + why
                                + " Whoever relied on it is told nothing now: correct its settings and switch it on.",
                        base.resolve("/workspaces/" + workspace),
                        now,
                        JsonObject.of("channel", channel.id().toString())),
                Optional.of(others));
    }
}
