package dev.averment.evidence.packet;

import static dev.averment.evidence.packet.BadPacketTest.bad;
import static dev.averment.evidence.packet.PacketFixture.NOW;
import static dev.averment.evidence.packet.PacketFixture.ORIGIN;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.packet.BadPacketTest.Bad;
import dev.averment.evidence.packet.BadPacketTest.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Packets that say better than their entries, or not all that the page promises. Their forger holds every key. */
final class BadVerdict {

    private BadVerdict() {}

    static Stream<Bad> corpus() {
        return Stream.of(
                bad(
                        "proven-over-a-failing-entry",
                        Question.INCLUSION,
                        "claim backup-restore says proven, but the entry of check drill says failing",
                        f -> {
                            f.dropEarlier();
                            f.rewriteHistory(BadPacketTest.FIXTURE
                                    .observed(ORIGIN, 123, "backup-restore", "drill", "failing")
                                    .bytes());
                            f.resign();
                        }),
                bad(
                        "unproven-over-a-failing-entry",
                        Question.INCLUSION,
                        "says unproven, but the entry of check drill says failing",
                        f -> {
                            f.dropEarlier();
                            f.rewriteHistory(BadPacketTest.FIXTURE
                                    .observed(ORIGIN, 123, "backup-restore", "drill", "failing")
                                    .bytes());
                            f.claim(0, claim -> with(claim, Verdict.UNPROVEN, claim.expires(), claim.evidence()));
                            f.resign();
                        }),
                bad(
                        "proven-over-an-attestation",
                        Question.INCLUSION,
                        "says proven, but the entry of check records says attested",
                        f -> {
                            f.claim(1, claim -> with(claim, Verdict.PROVEN, claim.expires(), claim.evidence()));
                            f.resign();
                        }),
                bad(
                        "second-check-left-out",
                        Question.INCLUSION,
                        "claim backup-restore says proven, but no entry of check encryption goes along",
                        f -> {
                            f.claim(0, claim -> with(claim, claim.verdict(), claim.expires(), List.of(123L)));
                            f.resign();
                        }),
                bad(
                        "stale-with-a-check-left-out",
                        Question.INCLUSION,
                        "says stale, but no entry of check encryption goes along",
                        f -> {
                            f.claim(0, claim -> with(claim, Verdict.STALE, claim.expires(), List.of(123L)));
                            f.resign();
                        }),
                bad(
                        "entry-of-another-claim",
                        Question.INCLUSION,
                        "rests on entry 5, which is about claim example/staff-training",
                        f -> {
                            f.claim(0, claim -> with(claim, claim.verdict(), claim.expires(), List.of(5L, 123L, 299L)));
                            f.resign();
                        }),
                bad(
                        "entry-of-a-check-that-is-not-asked",
                        Question.INCLUSION,
                        "of check easier, which does not speak for it",
                        f -> {
                            f.dropEarlier();
                            f.rewriteHistory(BadPacketTest.FIXTURE
                                    .observed(ORIGIN, 123, "backup-restore", "easier", "proven")
                                    .bytes());
                            f.resign();
                        }),
                bad(
                        "entry-that-is-no-observation",
                        Question.INCLUSION,
                        "an entry page.revised is no observation",
                        f -> {
                            f.claim(0, claim -> with(claim, claim.verdict(), claim.expires(), List.of(0L, 123L, 299L)));
                            f.resign();
                        }),
                bad("entry-under-a-later-revision", Question.INCLUSION, "was observed under revision 4", f -> {
                    f.dropEarlier();
                    f.rewriteHistory(BadPacketTest.FIXTURE
                            .leaf(
                                    ORIGIN,
                                    123,
                                    "check.observed",
                                    JsonObject.of(
                                            "page",
                                            "example",
                                            "revision",
                                            4,
                                            "claim",
                                            "backup-restore",
                                            "check",
                                            "drill",
                                            "verdict",
                                            "proven"))
                            .bytes());
                    f.resign();
                }),
                bad(
                        "holds-longer-than-its-observation-counts",
                        Question.INCLUSION,
                        "the observation of check drill counts until",
                        f -> {
                            f.claim(
                                    0,
                                    claim -> with(
                                            claim,
                                            claim.verdict(),
                                            Optional.of(NOW.plus(Duration.ofHours(40))),
                                            claim.evidence()));
                            f.resign();
                        }),
                bad("exempt-by-nobody", Question.INCLUSION, "which the page does not grant", f -> {
                    f.claim(0, claim -> with(claim, Verdict.EXEMPT, claim.expires(), claim.evidence()));
                    f.resign();
                }),
                bad(
                        "claim-left-out-everywhere",
                        Question.INCLUSION,
                        "the packet leaves out claim sub-processors",
                        f -> {
                            f.page(BadPacketTest.withClaims(
                                    f.page, f.page.claims().subList(0, 2)));
                            f.files.remove("claims/sub-processors.json");
                            f.files.put("declarations.cdx.json", Declarations.of(f.page));
                            f.resign();
                        }),
                bad("claim-that-is-not-promised", Question.INCLUSION, "claim invented is none of those", f -> {
                    Claim last = f.page.claims().getLast();
                    Claim invented = new Claim(
                            "invented",
                            last.text(),
                            last.owner(),
                            last.verdict(),
                            last.reason(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            List.of(),
                            List.of());
                    f.page(BadPacketTest.withClaims(
                            f.page,
                            Stream.concat(f.page.claims().stream(), Stream.of(invented))
                                    .toList()));
                    f.put(
                            "claims/invented.json",
                            JsonObject.of("claim", invented.json()).toPrettyJson());
                    f.files.put("declarations.cdx.json", Declarations.of(f.page));
                    f.resign();
                }),
                bad("page-put-in-force-by-an-observation", Question.INCLUSION, "entry 123 puts no page in force", f -> {
                    f.page(inForceBy(f.page, 123));
                    f.resign();
                }),
                bad(
                        "page-put-in-force-by-nothing",
                        Question.INCLUSION,
                        "put in force by entry 7, which is missing",
                        f -> {
                            f.page(inForceBy(f.page, 7));
                            f.resign();
                        }),
                bad("promises-not-shown", Question.INCLUSION, "must disclose what is promised to one reader", f -> {
                    TlogProof proof = TlogProof.parse(f.files.get("evidence/proofs/0.tlog-proof"));
                    f.files.put(
                            "evidence/proofs/0.tlog-proof",
                            new TlogProof(Optional.empty(), 0, proof.path(), proof.checkpoint()).toBytes());
                    f.resign();
                }));
    }

    private static Page inForceBy(Page page, long seq) {
        return new Page(
                page.id(),
                page.title(),
                page.organisation(),
                page.created(),
                page.origin(),
                page.size(),
                page.sourceSha256(),
                seq,
                page.claims());
    }

    private static Claim with(Claim claim, Verdict verdict, Optional<Instant> expires, List<Long> evidence) {
        return new Claim(
                claim.id(),
                claim.text(),
                claim.owner(),
                verdict,
                claim.reason(),
                claim.collected(),
                expires,
                evidence,
                claim.maps(),
                claim.blindSpots());
    }
}
