package dev.averment.evidence.packet;

import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonValue;
import dev.averment.evidence.merkle.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a packet says of a claim whatever its verdict: sentence, owner, controls, blind spots, and of its detail all but the
 * verdicts and reasons of the checks. Nothing of it changes while a revision of the page is in force, so that the revision can
 * commit to it.
 */
final class ClaimContent {

    private ClaimContent() {}

    /** SHA-256 of the canonical JSON, in base64url. */
    static String digest(Claim claim, Optional<JsonObject> detail) {
        JsonObject content = JsonObject.of(
                "claim",
                JsonObject.of(
                        "id",
                        claim.id(),
                        "text",
                        claim.text(),
                        "owner",
                        claim.owner(),
                        "maps",
                        claim.maps(),
                        "blind_spots",
                        claim.blindSpots()),
                "detail",
                detail.map(ClaimContent::lasting).orElse(null));
        return java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Hash.sha256(content.canonical()).bytes());
    }

    private static JsonObject lasting(JsonObject detail) {
        if (!detail.has("checks")) {
            return detail;
        }
        try {
            List<JsonValue> checks = new ArrayList<>();
            for (JsonObject check : detail.array("checks").objects()) {
                checks.add(check.without("verdict").without("reason"));
            }
            return detail.with("checks", checks);
        } catch (JsonException e) {
            // No list of objects is what no page promises: the digest of it as it stands is of nothing.
            return detail;
        }
    }
}
