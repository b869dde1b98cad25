package dev.averment.server.delivery.email;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.Announcement;
import dev.averment.server.delivery.ChannelException;
import dev.averment.server.delivery.ChannelType;
import dev.averment.server.delivery.Message;
import dev.averment.server.delivery.Sending;
import dev.averment.server.delivery.Settings;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Mail in plain text to one or more addresses, by the operator's relay. */
public final class EmailChannel implements ChannelType {
    private static final Pattern ADDRESS = Pattern.compile("[!-~&&[^@<>(),;:\\\\\"\\[\\]]]{1,64}@[A-Za-z0-9.-]{3,185}");

    @Override
    public String word() {
        return "email";
    }

    @Override
    public JsonObject accept(JsonObject typed) throws ChannelException {
        Settings.only(typed, "to");
        return JsonObject.of("to", Settings.texts(typed, "to", ADDRESS, "write addresses as ops@example.org"));
    }

    @Override
    public String shown(JsonObject settings) {
        return String.join(
                ", ",
                Settings.keptList(settings, "to").stream()
                        .limit(5)
                        .map(address -> address.charAt(0) + "…" + Settings.cut(address.substring(address.indexOf('@')), 50))
                        .toList());
    }

    @Override
    public List<String> secrets(JsonObject settings) {
        return Settings.keptList(settings, "to");
    }

    @Override
    public Message message(JsonObject settings, Announcement what, Sending sending) {
        return new Message.Letter(
                Settings.keptList(settings, "to"),
                "[" + what.severity().toUpperCase(Locale.ROOT) + "] " + what.title(),
                what.title() + "\n\n" + what.text() + "\n\n" + what.link() + "\n\nWhat: " + what.kind() + "\nWhen: "
                        + what.at() + "\nReference: " + what.dedupKey() + "\n");
    }
}
