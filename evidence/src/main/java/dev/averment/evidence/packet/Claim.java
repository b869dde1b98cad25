package dev.averment.evidence.packet;

import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonNumber;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonValue;
import dev.averment.evidence.leaf.LeafTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One claim of the page as the packet shows it.
 *
 * @param id stable id, lower case with hyphens
 * @param text the promise, in the authoritative language
 * @param owner who answers for it
 * @param verdict what was known when the packet was made
 * @param reason why the verdict is what it is, in a sentence
 * @param collected when the newest evidence behind the verdict was observed; none if there never was any
 * @param expires when the verdict lapses
 * @param evidence sequence numbers, in the log, of the entries that it rests on
 * @param maps rows of standards it answers, such as {@code gdpr:32.1.c}
 * @param blindSpots what the checks behind it do not see
 */
public record Claim(
        String id,
        String text,
        String owner,
        Verdict verdict,
        String reason,
        Optional<Instant> collected,
        Optional<Instant> expires,
        List<Long> evidence,
        List<String> maps,
        List<String> blindSpots) {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Set<String> MEMBERS = Set.of(
            "id", "text", "owner", "verdict", "reason", "collected", "expires", "evidence", "maps", "blind_spots");

    public Claim {
        if (!isId(id)) {
            throw new IllegalArgumentException("a claim's id is lower case letters, digits and hyphens: " + id);
        }
        if (verdict.needsEvidence() && (evidence.isEmpty() || collected.isEmpty() || expires.isEmpty())) {
            throw new IllegalArgumentException("claim " + id + " is " + verdict.word()
                    + " but lacks entries, or the times between which they speak for it");
        }
        if (verdict == Verdict.EXEMPT && expires.isEmpty()) {
            throw new IllegalArgumentException("claim " + id + " is exempt without an end");
        }
        evidence = List.copyOf(evidence);
        maps = List.copyOf(maps);
        blindSpots = List.copyOf(blindSpots);
        collected = collected.map(Claim::micros);
        expires = expires.map(Claim::micros);
    }

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    private static Instant micros(Instant time) {
        return time.truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    }

    JsonObject json() {
        return JsonObject.of(
                "id",
                id,
                "text",
                text,
                "owner",
                owner,
                "verdict",
                verdict.word(),
                "reason",
                reason,
                "collected",
                collected.map(LeafTime::format).orElse(null),
                "expires",
                expires.map(LeafTime::format).orElse(null),
                "evidence",
                evidence,
                "maps",
                maps,
                "blind_spots",
                blindSpots);
    }

    static Claim parse(JsonObject json) throws JsonException, PacketException {
        json.requireOnly(MEMBERS);
        List<Long> evidence = new ArrayList<>();
        for (JsonValue item : json.array("evidence").items()) {
            if (!(item instanceof JsonNumber number)
                    || number.value() < 0
                    || number.value() != Math.rint(number.value())) {
                throw new JsonException("member \"evidence\" must hold sequence numbers");
            }
            evidence.add((long) number.value());
        }
        try {
            return new Claim(
                    json.string("id"),
                    json.string("text"),
                    json.string("owner"),
                    Verdict.parse(json.string("verdict")),
                    json.string("reason"),
                    time(json, "collected"),
                    time(json, "expires"),
                    evidence,
                    json.array("maps").strings(),
                    json.array("blind_spots").strings());
        } catch (IllegalArgumentException e) {
            throw new PacketException(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Instant> time(JsonObject json, String member) throws JsonException {
        return json.has(member) ? Optional.of(LeafTime.parse(json.string(member))) : Optional.empty();
    }
}
