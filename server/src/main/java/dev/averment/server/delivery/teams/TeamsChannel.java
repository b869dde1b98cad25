package dev.averment.server.delivery.teams;

import dev.averment.evidence.json.JsonNull;
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
 * Microsoft Teams by the address of a workflow ("When a Teams webhook request is received"), which takes a message with an
 * adaptive card. The connectors of before were retired on 2026-03-31. 202 means that the workflow was queued and no more.
 */
public final class TeamsChannel implements AddressedChannel {
    @Override
    public String word() {
        return "teams";
    }

    @Override
    public Message message(JsonObject settings, Announcement what, Sending sending) {
        JsonObject card = JsonObject.of(
                "$schema",
                "http://adaptivecards.io/schemas/adaptive-card.json",
                "actions",
                List.of(JsonObject.of(
                        "title",
                        "Open",
                        "type",
                        "Action.OpenUrl",
                        "url",
                        what.link().toString())),
                "body",
                List.of(
                        block(what.title()).with("weight", "Bolder").with("size", "Medium"),
                        block(what.text()),
                        JsonObject.of(
                                "facts",
                                List.of(
                                        fact("What", what.kind()),
                                        fact("Severity", what.severity()),
                                        fact("When", what.at().toString())),
                                "type",
                                "FactSet")),
                "type",
                "AdaptiveCard",
                "version",
                "1.2");
        return Message.Post.json(
                Settings.kept(settings, "url"),
                JsonObject.of(
                        "attachments",
                        List.of(JsonObject.of(
                                "content",
                                card,
                                "contentType",
                                "application/vnd.microsoft.card.adaptive",
                                "contentUrl",
                                JsonNull.NULL)),
                        "type",
                        "message"),
                Map.of());
    }

    private static JsonObject block(String text) {
        return JsonObject.of("text", text, "type", "TextBlock", "wrap", true);
    }

    private static JsonObject fact(String title, String value) {
        return JsonObject.of("title", title, "value", value);
    }

    @Override
    public Reply judge(int status, String body) {
        return status == 404 ? Reply.GONE : AddressedChannel.super.judge(status, body);
    }
}
