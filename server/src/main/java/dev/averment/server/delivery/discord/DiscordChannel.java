package dev.averment.server.delivery.discord;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.AddressedChannel;
import dev.averment.server.delivery.Announcement;
import dev.averment.server.delivery.Message;
import dev.averment.server.delivery.Reply;
import dev.averment.server.delivery.Sending;
import dev.averment.server.delivery.Settings;
import java.util.List;
import java.util.Map;

/** Discord's webhooks: one embed, and nobody mentioned whatever the text says. 404 means that the webhook is no more. */
public final class DiscordChannel implements AddressedChannel {
    private static final int MAX_TITLE = 256;
    private static final int MAX_DESCRIPTION = 4_096;
    private static final Map<String, Integer> COLOURS =
            Map.of("critical", 0xb3261e, "error", 0xb3261e, "warning", 0xa06000, "info", 0x3b5b92);

    @Override
    public String word() {
        return "discord";
    }

    @Override
    public Message message(JsonObject settings, Announcement what, Sending sending) {
        return Message.Post.json(
                Settings.kept(settings, "url"),
                JsonObject.of(
                        "allowed_mentions",
                        JsonObject.of("parse", List.of()),
                        "embeds",
                        List.of(JsonObject.of(
                                "color",
                                COLOURS.get(what.severity()),
                                "description",
                                Settings.cut(what.text(), MAX_DESCRIPTION),
                                "fields",
                                List.of(field("What", what.kind()), field("Severity", what.severity())),
                                "timestamp",
                                what.at().toString(),
                                "title",
                                Settings.cut(what.title(), MAX_TITLE),
                                "url",
                                what.link().toString())),
                        "username",
                        "Averment"),
                Map.of());
    }

    private static JsonObject field(String name, String value) {
        return JsonObject.of("inline", true, "name", name, "value", value);
    }

    @Override
    public Reply judge(int status, String body) {
        return status == 404 ? Reply.GONE : AddressedChannel.super.judge(status, body);
    }
}
