package dev.averment.server.delivery;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.evidence.Disclosures;
import dev.averment.server.tenancy.WorkspaceContext;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Settings of channels at rest: addresses, keys, numbers and recipients, encrypted under a key of the workspace. */
final class ChannelVault {
    private static final String ACTOR = "service:delivery";

    private final Disclosures disclosures;
    private final ChannelStore store;

    ChannelVault(Disclosures disclosures, ChannelStore store) {
        this.disclosures = disclosures;
        this.store = store;
    }

    byte[] seal(JdbcClient transaction, UUID workspace, UUID channel, JsonObject settings) {
        return disclosures.seal(
                transaction, new WorkspaceContext(workspace, ACTOR), workspace, place(channel), settings.canonical());
    }

    JsonObject open(JdbcClient transaction, UUID workspace, UUID channel) {
        byte[] sealed = store.sealed(transaction, workspace, channel);
        byte[] plain = disclosures
                .open(transaction, new WorkspaceContext(workspace, ACTOR), workspace, place(channel), sealed)
                .orElseThrow(() -> new IllegalStateException("the key of a workspace's channels is gone"));
        try {
            return Json.parseObject(plain);
        } catch (JsonException e) {
            throw new IllegalStateException("the settings of a channel are no JSON object", e);
        }
    }

    private static String place(UUID channel) {
        return "delivery.channel|" + channel;
    }
}
