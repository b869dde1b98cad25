package dev.averment.evidence.packet;

import dev.averment.evidence.json.JsonArray;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonValue;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.LeafTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a revision of a page promises to one kind of reader: which claims there are, and which checks speak for each. The
 * entry {@code page.revised} commits to it with a {@link Disclosure} at {@code /promises/READER}, so that a packet can't
 * leave out a claim that fails, or the one check of a claim that does.
 *
 * @param reader the disclosure's last part: {@code public} or {@code packet}
 * @param claims every claim for this reader, in the page's order
 */
public record Promises(String reader, List<Promise> claims) {

    private static final String PATH = "/promises/";
    private static final Set<String> READERS = Set.of("public", "packet");

    public Promises {
        if (!READERS.contains(reader)) {
            throw new IllegalArgumentException("nothing is promised to a reader of the kind " + reader);
        }
        claims = List.copyOf(claims);
    }

    /**
     * One claim.
     *
     * @param claim       its id
     * @param checks      all that speak for it
     * @param exemptUntil when its exemption ends, if it has one
     */
    public record Promise(String claim, List<Check> checks, Optional<Instant> exemptUntil) {
        public Promise {
            checks = List.copyOf(checks);
        }
    }

    /**
     * One check of a claim.
     *
     * @param id    unique within the claim
     * @param valid how long an observation of it counts, in whole seconds
     */
    public record Check(String id, Duration valid) {}

    /** Where the disclosure for {@code reader} belongs. */
    public static String path(String reader) {
        return PATH + reader;
    }

    /** What the entry shall commit to, under a new salt. */
    public Disclosure disclose(SecureRandom random) {
        return Disclosure.make(path(reader), json(), random);
    }

    /** The same under a salt that was kept. */
    public Disclosure disclose(String salt) {
        return new Disclosure(salt, path(reader), json());
    }

    private JsonValue json() {
        List<JsonValue> items = new ArrayList<>();
        for (Promise promise : claims) {
            items.add(JsonObject.of(
                    "claim",
                    promise.claim(),
                    "checks",
                    promise.checks().stream()
                            .map(check -> JsonObject.of(
                                    "id", check.id(), "valid", check.valid().toSeconds()))
                            .toList(),
                    "exempt_until",
                    promise.exemptUntil().map(LeafTime::format).orElse(null)));
        }
        return new JsonArray(items);
    }

    /** The promises among the values that an entry discloses; a packet is for one kind of reader. */
    static Promises among(List<Disclosure> disclosures) throws PacketException {
        List<Disclosure> promises =
                disclosures.stream().filter(d -> d.path().startsWith(PATH)).toList();
        if (promises.size() != 1) {
            throw new PacketException(
                    "the entry that put the page in force must disclose what is promised to one reader,"
                            + " and discloses " + promises.size() + " such lists");
        }
        Disclosure only = promises.getFirst();
        List<Promise> claims = new ArrayList<>();
        try {
            if (!(only.value() instanceof JsonArray items)) {
                throw new JsonException("must be an array");
            }
            for (JsonObject item : items.objects()) {
                item.requireOnly(Set.of("claim", "checks", "exempt_until"));
                List<Check> checks = new ArrayList<>();
                for (JsonObject check : item.array("checks").objects()) {
                    check.requireOnly(Set.of("id", "valid"));
                    checks.add(new Check(check.string("id"), Duration.ofSeconds(check.integer("valid"))));
                }
                claims.add(new Promise(
                        item.string("claim"),
                        checks,
                        item.has("exempt_until")
                                ? Optional.of(LeafTime.parse(item.string("exempt_until")))
                                : Optional.empty()));
            }
            return new Promises(only.path().substring(PATH.length()), claims);
        } catch (JsonException | IllegalArgumentException e) {
            throw new PacketException("the disclosed promises can't be read: " + e.getMessage());
        }
    }
}
