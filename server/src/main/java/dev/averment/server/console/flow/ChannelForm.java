package dev.averment.server.console.flow;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.console.Form;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Which fields a kind of channel has, and what was typed into them as the interface takes it. */
final class ChannelForm {
    /** In the order in which they are offered. */
    static final List<String> KINDS = List.of("email", "webhook", "slack", "teams", "discord", "pagerduty", "sms");

    private static final Map<String, List<String>> FIELDS = Map.of(
            "email", List.of("to"),
            "webhook", List.of("url"),
            "slack", List.of("url"),
            "teams", List.of("url"),
            "discord", List.of("url"),
            "pagerduty", List.of("routingKey"),
            "sms", List.of("url", "token", "to"));

    private ChannelForm() {}

    static List<String> fields(String kind) {
        return FIELDS.getOrDefault(kind, List.of());
    }

    /** Whether nothing was typed into any of them. */
    static boolean empty(String kind, Form form) {
        return fields(kind).stream().allMatch(field -> form.text(field).isBlank());
    }

    static JsonObject settings(String kind, Form form) {
        JsonObject settings = JsonObject.of();
        for (String field : fields(kind)) {
            String text = form.text(field).strip();
            settings = field.equals("to")
                    ? settings.with(
                            field,
                            Arrays.stream(text.split("[\\s,;]+"))
                                    .filter(each -> !each.isEmpty())
                                    .toList())
                    : settings.with(field, text);
        }
        return settings;
    }

    /** The field that a refusal is about: it names the setting, or the only one that there is. */
    static String about(String kind, String message) {
        if (message.startsWith("A channel has a name")) {
            return "name";
        }
        return fields(kind).stream()
                .filter(field -> message.startsWith("The setting " + field + " "))
                .findFirst()
                .orElseGet(() -> fields(kind).isEmpty() ? "" : fields(kind).getFirst());
    }
}
