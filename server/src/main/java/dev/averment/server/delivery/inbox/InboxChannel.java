package dev.averment.server.delivery.inbox;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.Announcement;
import dev.averment.server.delivery.ChannelException;
import dev.averment.server.delivery.ChannelType;
import dev.averment.server.delivery.Message;
import dev.averment.server.delivery.Sending;
import dev.averment.server.delivery.Settings;
import java.util.List;

/** Messages that stay in the workspace, where its members read them. Nobody is called by that. */
public final class InboxChannel implements ChannelType {
    public static final String WORD = "inbox";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public JsonObject accept(JsonObject typed) throws ChannelException {
        Settings.only(typed);
        return JsonObject.of();
    }

    @Override
    public String shown(JsonObject settings) {
        return "inbox of this workspace";
    }

    @Override
    public List<String> secrets(JsonObject settings) {
        return List.of();
    }

    @Override
    public Message message(JsonObject settings, Announcement what, Sending sending) {
        return new Message.Note(what.title(), what.text());
    }
}
