package dev.averment.evidence.packet;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.LeafTime;
import dev.averment.evidence.merkle.Hash;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code page.json} says: the page's verdicts at one moment.
 *
 * @param id the page's id
 * @param title its title
 * @param organisation whose promises they are
 * @param created when the packet was made
 * @param origin the log that the evidence stands in
 * @param size the size of that log's checkpoint in the packet
 * @param sourceSha256 SHA-256 of {@code page.yaml}
 * @param inForce sequence number of the entry that put this revision in force, and commits to what it promises
 * @param claims all claims shown, in the page's order; never empty
 */
public record Page(
        String id,
        String title,
        String organisation,
        Instant created,
        String origin,
        long size,
        String sourceSha256,
        long inForce,
        List<Claim> claims) {

    private static final Set<String> MEMBERS = Set.of(
            "v", "page", "title", "organisation", "created", "origin", "size", "source_sha256", "in_force", "claims");

    public Page {
        created = created.truncatedTo(ChronoUnit.MICROS);
        claims = List.copyOf(claims);
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("a page without claims proves nothing");
        }
        Set<String> ids = new HashSet<>();
        for (Claim claim : claims) {
            if (!ids.add(claim.id())) {
                throw new IllegalArgumentException("claim " + claim.id() + " stands twice on the page");
            }
        }
    }

    byte[] bytes() {
        return JsonObject.of(
                        "v",
                        1,
                        "page",
                        id,
                        "title",
                        title,
                        "organisation",
                        organisation,
                        "created",
                        LeafTime.format(created),
                        "origin",
                        origin,
                        "size",
                        size,
                        "source_sha256",
                        sourceSha256,
                        "in_force",
                        inForce,
                        "claims",
                        claims.stream().map(Claim::json).toList())
                .toPrettyJson()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static Page parse(byte[] bytes) throws PacketException {
        try {
            JsonObject json = Json.parseObject(bytes);
            json.requireOnly(MEMBERS);
            if (json.integer("v") != 1) {
                throw new PacketException("page.json is of version " + json.integer("v") + ", which is not known here");
            }
            List<Claim> claims = new ArrayList<>();
            for (JsonObject claim : json.array("claims").objects()) {
                claims.add(Claim.parse(claim));
            }
            return new Page(
                    json.string("page"),
                    json.string("title"),
                    json.string("organisation"),
                    LeafTime.parse(json.string("created")),
                    json.string("origin"),
                    json.integer("size"),
                    json.string("source_sha256"),
                    json.integer("in_force"),
                    claims);
        } catch (JsonException | IllegalArgumentException e) {
            throw new PacketException("page.json: " + e.getMessage());
        }
    }

    static String sha256(byte[] bytes) {
        return Hash.sha256(bytes).hex();
    }
}
