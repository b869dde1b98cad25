package dev.averment.evidence.packet;

import static dev.averment.evidence.packet.BadPacketTest.FIXTURE;
import static dev.averment.evidence.packet.BadPacketTest.bad;
import static dev.averment.evidence.packet.PacketFixture.ORIGIN;

import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.InMemoryLog;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteSigner;
import dev.averment.evidence.packet.BadPacketTest.Bad;
import dev.averment.evidence.packet.BadPacketTest.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The bad packets whose defect is in what they say of the log's past: earlier checkpoints and the anchor. */
final class BadHistory {

    /** The fixture anchors its own checkpoint. */
    private static final String ANCHOR = PacketLayout.anchor(300);

    private BadHistory() {}

    static Stream<Bad> corpus() {
        return Stream.concat(consistency(), anchoring());
    }

    private static byte[] proof(PacketContents.Anchor anchor) {
        return new TlogProof(Optional.empty(), anchor.index(), anchor.inclusion(), anchor.checkpoint()).toBytes();
    }

    /** A checkpoint of size 200 that the log never had, signed by the log's key. */
    private static byte[] contradiction() {
        return new Checkpoint(ORIGIN, 200, InMemoryLog.leaf(1)).sign(FIXTURE.logSigner);
    }

    private static Stream<Bad> consistency() {
        return Stream.of(
                bad("rewritten-history", Question.CONSISTENCY, "history was rewritten", f -> {
                    f.rewriteHistory(FIXTURE.leaf(ORIGIN, 124).bytes());
                    f.resign();
                }),
                bad("altered-consistency-proof", Question.CONSISTENCY, "the proof is wrong", f -> {
                    f.put(
                            "evidence/earlier/200.proof",
                            f.text("evidence/earlier/200.proof")
                                    .lines()
                                    .skip(1)
                                    .reduce("", (all, line) -> all + line + "\n"));
                    f.resign();
                }),
                bad("consistency-proof-not-hashes", Question.CONSISTENCY, "evidence/earlier/200.checkpoint", f -> {
                    f.put("evidence/earlier/200.proof", "hello\n");
                    f.resign();
                }),
                bad("earlier-checkpoint-of-another-size", Question.CONSISTENCY, "is a checkpoint of size 199", f -> {
                    f.files.put("evidence/earlier/200.checkpoint", FIXTURE.checkpoint(199));
                    f.resign();
                }),
                bad(
                        "earlier-checkpoint-by-another-key",
                        Question.CONSISTENCY,
                        "not signed by a key that you trust",
                        f -> {
                            f.files.put(
                                    "evidence/earlier/200.checkpoint",
                                    Checkpoint.peek(FIXTURE.checkpoint(200)).sign(NoteSigner.generate(ORIGIN)));
                            f.resign();
                        }),
                bad(
                        "earlier-checkpoint-newer-than-the-checkpoint",
                        Question.CONSISTENCY,
                        "is not earlier than the packet's checkpoint",
                        f -> {
                            f.files.put(
                                    "evidence/earlier/301.checkpoint",
                                    new Checkpoint(ORIGIN, 301, InMemoryLog.leaf(1)).sign(FIXTURE.logSigner));
                            f.put("evidence/earlier/301.proof", "");
                            f.resign();
                        }),
                bad("earlier-checkpoint-without-proof", Question.CONSISTENCY, "lacks its proof", f -> {
                    f.files.remove("evidence/earlier/200.proof");
                    f.resign();
                }),
                bad("earlier-checkpoint-that-contradicts", Question.CONSISTENCY, "history was rewritten", f -> {
                    f.files.put("evidence/earlier/200.checkpoint", contradiction());
                    f.resign();
                }),
                bad("anchored-checkpoint-that-contradicts", Question.CONSISTENCY, "history was rewritten", f -> {
                    f.files.put("evidence/earlier/200.checkpoint", contradiction());
                    f.anchor(FIXTURE.anchor(contradiction()));
                    f.resign();
                }),
                bad(
                        "earlier-checkpoint-of-another-log",
                        Question.CONSISTENCY,
                        "it is signed by log.example/w/other",
                        f -> {
                            NoteSigner other = NoteSigner.fromSeed("log.example/w/other", PacketFixture.seed(1));
                            Checkpoint old = Checkpoint.peek(FIXTURE.checkpoint(200));
                            f.files.put(
                                    "evidence/earlier/200.checkpoint",
                                    new Checkpoint("log.example/w/other", 200, old.root()).sign(other));
                            f.resign();
                        }),
                bad("earlier-checkpoint-that-is-this-one", Question.CONSISTENCY, "is not earlier", f -> {
                    f.files.put("evidence/earlier/300.checkpoint", FIXTURE.checkpoint(300));
                    f.put("evidence/earlier/300.proof", "");
                    f.resign();
                }),
                bad("earlier-checkpoint-of-the-empty-log", Question.CONSISTENCY, "is of the empty log", f -> {
                    f.files.put(
                            "evidence/earlier/0.checkpoint",
                            new Checkpoint(ORIGIN, 0, TreeHash.EMPTY_ROOT).sign(FIXTURE.logSigner));
                    f.put("evidence/earlier/0.proof", "");
                    f.resign();
                }),
                bad("consistency-proof-without-checkpoint", Question.CONSISTENCY, "or a proof its checkpoint", f -> {
                    f.files.remove("evidence/earlier/200.checkpoint");
                    f.resign();
                }),
                bad("consistency-proofs-swapped", Question.CONSISTENCY, "the proof is wrong", f -> {
                    byte[] first = f.files.get("evidence/earlier/1.proof");
                    f.files.put("evidence/earlier/1.proof", f.files.get("evidence/earlier/200.proof"));
                    f.files.put("evidence/earlier/200.proof", first);
                    f.resign();
                }),
                bad("too-many-earlier-checkpoints", Question.CONSISTENCY, "more than 64", f -> {
                    for (int size = 2; size < 70; size++) {
                        f.files.put(PacketLayout.earlier(size), FIXTURE.checkpoint(size));
                        f.put(PacketLayout.earlierProof(size), "");
                    }
                    f.resign();
                }));
    }

