package dev.averment.server.console.flow;

import dev.averment.server.console.Sheet;
import java.util.Map;
import java.util.UUID;

/** Who did something, in words: {@code type:id} as the log names them. */
public final class Actors {
    private final Sheet sheet;
    private final Map<UUID, String> names;

    /** @param names of the accounts of the workspace; somebody who left is named by what he was */
    Actors(Sheet sheet, Map<UUID, String> names) {
        this.sheet = sheet;
        this.names = names;
    }

    public String say(String actor) {
        int colon = actor.indexOf(':');
        String type = actor.substring(0, Math.max(0, colon));
        return switch (type) {
            case "user" -> name(actor.substring(colon + 1));
            case "api_key" -> sheet.say(Flow.BY_PROGRAM);
            case "anonymous" -> sheet.say(Flow.BY_PING);
            default -> sheet.say(Flow.BY_SERVER);
        };
    }

    private String name(String id) {
        try {
            String name = names.get(UUID.fromString(id));
            return name == null ? sheet.say(Flow.BY_GONE) : name;
        } catch (IllegalArgumentException e) {
            return sheet.say(Flow.BY_GONE);
        }
    }
}
