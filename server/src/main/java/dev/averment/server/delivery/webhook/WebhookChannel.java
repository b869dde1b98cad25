package dev.averment.server.delivery.webhook;

import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.Announcement;
import dev.averment.server.delivery.ChannelException;
import dev.averment.server.delivery.ChannelType;
import dev.averment.server.delivery.Message;
import dev.averment.server.delivery.Sending;
import dev.averment.server.delivery.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A webhook, signed as Standard Webhooks 1.0.0 says: the id of the delivery, the time of the attempt and the body are signed
 * with the channel's secret, and while a secret is being replaced with the one before as well.
 */
public final class WebhookChannel implements ChannelType {
    /** How long the secret before signs too, so that receivers can change theirs without losing a message. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    @Override
    public String word() {
        return "webhook";
    }

    @Override
    public JsonObject accept(JsonObject typed) throws ChannelException {
        Settings.only(typed, "url");
        return JsonObject.of("secret", Signature.newSecret(), "url", Settings.url(typed));
    }

    /** With another address, and the same secrets. */
    public static JsonObject moved(JsonObject settings, JsonObject typed) throws ChannelException {
        Settings.only(typed, "url");
        return settings.with("url", Settings.url(typed));
    }

    /** With a new secret; the present one signs too until {@link #OVERLAP} has passed. */
    public static JsonObject rotated(JsonObject settings, Instant now) {
        return settings.with("before", Settings.kept(settings, "secret"))
                .with("beforeUntil", now.plus(OVERLAP).toString())
                .with("secret", Signature.newSecret());
    }

    @Override
    public String shown(JsonObject settings) {
        return Settings.host(Settings.kept(settings, "url"));
    }

    @Override
    public List<String> secrets(JsonObject settings) {
        var secrets = new ArrayList<>(Settings.secretsOf(Settings.kept(settings, "url")));
        for (String name : List.of("secret", "before")) {
            if (settings.has(name)) {
                String secret = Settings.kept(settings, name);
                secrets.add(secret);
                secrets.add(secret.substring(Signature.PREFIX.length()));
            }
        }
        return secrets;
    }

    @Override
    public Message message(JsonObject settings, Announcement what, Sending sending) {
        byte[] body = JsonObject.of(
                        "data",
                        what.data()
                                .with("dedupKey", what.dedupKey())
                                .with("incident", what.incident().toString())
                                .with("link", what.link().toString())
                                .with("severity", what.severity())
                                .with("text", what.text())
                                .with("title", what.title()),
                        "timestamp",
                        what.at().toString(),
                        "type",
                        "incident." + what.kind())
                .canonical();
        String id = "msg_" + sending.delivery().toString().replace("-", "");
        long seconds = sending.at().getEpochSecond();
        var signatures = new ArrayList<String>();
        for (String secret : secretsAt(settings, sending.at())) {
            signatures.add(Signature.of(secret, id, seconds, body));
        }
        return new Message.Post(
                Settings.kept(settings, "url"),
                Map.of(
                        "Content-Type", "application/json",
                        "webhook-id", id,
                        "webhook-timestamp", Long.toString(seconds),
                        "webhook-signature", String.join(" ", signatures)),
                body);
    }

    private static List<String> secretsAt(JsonObject settings, Instant now) {
        String secret = Settings.kept(settings, "secret");
        try {
            if (settings.has("before") && Instant.parse(settings.string("beforeUntil")).isAfter(now)) {
                return List.of(secret, settings.string("before"));
            }
        } catch (JsonException e) {
            throw new IllegalStateException("a channel lacks the end of its secret before", e);
        }
        return List.of(secret);
    }
}
