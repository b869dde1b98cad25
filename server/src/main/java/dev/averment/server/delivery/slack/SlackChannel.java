package dev.averment.server.delivery.slack;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.AddressedChannel;
import dev.averment.server.delivery.Announcement;
import dev.averment.server.delivery.Message;
import dev.averment.server.delivery.Reply;
import dev.averment.server.delivery.Sending;
import dev.averment.server.delivery.Settings;
import java.util.List;
import java.util.Map;

/**
 * Slack's incoming webhooks: a fallback text and a section of mrkdwn, in which {@code & < >} are escaped. 404 and 410, and 400
 * with {@code invalid_token}, mean that the webhook is no more.
 */
public final class SlackChannel implements AddressedChannel {
    private static final int MAX_SECTION = 3_000;

    @Override
    public String word() {
        return "slack";
    }

    @Override
    public Message message(JsonObject settings, Announcement what, Sending sending) {
        String head = "*" + escaped(what.title()) + "*";
        String link = "<" + escaped(what.link().toString()) + "|Open>";
        String text = Settings.cut(escaped(what.text()), MAX_SECTION - head.length() - link.length() - 2);
        return Message.Post.json(
                Settings.kept(settings, "url"),
                JsonObject.of(
                        "blocks",
                        List.of(JsonObject.of(
                                "text",
                                JsonObject.of("text", head + "\n" + text + "\n" + link, "type", "mrkdwn"),
                                "type",
                                "section")),
                        "text",
                        escaped(what.title())),
                Map.of());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public Reply judge(int status, String body) {
        return status == 404 || status == 410 || (status == 400 && body.contains("invalid_token"))
                ? Reply.GONE
                : AddressedChannel.super.judge(status, body);
    }
}