    private static Stream<Bad> anchoring() {
        return Stream.of(
                bad("anchor-of-another-checkpoint", Question.ANCHORING, "size 300 is not entry 13", f -> {
                    f.files.put(ANCHOR, proof(FIXTURE.anchor(FIXTURE.checkpoint(299))));
                    f.resign();
                }),
                bad("anchor-key-that-the-seal-does-not-name", Question.ANCHORING, "is not the anchor key", f -> {
                    f.put(
                            "keys/anchor.vkey",
                            NoteSigner.generate("log.example/anchor").vkey() + "\n");
                    f.resign();
                }),
                bad("anchor-signed-by-another-key", Question.ANCHORING, "not signed by a key that you trust", f -> {
                    TlogProof proof = TlogProof.parse(f.files.get(ANCHOR));
                    f.files.put(
                            ANCHOR,
                            new TlogProof(
                                            Optional.empty(),
                                            13,
                                            proof.path(),
                                            Checkpoint.peek(proof.checkpoint())
                                                    .sign(NoteSigner.generate("log.example/anchor")))
                                    .toBytes());
                    f.resign();
                }),
                bad("anchor-removed-but-sealed", Question.ANCHORING, "one is missing", f -> {
                    f.files.remove(ANCHOR);
                    f.resign();
                }),
                bad("anchor-not-sealed", Question.ANCHORING, "one is missing", f -> {
                    f.anchorKey = Optional.empty();
                    f.resign();
                }),
                bad("anchor-with-extra-data", Question.ANCHORING, "extra data", f -> {
                    TlogProof proof = TlogProof.parse(f.files.get(ANCHOR));
                    f.files.put(
                            ANCHOR,
                            new TlogProof(Optional.of(new byte[] {1}), 13, proof.path(), proof.checkpoint()).toBytes());
                    f.resign();
                }),
                bad(
                        "anchor-of-a-checkpoint-that-is-not-there",
                        Question.ANCHORING,
                        "which the packet does not have",
                        f -> {
                            f.anchor(FIXTURE.anchor(FIXTURE.checkpoint(150)));
                            f.resign();
                        }),
                bad(
                        "anchor-of-an-earlier-checkpoint-under-another-size",
                        Question.ANCHORING,
                        "size 1 is not entry 13",
                        f -> {
                            f.files.remove(ANCHOR);
                            f.files.put(PacketLayout.anchor(1), proof(FIXTURE.anchor(FIXTURE.checkpoint(200))));
                            f.resign();
                        }),
                bad("anchor-of-another-logs-checkpoint", Question.ANCHORING, "size 300 is not entry 13", f -> {
                    NoteSigner other = NoteSigner.fromSeed("log.example/w/other", PacketFixture.seed(1));
                    Checkpoint own = Checkpoint.peek(FIXTURE.checkpoint(300));
                    f.anchor(FIXTURE.anchor(new Checkpoint("log.example/w/other", 300, own.root()).sign(other)));
                    f.resign();
                }),
                bad("anchor-in-another-anchor-log", Question.ANCHORING, "it is signed by other.example/anchor", f -> {
                    TlogProof proof = TlogProof.parse(f.files.get(ANCHOR));
                    Checkpoint anchor = Checkpoint.peek(proof.checkpoint());
                    NoteSigner other = NoteSigner.fromSeed("other.example/anchor", PacketFixture.seed(2));
                    f.files.put(
                            ANCHOR,
                            new TlogProof(
                                            Optional.empty(),
                                            13,
                                            proof.path(),
                                            new Checkpoint("other.example/anchor", anchor.size(), anchor.root())
                                                    .sign(other))
                                    .toBytes());
                    f.resign();
                }),
                bad("anchor-log-that-is-the-log-itself", Question.ANCHORING, "the anchor log is the log itself", f -> {
                    TlogProof proof = TlogProof.parse(f.files.get(ANCHOR));
                    Checkpoint anchor = Checkpoint.peek(proof.checkpoint());
                    f.anchorKey = Optional.of(FIXTURE.logSigner.vkey());
                    f.put("keys/anchor.vkey", FIXTURE.logSigner.vkey() + "\n");
                    f.files.put(
                            ANCHOR,
                            new TlogProof(
                                            Optional.empty(),
                                            13,
                                            proof.path(),
                                            new Checkpoint(ORIGIN, anchor.size(), anchor.root())
                                                    .sign(FIXTURE.logSigner))
                                    .toBytes());
                    f.resign();
                }),
                bad("anchor-at-another-index", Question.ANCHORING, "size 300 is not entry 12", f -> {
                    f.replace(ANCHOR, "index 13\n", "index 12\n");
                    f.resign();
                }),
                bad("anchor-beyond-the-anchor-log", Question.ANCHORING, "size 300 is not entry 45", f -> {
                    f.replace(ANCHOR, "index 13\n", "index 45\n");
                    f.resign();
                }),
                bad("anchor-proof-one-hash-short", Question.ANCHORING, "size 300 is not entry 13", f -> {
                    TlogProof proof = TlogProof.parse(f.files.get(ANCHOR));
                    List<Hash> path = proof.path().subList(0, proof.path().size() - 1);
                    f.files.put(ANCHOR, new TlogProof(Optional.empty(), 13, path, proof.checkpoint()).toBytes());
                    f.resign();
                }),
                bad("two-anchors", Question.ANCHORING, "has 2 anchors", f -> {
                    f.files.put(PacketLayout.anchor(200), proof(FIXTURE.anchor(FIXTURE.checkpoint(200))));
                    f.resign();
                }));
    }
}
