package dev.averment.evidence.packet;

import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the reasons that a packet gives are those of its entries. That of a proven or attested claim or check is an entry's,
 * that of a failing one begins with it (a server adds what contradicts the entry), that of an exempt claim is the page's. Why
 * something is stale or unproven is the server's own word, of which no entry speaks.
 */
final class Reasons {

    private Reasons() {}

    /** @param newest what was last observed of each check */
    static void require(
            Claim claim, Optional<JsonObject> detail, Promises.Promise promise, Map<String, Observed> newest)
            throws PacketException {
        String of = "claim " + claim.id();
        if (claim.verdict() == Verdict.EXEMPT) {
            if (!promise.exemption().map(Promises.Exemption::says).equals(Optional.of(claim.reason()))) {
                throw new PacketException(of + " gives another reason for its exemption than the page");
            }
        } else {
            requireReason(of, claim.verdict(), claim.reason(), List.copyOf(newest.values()));
        }
        if (detail.isEmpty() || !detail.get().has("checks")) {
            return;
        }
        try {
            for (JsonObject check : detail.get().array("checks").objects()) {
                String id = check.string("id");
                Verdict verdict = Verdict.parse(check.string("verdict"));
                Observed observed = newest.get(id);
                if (verdict.compareTo(observed == null ? Verdict.UNPROVEN : observed.verdict()) < 0) {
                    throw new PacketException(
                            "check " + id + " of " + of + " says " + verdict.word() + ", and its entry does not");
                }
                requireReason(
                        "check " + id + " of " + of,
                        verdict,
                        check.string("reason"),
                        observed == null ? List.of() : List.of(observed));
            }
        } catch (JsonException e) {
            throw new PacketException(PacketLayout.claim(claim.id()) + ": " + e.getMessage());
        }
    }

    private static void requireReason(String of, Verdict verdict, String reason, List<Observed> observed)
            throws PacketException {
        List<String> given = observed.stream()
                .filter(seen -> seen.verdict() == verdict)
                .map(Observed::reason)
                .toList();
        boolean said = switch (verdict) {
            case PROVEN, ATTESTED -> given.contains(reason);
            case FAILING -> given.isEmpty() || given.stream().anyMatch(reason::startsWith);
            case EXEMPT, STALE, UNPROVEN -> true;
        };
        if (!said) {
            throw new PacketException(of + " gives another reason than its entries: " + reason);
        }
    }
}
