package dev.averment.server.delivery;

import dev.averment.evidence.json.JsonObject;
import java.util.List;

/** A channel that is set up with one address, which is its secret as well. */
public interface AddressedChannel extends ChannelType {
    @Override
    default JsonObject accept(JsonObject typed) throws ChannelException {
        Settings.only(typed, "url");
        return JsonObject.of("url", Settings.url(typed));
    }

    @Override
    default String shown(JsonObject settings) {
        return Settings.host(Settings.kept(settings, "url"));
    }

    @Override
    default List<String> secrets(JsonObject settings) {
        return Settings.secretsOf(Settings.kept(settings, "url"));
    }
}
