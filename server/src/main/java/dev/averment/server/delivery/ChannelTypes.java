package dev.averment.server.delivery;

import dev.averment.server.delivery.discord.DiscordChannel;
import dev.averment.server.delivery.email.EmailChannel;
import dev.averment.server.delivery.inbox.InboxChannel;
import dev.averment.server.delivery.pagerduty.PagerDutyChannel;
import dev.averment.server.delivery.slack.SlackChannel;
import dev.averment.server.delivery.sms.SmsChannel;
import dev.averment.server.delivery.teams.TeamsChannel;
import dev.averment.server.delivery.webhook.WebhookChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kinds of channels that there are. */
public final class ChannelTypes {
    private final Map<String, ChannelType> types = new TreeMap<>();

    public ChannelTypes(List<ChannelType> types) {
        types.forEach(type -> this.types.put(type.word(), type));
    }

    /** All of them, as the world has them. */
    public static ChannelTypes usual() {
        return new ChannelTypes(List.of(
                new WebhookChannel(),
                new EmailChannel(),
                new SlackChannel(),
                new TeamsChannel(),
                new DiscordChannel(),
                new PagerDutyChannel(PagerDutyChannel.ENDPOINT),
                new SmsChannel(),
                new InboxChannel()));
    }

    Optional<ChannelType> find(String word) {
        return Optional.ofNullable(types.get(word));
    }

    /** The kind of a channel that is there. */
    ChannelType of(Channel channel) {
        return find(channel.kind())
                .orElseThrow(() -> new IllegalStateException(
                        "no server of this version knows channels of kind " + channel.kind()));
    }

    String words() {
        return String.join(", ", types.keySet());
    }
}
