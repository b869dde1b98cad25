package dev.averment.server.delivery;

import dev.averment.evidence.json.JsonObject;
import java.util.List;

/** What one kind of channel is: what its owner says of it, and the shape of a message to it. Pure; nothing here sends. */
public interface ChannelType {
    /** As the API and the database call it. */
    String word();

    /**
     * Looks at what somebody typed and completes it with what is made here, such as a signing secret.
     *
     * @throws ChannelException with what is wrong and what to write instead
     */
    JsonObject accept(JsonObject typed) throws ChannelException;

    /** What may be shown of settings that were accepted: enough to know which it is, too little to use it. */
    String shown(JsonObject settings);

    /** Texts that must not come back in anything that is kept or shown, such as what the receiver answers. */
    List<String> secrets(JsonObject settings);

    /** The message. */
    Message message(JsonObject settings, Announcement what, Sending sending);

    /**
     * What an answer means.
     *
     * @param body its beginning
     */
    default Reply judge(int status, String body) {
        return status >= 200 && status < 300 ? Reply.DELIVERED : status == 410 ? Reply.GONE : Reply.RETRY;
    }
}
