package dev.averment.server.claims;

import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.prove.Standing;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.claims.Wording;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.packet.Promises;
import dev.averment.evidence.packet.Verdict;
import dev.averment.server.claims.PageState.CheckState;
import dev.averment.server.claims.PageState.ClaimState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a packet: those that a revision of the page commits to when it comes into force, and beside them, later, what
 * was observed. One place for both, since the packet verifies only while they are the same.
 */
final class PacketWords {
    static final String NOT_PUBLISHED = "the observation is not in a published checkpoint yet";

    private PacketWords() {}

    static String title(Page page) {
        return Wording.of(page).text(page.title(), page.authoritative());
    }

    static String sentence(Page page, Claim claim) {
        return Wording.of(page).sentence(claim, page.authoritative());
    }

    /** What the page promises of {@code claim}. */
    static Promises.Promise promise(Page page, Claim claim, CheckTypes types) {
        var words = new dev.averment.evidence.packet.Claim(
                claim.id(),
                sentence(page, claim),
                claim.owner(),
                Verdict.UNPROVEN,
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                claim.maps(),
                claim.checks().stream()
                        .flatMap(check -> blindSpots(check, types).stream())
                        .distinct()
                        .toList());
        List<JsonObject> checks =
                claim.checks().stream().map(PacketWords::asked).toList();
        return Promises.Promise.of(
                words,
                Optional.of(detail(claim, checks)),
                claim.checks().stream()
                        .map(check -> new Promises.Check(check.id(), check.valid()))
                        .toList(),
                Optional.ofNullable(claim.exemption())
                        .map(exemption -> new Promises.Exemption(
                                exemption.until(),
                                new Standing(dev.averment.claims.Verdict.UNPROVEN, "")
                                        .under(exemption, Instant.MIN)
                                        .reason())));
    }

    private static List<String> blindSpots(CheckBinding check, CheckTypes types) {
        return types.find(check.type()) instanceof CheckTypes.Built built
                ? built.type().blindSpots()
                : List.of();
    }

    /**
     * What the packet says of a claim beyond its sentence: each check with its type and what it was compared with.
     *
     * @param shown ids of the checks whose entries go along; of others a reader who is offline knows nothing
     */
    static JsonObject detail(ClaimState claim, Set<String> shown) {
        List<JsonObject> checks = new ArrayList<>();
        for (CheckState check : claim.checks()) {
            boolean told = check.observation() == null
                    || shown.contains(check.binding().id());
            Verdict verdict = told ? Verdict.valueOf(check.verdict().name()) : Verdict.UNPROVEN;
            checks.add(asked(check.binding())
                    .with("verdict", verdict.word())
                    .with("reason", told ? check.reason() : NOT_PUBLISHED));
        }
        return detail(claim.claim(), checks);
    }

    private static JsonObject detail(Claim claim, List<JsonObject> checks) {
        return JsonObject.of("audience", claim.audience().word(), "params", claim.params(), "checks", checks);
    }

    private static JsonObject asked(CheckBinding check) {
        return JsonObject.of("id", check.id(), "type", check.type(), "with", check.with(), "expect", check.expect());
    }
}
