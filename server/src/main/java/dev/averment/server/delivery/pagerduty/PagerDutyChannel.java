package dev.averment.server.delivery.pagerduty;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.Announcement;
import dev.averment.server.delivery.ChannelException;
import dev.averment.server.delivery.ChannelType;
import dev.averment.server.delivery.Message;
import dev.averment.server.delivery.Reply;
import dev.averment.server.delivery.Sending;
import dev.averment.server.delivery.Settings;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * PagerDuty's Events API v2. Everything about one incident has one {@code dedup_key}; acknowledging and resolving need no more
 * than that. 202 is taken; 400 is a message that it will never take.
 */
public final class PagerDutyChannel implements ChannelType {
    public static final String ENDPOINT = "https://events.pagerduty.com/v2/enqueue";

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{32}");
    private static final int MAX_SUMMARY = 1_024;

    private final String endpoint;

    /** @param endpoint {@link #ENDPOINT}, or what stands for it */
    public PagerDutyChannel(String endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String word() {
        return "pagerduty";
    }

    @Override
    public JsonObject accept(JsonObject typed) throws ChannelException {
        Settings.only(typed, "routingKey");
        return JsonObject.of(
                "routingKey",
                Settings.text(typed, "routingKey", KEY, "give the integration key of 32 letters and digits"));
    }

    @Override
    public String shown(JsonObject settings) {
        return "integration key " + Settings.end(Settings.kept(settings, "routingKey"), 4);
    }

    @Override
    public List<String> secrets(JsonObject settings) {
        return List.of(Settings.kept(settings, "routingKey"));
    }

    @Override
    public Message message(JsonObject settings, Announcement what, Sending sending) {
        String action =
                switch (what.kind()) {
                    case "acknowledge" -> "acknowledge";
                    case "resolve" -> "resolve";
                    default -> "trigger";
                };
        JsonObject event = JsonObject.of(
                "dedup_key",
                Settings.cut(sending.instance() + ":" + what.dedupKey(), 255),
                "event_action",
                action,
                "routing_key",
                Settings.kept(settings, "routingKey"));
        if (action.equals("trigger")) {
            event = event.with("client", "Averment")
                    .with("client_url", what.link().toString())
                    .with(
                            "links",
                            List.of(JsonObject.of("href", what.link().toString(), "text", "Open")))
                    .with(
                            "payload",
                            JsonObject.of(
                                    "custom_details",
                                    JsonObject.of("text", what.text()),
                                    "severity",
                                    what.severity(),
                                    "source",
                                    sending.instance(),
                                    "summary",
                                    Settings.cut(what.title(), MAX_SUMMARY),
                                    "timestamp",
                                    what.at().toString()));
        }
        return Message.Post.json(endpoint, event, Map.of());
    }

    @Override
    public Reply judge(int status, String body) {
        return status == 400 ? Reply.REFUSED : ChannelType.super.judge(status, body);
    }
}
