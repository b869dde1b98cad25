package dev.averment.evidence.packet;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** {@code claims/ID.json}: the claim as on the page, and what else is known of it. */
final class ClaimFile {

    private ClaimFile() {}

    /** What else the file knows of the claim. */
    static Optional<JsonObject> detail(Claim claim, byte[] file) throws PacketException {
        try {
            JsonObject json = Json.parseObject(file);
            return json.has("detail") ? Optional.of(json.object("detail")) : Optional.empty();
        } catch (JsonException e) {
            throw new PacketException(PacketLayout.claim(claim.id()) + ": " + e.getMessage());
        }
    }

    static void requireSame(Claim claim, byte[] file) throws PacketException {
        try {
            JsonObject json = Json.parseObject(file);
            json.requireOnly(Set.of("claim", "detail"));
            if (json.object("claim").equals(claim.json())) {
                return;
            }
        } catch (JsonException e) {
            throw new PacketException(PacketLayout.claim(claim.id()) + ": " + e.getMessage());
        }
        throw new PacketException(PacketLayout.claim(claim.id()) + " does not say what page.json says");
    }
}
