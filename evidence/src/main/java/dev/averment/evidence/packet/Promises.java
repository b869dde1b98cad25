package dev.averment.evidence.packet;

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
 * leave out a claim that fails, or the one check of a claim that does, nor say other words than the page's.
 *
 * @param reader       the disclosure's last part: {@code public} or {@code packet}
 * @param title        of the page, in its authoritative language
 * @param organisation whose promises they are
 * @param sourceSha256 of the page file as this reader has it, in hex
 * @param claims       every claim for this reader, in the page's order
 */
public record Promises(String reader, String title, String organisation, String sourceSha256, List<Promise> claims) {

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
     * @param claim     its id
     * @param content   digest of what the packet says of it whatever its verdict: {@link ClaimContent}
     * @param checks    all that speak for it
     * @param exemption if it has one
     */
    public record Promise(String claim, String content, List<Check> checks, Optional<Exemption> exemption) {
        public Promise {
            checks = List.copyOf(checks);
        }

        /** Of {@code claim} and its detail in the packet, if any, whatever they say of its verdict. */
        public static Promise of(
                Claim claim, Optional<JsonObject> detail, List<Check> checks, Optional<Exemption> exemption) {
            return new Promise(claim.id(), ClaimContent.digest(claim, detail), checks, exemption);
        }
    }

    /**
     * Of a claim.
     *
     * @param until when it ends
     * @param says  the sentence that stands for a reason until then
     */
    public record Exemption(Instant until, String says) {}

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
                    "content",
                    promise.content(),
                    "checks",
                    promise.checks().stream()
                            .map(check -> JsonObject.of(
                                    "id", check.id(), "valid", check.valid().toSeconds()))
                            .toList(),
                    "exempt_until",
                    promise.exemption()
                            .map(exemption -> LeafTime.format(exemption.until()))
                            .orElse(null),
                    "exempt_says",
                    promise.exemption().map(Exemption::says).orElse(null)));
        }
        return JsonObject.of(
                "title", title, "organisation", organisation, "source_sha256", sourceSha256, "claims", items);
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
            if (!(only.value() instanceof JsonObject all)) {
                throw new JsonException("must be an object");
            }
            all.requireOnly(Set.of("title", "organisation", "source_sha256", "claims"));
            for (JsonObject item : all.array("claims").objects()) {
                item.requireOnly(Set.of("claim", "content", "checks", "exempt_until", "exempt_says"));
                List<Check> checks = new ArrayList<>();
                for (JsonObject check : item.array("checks").objects()) {
                    check.requireOnly(Set.of("id", "valid"));
                    checks.add(new Check(check.string("id"), Duration.ofSeconds(check.integer("valid"))));
                }
                claims.add(new Promise(
                        item.string("claim"),
                        item.string("content"),
                        checks,
                        item.has("exempt_until")
                                ? Optional.of(new Exemption(
                                        LeafTime.parse(item.string("exempt_until")), item.string("exempt_says")))
                                : Optional.empty()));
            }
            return new Promises(
                    only.path().substring(PATH.length()),
                    all.string("title"),
                    all.string("organisation"),
                    all.string("source_sha256"),
                    claims);
        } catch (JsonException | IllegalArgumentException e) {
            throw new PacketException("the disclosed promises can't be read: " + e.getMessage());
        }
    }
}
