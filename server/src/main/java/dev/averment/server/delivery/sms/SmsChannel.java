package dev.averment.server.delivery.sms;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.Announcement;
import dev.averment.server.delivery.ChannelException;
import dev.averment.server.delivery.ChannelType;
import dev.averment.server.delivery.Message;
import dev.averment.server.delivery.Sending;
import dev.averment.server.delivery.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A gateway that sends text messages, asked in the plainest way that gateways and small adapters share: {@code POST} of
 * {@code {"id","text","to":[…]}} with a bearer token. 2xx is taken; the id is the same for every try.
 */
public final class SmsChannel implements ChannelType {
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{16,500}");

    /** Two messages of 160 characters, less what joins them. */
    private static final int MAX_TEXT = 306;

    @Override
    public String word() {
        return "sms";
    }

    @Override
    public JsonObject accept(JsonObject typed) throws ChannelException {
        Settings.only(typed, "url", "token", "to");
        return JsonObject.of(
                "to",
                Settings.texts(typed, "to", NUMBER, "write numbers as +4915112345678"),
                "token",
                Settings.text(typed, "token", TOKEN, "give the gateway's token of 16 to 500 characters without blanks"),
                "url",
                Settings.url(typed));
    }

    @Override
    public String shown(JsonObject settings) {
        return Settings.host(Settings.kept(settings, "url")) + " to "
                + String.join(
                        ", ",
                        Settings.keptList(settings, "to").stream()
                                .limit(5)
                                .map(number -> Settings.end(number, 3))
                                .toList());
    }

    @Override
    public List<String> secrets(JsonObject settings) {
        var secrets = new ArrayList<>(Settings.secretsOf(Settings.kept(settings, "url")));
        secrets.add(Settings.kept(settings, "token"));
        Settings.keptList(settings, "to").forEach(number -> {
            secrets.add(number);
            secrets.add(number.substring(1));
        });
        return secrets;
    }

    @Override
    public Message message(JsonObject settings, Announcement what, Sending sending) {
        String link = " " + what.link();
        String text = link.length() > MAX_TEXT / 2
                ? Settings.cut(what.title(), MAX_TEXT)
                : Settings.cut(what.title(), MAX_TEXT - link.length()) + link;
        return Message.Post.json(
                Settings.kept(settings, "url"),
                JsonObject.of(
                        "id", sending.delivery().toString(), "text", text, "to", Settings.keptList(settings, "to")),
                Map.of("Authorization", "Bearer " + Settings.kept(settings, "token")));
    }
}
