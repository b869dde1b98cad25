package dev.averment.evidence.packet;

import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Leaf;
import java.time.Instant;

/**
 * What an entry {@code check.observed} says.
 *
 * @param observation id of the observation
 * @param page        id of the page
 * @param revision    of the page under which the check was asked
 * @param claim       id of the claim
 * @param check       id of the check within the claim
 * @param verdict     what the check came to
 * @param reason      why, in a sentence
 * @param observedAt  when it was true
 * @param recordedAt  when it was recorded
 */
public record Observed(
        String observation,
        String page,
        long revision,
        String claim,
        String check,
        Verdict verdict,
        String reason,
        Instant observedAt,
        Instant recordedAt) {

    private static final String ACTION = "check.observed";

    /** @throws PacketException when it is an entry of another kind, or says less than it must */
    public static Observed in(Leaf leaf) throws PacketException {
        if (!leaf.action().equals(ACTION)) {
            throw new PacketException("an entry " + leaf.action() + " is no observation");
        }
        try {
            JsonObject detail = leaf.json().object("detail");
            return new Observed(
                    detail.optionalString("observation").orElse(""),
                    detail.string("page"),
                    detail.integer("revision"),
                    detail.string("claim"),
                    detail.string("check"),
                    Verdict.parse(detail.string("verdict")),
                    detail.optionalString("reason").orElse(""),
                    leaf.time(),
                    leaf.recordedAt());
        } catch (JsonException e) {
            throw new PacketException("an observation's entry can't be read: " + e.getMessage());
        }
    }
}
