package dev.averment.evidence.packet;

import static dev.averment.evidence.packet.PacketFixture.NOW;
import static dev.averment.evidence.packet.PacketFixture.ORIGIN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.evidence.dsse.Bundle;
import dev.averment.evidence.dsse.Statement;
import dev.averment.evidence.dsse.StatementSigner;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonArray;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonString;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.InMemoryLog;
import dev.averment.evidence.merkle.Prover;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.Ed25519;
import dev.averment.evidence.note.NoteSigner;
import dev.averment.evidence.note.Vkey;
import dev.averment.evidence.packet.PacketReport.Overall;
import dev.averment.evidence.packet.PacketReport.Result;
import dev.averment.evidence.packet.PacketReport.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus of bad packets, each named by its defect. Here the forger holds keys and signs his forgery properly, so that
 * each defect reaches the one check that is there for it.
 */
class BadPacketTest {

    static final PacketFixture FIXTURE = new PacketFixture();
    private static final Packet GOOD = read(FIXTURE.packet());

    private static Packet read(byte[] zip) {
        try {
            return Packet.read(zip);
        } catch (PacketException e) {
            throw new IllegalStateException(e);
        }
    }

    enum Question {
        INTEGRITY,
        SIGNATURE,
        INCLUSION,
        CONSISTENCY,
        ANCHORING
    }

    interface Forgery {
        void apply(Forger forger) throws Exception;
    }

    record Bad(String defect, Question refusedBy, String reason, Forgery forgery) {
        @Override
        public String toString() {
            return defect;
        }
    }

    /** Alters content, then lists and signs it all again. */
    static final class Forger {
        final TreeMap<String, byte[]> files = new TreeMap<>(GOOD.files());
        PacketKeys keys = FIXTURE.keys();
        Optional<Vkey> anchorKey = Optional.of(FIXTURE.anchorSigner.vkey());
        Page page;
        boolean derived = true;

        Forger() throws PacketException {
            page = Page.parse(files.get("page.json"));
        }

        String text(String name) {
            return new String(files.get(name), UTF_8);
        }

        void put(String name, String text) {
            files.put(name, text.getBytes(UTF_8));
        }

        void replace(String name, String what, String with) {
            assertThat(text(name)).contains(what);
            put(name, text(name).replace(what, with));
        }

        void page(Page changed) {
            page = changed;
            files.put("page.json", changed.bytes());
        }

        void resign() {
            for (String over :
                    List.of("sha256sums.txt", "sha256sums.txt.sig", "seal.note", "statement.sigstore.json")) {
                files.remove(over);
            }
            derive();
            PacketWriter.sign(files, page, keys, anchorKey);
        }

        /** Writes again what follows from the rest, where the forgery is not about that. */
        private void derive() {
            if (derived
                    && Arrays.equals(
                            files.get("declarations.cdx.json"), GOOD.files().get("declarations.cdx.json"))) {
                files.put("declarations.cdx.json", Declarations.of(page));
            }
        }

        /** Signs the statement again over altered files that it names. */
        void restate(JsonObject predicate) throws Exception {
            files.remove("statement.sigstore.json");
            TreeMap<String, Hash> subjects = new TreeMap<>();
            files.forEach((name, bytes) -> subjects.put(name, Hash.sha256(bytes)));
            files.put(
                    "statement.sigstore.json",
                    Bundle.sign(new Statement(subjects, PacketLayout.PREDICATE_TYPE, predicate), keys.statement()));
        }

        /** Another tree of the same size, with this leaf at 123, signed by the log's key. */
        void rewriteHistory(byte[] leaf) throws Exception {
            List<Hash> hashes =
                    new ArrayList<>(FIXTURE.leaves.stream().map(Leaf::hash).toList());
            hashes.set(123, dev.averment.evidence.merkle.TreeHash.leaf(leaf));
            InMemoryLog log = new InMemoryLog();
            Hash root = log.append(hashes).root();
            byte[] signed = new Checkpoint(ORIGIN, 300, root).sign(FIXTURE.logSigner);
            files.put("evidence/checkpoint", signed);
            for (long seq : new long[] {0, 5, 123, 299}) {
                files.put(
                        PacketLayout.proof(seq),
                        new TlogProof(
                                        seq == 123
                                                ? Optional.empty()
                                                : TlogProof.parse(files.get(PacketLayout.proof(seq)))
                                                        .extra(),
                                        seq,
                                        new Prover(log, 300).inclusion(seq),
                                        signed)
                                .toBytes());
            }
            files.put("evidence/entries/123.json", leaf);
            anchor(FIXTURE.anchor(signed));
        }

        /** Puts this anchor in place of the one that is there. */
        void anchor(PacketContents.Anchor anchor) {
            files.keySet().removeIf(name -> name.startsWith("evidence/anchor/"));
            files.put(PacketLayout.anchor(anchor.size()), proof(anchor).toBytes());
        }

        private static TlogProof proof(PacketContents.Anchor anchor) {
            return new TlogProof(Optional.empty(), anchor.index(), anchor.inclusion(), anchor.checkpoint());
        }

        /** Alters one claim wherever it stands. */
        void claim(int index, java.util.function.UnaryOperator<Claim> change) {
            page(withClaim(page, index, change));
            Claim changed = page.claims().get(index);
            put(
                    PacketLayout.claim(changed.id()),
                    JsonObject.of("claim", changed.json(), "detail", detail(changed))
                            .toPrettyJson());
        }

        /** The detail that stands in the file of a claim. */
        private JsonObject detail(Claim claim) {
            try {
                JsonObject file = Json.parseObject(files.get(PacketLayout.claim(claim.id())));
                return file.has("detail") ? file.object("detail") : null;
            } catch (dev.averment.evidence.json.JsonException e) {
                throw new IllegalStateException(e);
            }
        }

        void dropEarlier() {
            files.keySet().removeIf(name -> name.startsWith("evidence/earlier/"));
        }
    }

    static Bad bad(String defect, Question refusedBy, String reason, Forgery forgery) {
        return new Bad(defect, refusedBy, reason, forgery);
    }

    static Stream<Bad> corpus() {
        return Stream.of(contents(), BadVerdict.corpus(), BadWords.corpus(), BadHistory.corpus())
                .flatMap(all -> all);
    }

    private static Stream<Bad> contents() {
        return Stream.of(
                // what the packet says of itself
                bad("unknown-file", Question.INTEGRITY, "does not belong in a packet", f -> {
                    f.put("notes.txt", "hello");
                    f.resign();
                }),
                bad("nested-unknown-file", Question.INTEGRITY, "does not belong in a packet", f -> {
                    f.put("evidence/entries/007.json", "{}");
                    f.resign();
                }),
                bad("sums-of-an-older-file", Question.INTEGRITY, "sha256sums.txt does not match page.yaml", f -> {
                    f.put("page.yaml", "page: other\n");
                    f.restate(PacketWriter.predicate(f.page));
                }),
                bad("statement-omits-a-file", Question.INTEGRITY, "does not name exactly the other files", f -> {
                    TreeMap<String, Hash> subjects = new TreeMap<>();
                    f.files.remove("statement.sigstore.json");
                    f.files.forEach((name, bytes) -> subjects.put(name, Hash.sha256(bytes)));
                    subjects.remove("page.yaml");
                    f.files.put(
                            "statement.sigstore.json",
                            Bundle.sign(
                                    new Statement(
                                            subjects, PacketLayout.PREDICATE_TYPE, PacketWriter.predicate(f.page)),
                                    f.keys.statement()));
                }),
                bad(
                        "statement-of-another-predicate-type",
                        Question.INTEGRITY,
                        "predicate type https://example.com/x",
                        f -> {
                            TreeMap<String, Hash> subjects = new TreeMap<>();
                            f.files.remove("statement.sigstore.json");
                            f.files.forEach((name, bytes) -> subjects.put(name, Hash.sha256(bytes)));
                            f.files.put(
                                    "statement.sigstore.json",
                                    Bundle.sign(
                                            new Statement(
                                                    subjects, "https://example.com/x", PacketWriter.predicate(f.page)),
                                            f.keys.statement()));
                        }),
                bad(
                        "predicate-with-a-kinder-verdict",
                        Question.INTEGRITY,
                        "predicate does not say what page.json says",
                        f -> {
                            Page kinder = withClaim(f.page, 2, claim -> verdict(claim, Verdict.STALE));
                            f.restate(PacketWriter.predicate(kinder));
                        }),
                bad("omitted-claim-on-the-page", Question.INTEGRITY, "page.json leaves out claim sub-processors", f -> {
                    f.page(withClaims(f.page, f.page.claims().subList(0, 2)));
                    f.resign();
                }),
                bad(
                        "omitted-claim-everywhere-but-declarations",
                        Question.INTEGRITY,
                        "declarations.cdx.json does not say",
                        f -> {
                            f.page(withClaims(f.page, f.page.claims().subList(0, 2)));
                            f.files.remove("claims/sub-processors.json");
                            f.derived = false;
                            f.resign();
                        }),
                bad("missing-claim-file", Question.INTEGRITY, "claims/staff-training.json is missing", f -> {
                    f.files.remove("claims/staff-training.json");
                    f.resign();
                }),
                bad("claim-file-with-another-text", Question.INTEGRITY, "does not say what page.json says", f -> {
                    f.replace("claims/staff-training.json", "once a year", "twice a year");
                    f.resign();
                }),
                bad("claim-file-not-json", Question.INTEGRITY, "claims/staff-training.json", f -> {
                    f.put("claims/staff-training.json", "{");
                    f.resign();
                }),
                bad("page-of-another-source", Question.INTEGRITY, "belongs to another page.yaml", f -> {
                    f.put("page.yaml", "page: other\n");
                    f.resign();
                }),
                bad("page-with-a-claim-twice", Question.INTEGRITY, "stands twice", f -> {
                    String claim = f.text("page.json");
                    int from = claim.indexOf("    {\n");
                    int to = claim.indexOf("    },\n") + "    },\n".length();
                    f.put("page.json", claim.substring(0, to) + claim.substring(from, to) + claim.substring(to));
                    f.resign();
                }),
                bad("page-with-unknown-member", Question.INTEGRITY, "unknown member \"trust\"", f -> {
                    f.replace("page.json", "\"v\": 1", "\"trust\": true,\n  \"v\": 1");
                    f.resign();
                }),
                bad("page-of-unknown-version", Question.INTEGRITY, "version 2", f -> {
                    f.replace("page.json", "\"v\": 1", "\"v\": 2");
                    f.resign();
                }),
                bad("page-without-claims", Question.INTEGRITY, "without claims proves nothing", f -> {
                    String json = f.text("page.json");
                    f.put(
                            "page.json",
                            json.substring(0, json.indexOf("  \"claims\"")) + "  \"claims\": [],\n"
                                    + json.substring(json.indexOf("  \"created\"")));
                    f.resign();
                }),
                bad("unknown-verdict", Question.INTEGRITY, "unknown verdict \"splendid\"", f -> {
                    f.replace("page.json", "\"verdict\": \"proven\"", "\"verdict\": \"splendid\"");
                    f.resign();
                }),
                bad("proven-without-entries", Question.INTEGRITY, "lacks entries", f -> {
                    f.replace("page.json", "\"verdict\": \"unproven\"", "\"verdict\": \"proven\"");
                    f.resign();
                }),
                bad("declarations-not-json", Question.INTEGRITY, "declarations.cdx.json", f -> {
                    f.put("declarations.cdx.json", "[]");
                    f.resign();
                }),
                // who signed it
                bad("foreign-log-key", Question.SIGNATURE, "not for the key you gave", f -> {
                    NoteSigner own = NoteSigner.generate(ORIGIN);
                    f.put("keys/log.vkey", own.vkey() + "\n");
                    f.keys = new PacketKeys(own, f.keys.statement(), f.keys.ssh());
                    f.resign();
                }),
                bad("sealed-by-another-key", Question.SIGNATURE, "seal.note", f -> {
                    f.keys = new PacketKeys(NoteSigner.generate(ORIGIN), f.keys.statement(), f.keys.ssh());
                    f.resign();
                }),
                bad("seal-of-another-packet", Question.SIGNATURE, "seals other files", f -> {
                    byte[] seal = f.files.get("seal.note");
                    f.dropEarlier();
                    f.resign();
                    f.files.put("seal.note", seal);
                    f.restate(PacketWriter.predicate(f.page));
                }),
                bad("seal-with-an-extra-line", Question.SIGNATURE, "not a seal of version 1", f -> {
                    String note = f.text("seal.note");
                    String text = note.substring(0, note.indexOf("\n\n") + 1);
                    f.files.put("seal.note", FIXTURE.logSigner.sign(text + "also this\n"));
                    f.restate(PacketWriter.predicate(f.page));
                }),
                bad("checkpoint-in-place-of-the-seal", Question.SIGNATURE, "not a seal of version 1", f -> {
                    f.files.put("seal.note", f.files.get("evidence/checkpoint"));
                    f.restate(PacketWriter.predicate(f.page));
                }),
                bad("second-statement-key", Question.SIGNATURE, "keys/statement.pem is not the statement key", f -> {
                    StatementSigner second = new StatementSigner(StatementSigner.generateKeys());
                    f.put("keys/statement.pem", second.publicKey().pem());
                    f.resign();
                }),
                bad("statement-by-an-unsealed-key", Question.SIGNATURE, "says it is signed with key", f -> {
                    f.keys = new PacketKeys(
                            f.keys.log(), new StatementSigner(StatementSigner.generateKeys()), f.keys.ssh());
                    f.restate(PacketWriter.predicate(f.page));
                }),
                bad("second-ssh-key", Question.SIGNATURE, "allowed_signers does not name the SSH key", f -> {
                    f.files.put(
                            "allowed_signers",
                            PacketLayout.allowedSigners(ORIGIN, SshSignature.publicKey(Ed25519.generate())));
                    f.resign();
                }),
                bad("ssh-signature-in-another-namespace", Question.SIGNATURE, "sha256sums.txt.sig is not", f -> {
                    f.put(
                            "sha256sums.txt.sig",
                            SshSignature.sign(FIXTURE.sshKeys, "git", f.files.get("sha256sums.txt")));
                    f.restate(PacketWriter.predicate(f.page));
                }),
                bad("ssh-signature-of-another-message", Question.SIGNATURE, "sha256sums.txt.sig is not", f -> {
                    f.put("sha256sums.txt.sig", SshSignature.sign(FIXTURE.sshKeys, "averment-packet", new byte[0]));
                    f.restate(PacketWriter.predicate(f.page));
                }),
                bad("page-made-at-another-time-than-sealed", Question.SIGNATURE, "different logs or times", f -> {
                    Page later = new Page(
                            f.page.id(),
                            f.page.title(),
                            f.page.organisation(),
                            f.page.created().plusSeconds(1),
                            f.page.origin(),
                            f.page.size(),
                            f.page.sourceSha256(),
                            f.page.inForce(),
                            f.page.claims());
                    f.files.put("page.json", later.bytes());
                    f.files.put("declarations.cdx.json", Declarations.of(later));
                    f.resign();
                    f.restate(PacketWriter.predicate(later));
                }),
                bad("checkpoint-signed-by-another-key", Question.SIGNATURE, "evidence/checkpoint", f -> {
                    f.files.put(
                            "evidence/checkpoint",
                            Checkpoint.peek(f.files.get("evidence/checkpoint")).sign(NoteSigner.generate(ORIGIN)));
                    f.resign();
                }),
                bad(
                        "wrong-origin-checkpoint",
                        Question.SIGNATURE,
                        "the checkpoint is of log log.example/w/other",
                        f -> {
                            Checkpoint real = Checkpoint.peek(f.files.get("evidence/checkpoint"));
                            f.files.put(
                                    "evidence/checkpoint",
                                    FIXTURE.logSigner.sign(
                                            new Checkpoint("log.example/w/other", 300, real.root()).text()));
                            f.resign();
                        }),
                bad("stale-checkpoint-size", Question.SIGNATURE, "page.json is about size 300", f -> {
                    f.files.put("evidence/checkpoint", FIXTURE.checkpoint(299));
                    f.resign();
                }),
                bad("log-key-file-with-two-lines", Question.SIGNATURE, "keys/log.vkey", f -> {
                    f.put("keys/log.vkey", f.text("keys/log.vkey") + "\n");
                    f.resign();
                }),
                // what stands in the log
                bad("altered-entry", Question.INCLUSION, "is not entry 123 of the log", f -> {
                    f.replace("evidence/entries/123.json", "PT11M", "PT01M");
                    f.resign();
                }),
                bad("missing-entry", Question.INCLUSION, "rests on entry 123, which is missing", f -> {
                    f.files.remove("evidence/entries/123.json");
                    f.files.remove("evidence/proofs/123.tlog-proof");
                    f.resign();
                }),
                bad("missing-proof", Question.INCLUSION, "evidence/entries/123.json has no proof", f -> {
                    f.files.remove("evidence/proofs/123.tlog-proof");
                    f.resign();
                }),
                bad("proof-without-entry", Question.INCLUSION, "evidence/proofs/123.tlog-proof has no entry", f -> {
                    f.files.remove("evidence/entries/123.json");
                    f.resign();
                }),
                bad("swapped-proofs", Question.INCLUSION, "is the proof of entry", f -> {
                    byte[] first = f.files.get("evidence/proofs/0.tlog-proof");
                    f.files.put("evidence/proofs/0.tlog-proof", f.files.get("evidence/proofs/123.tlog-proof"));
                    f.files.put("evidence/proofs/123.tlog-proof", first);
                    f.resign();
                }),
                bad("swapped-entries", Question.INCLUSION, "is not entry 0 of the log", f -> {
                    byte[] first = f.files.get("evidence/entries/0.json");
                    f.files.put("evidence/entries/0.json", f.files.get("evidence/entries/123.json"));
                    f.files.put("evidence/entries/123.json", first);
                    f.resign();
                }),
                bad("proof-with-another-index", Question.INCLUSION, "is the proof of entry 122", f -> {
                    f.replace("evidence/proofs/123.tlog-proof", "index 123", "index 122");
                    f.resign();
                }),
                bad("renumbered-entry", Question.INCLUSION, "is not entry 122 of the log", f -> {
                    f.files.put("evidence/entries/122.json", f.files.get("evidence/entries/123.json"));
                    f.put(
                            "evidence/proofs/122.tlog-proof",
                            f.text("evidence/proofs/123.tlog-proof").replace("index 123", "index 122"));
                    f.resign();
                }),
                bad("entry-beyond-the-checkpoint", Question.INCLUSION, "is not entry 300 of the log of 300", f -> {
                    f.files.put("evidence/entries/300.json", f.files.get("evidence/entries/299.json"));
                    f.put(
                            "evidence/proofs/300.tlog-proof",
                            f.text("evidence/proofs/299.tlog-proof").replace("index 299", "index 300"));
                    f.resign();
                }),
                bad("proof-for-another-checkpoint", Question.INCLUSION, "is for another checkpoint", f -> {
                    f.files.put(
                            "evidence/proofs/123.tlog-proof",
                            new TlogProof(
                                            Optional.empty(),
                                            123,
                                            new Prover(FIXTURE.log, 200).inclusion(123),
                                            FIXTURE.checkpoint(200))
                                    .toBytes());
                    f.resign();
                }),
                bad("proof-one-hash-short", Question.INCLUSION, "is not entry 123 of the log", f -> {
                    TlogProof proof = TlogProof.parse(f.files.get("evidence/proofs/123.tlog-proof"));
                    f.files.put(
                            "evidence/proofs/123.tlog-proof",
                            new TlogProof(
                                            proof.extra(),
                                            123,
                                            proof.path().subList(0, proof.path().size() - 1),
                                            proof.checkpoint())
                                    .toBytes());
                    f.resign();
                }),
                bad("proof-not-a-proof", Question.INCLUSION, "tlog-proof", f -> {
                    f.put("evidence/proofs/123.tlog-proof", "hello\n\nworld\n");
                    f.resign();
                }),
                bad("proof-with-leading-zero-index", Question.INCLUSION, "index line", f -> {
                    f.replace("evidence/proofs/123.tlog-proof", "index 123", "index 0123");
                    f.resign();
                }),
                bad("entry-of-another-log", Question.INCLUSION, "was written for log log.example/w/other", f -> {
                    f.dropEarlier();
                    f.rewriteHistory(FIXTURE.leaf("log.example/w/other", 123).bytes());
                    f.resign();
                }),
                bad("entry-not-canonical", Question.INCLUSION, "not in canonical form", f -> {
                    f.dropEarlier();
                    f.rewriteHistory((FIXTURE.leaves.get(123).json().toJson() + " ").getBytes(UTF_8));
                    f.resign();
                }),
                bad("entry-not-a-leaf", Question.INCLUSION, "not a leaf v1", f -> {
                    f.dropEarlier();
                    f.rewriteHistory("{\"v\":1}".getBytes(UTF_8));
                    f.resign();
                }),
                bad(
                        "disclosure-that-the-entry-does-not-commit-to",
                        Question.INCLUSION,
                        "does not commit to the disclosed value",
                        f -> {
                            Disclosure other = new Disclosure(
                                    "AAECAwQFBgcICQoLDA0ODw", "/actor/name", new JsonString("Someone Else"));
                            TlogProof proof = TlogProof.parse(f.files.get("evidence/proofs/123.tlog-proof"));
                            f.files.put(
                                    "evidence/proofs/123.tlog-proof",
                                    new TlogProof(
                                                    Optional.of(new JsonArray(List.of(new JsonString(other.encoded())))
                                                            .canonical()),
                                                    123,
                                                    proof.path(),
                                                    proof.checkpoint())
                                            .toBytes());
                            f.resign();
                        }),
                bad("disclosures-not-a-list", Question.INCLUSION, "disclosures must be an array", f -> {
                    TlogProof proof = TlogProof.parse(f.files.get("evidence/proofs/123.tlog-proof"));
                    f.files.put(
                            "evidence/proofs/123.tlog-proof",
                            new TlogProof(Optional.of("{}".getBytes(UTF_8)), 123, proof.path(), proof.checkpoint())
                                    .toBytes());
                    f.resign();
                }),
                bad("claim-fresher-than-its-entries", Question.INCLUSION, "its newest entry was recorded at", f -> {
                    f.page(withClaim(
                            f.page,
                            1,
                            claim -> new Claim(
                                    claim.id(),
                                    claim.text(),
                                    claim.owner(),
                                    claim.verdict(),
                                    claim.reason(),
                                    Optional.of(NOW),
                                    claim.expires(),
                                    claim.evidence(),
                                    claim.maps(),
                                    claim.blindSpots())));
                    f.put(
                            "claims/staff-training.json",
                            JsonObject.of("claim", f.page.claims().get(1).json())
                                    .toPrettyJson());
                    f.resign();
                }));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void is_refused(Bad bad) throws Exception {
        Forger forger = new Forger();
        bad.forgery.apply(forger);
        PacketReport report = PacketVerifier.verify(
                new Packet(forger.files).toBytes(), Trust.inLogKey(FIXTURE.logSigner.vkey()), NOW);
        Result result = switch (bad.refusedBy) {
            case INTEGRITY -> report.integrity();
            case SIGNATURE -> report.signature();
            case INCLUSION -> report.inclusion();
            case CONSISTENCY -> report.consistency();
            case ANCHORING -> report.anchoring();
        };
        assertThat(result.reason()).contains(bad.reason);
        assertThat(result.status()).isEqualTo(Status.FAILS);
        assertThat(report.overall()).isEqualTo(Overall.DOES_NOT_HOLD);
    }

    @Test
    void signing_again_without_a_forgery_holds() throws Exception {
        Forger forger = new Forger();
        forger.resign();
        PacketReport report = PacketVerifier.verify(
                new Packet(forger.files).toBytes(), Trust.inLogKey(FIXTURE.logSigner.vkey()), NOW);
        assertThat(report.overall()).isEqualTo(Overall.HOLDS);
    }

    @Test
    void the_writer_refuses_contents_that_do_not_hold_together() {
        PacketContents good = FIXTURE.contents();
        List<PacketContents.Entry> wrong = new ArrayList<>(good.entries());
        wrong.set(
                2,
                new PacketContents.Entry(
                        123, FIXTURE.leaves.get(124).bytes(), wrong.get(2).inclusion(), List.of()));
        assertThatThrownBy(() -> PacketWriter.write(with(good, wrong, good.checkpoint()), FIXTURE.keys()))
                .isInstanceOf(PacketException.class)
                .hasMessageContaining("is not entry 123");
        assertThatThrownBy(() ->
                        PacketWriter.write(with(good, good.entries(), "x\n1\n\n".getBytes(UTF_8)), FIXTURE.keys()))
                .isInstanceOf(PacketException.class)
                .hasMessageContaining("checkpoint is not the log's");
    }

    private static PacketContents with(PacketContents c, List<PacketContents.Entry> entries, byte[] checkpoint) {
        return new PacketContents(
                c.pageId(),
                c.title(),
                c.organisation(),
                c.source(),
                c.created(),
                c.claims(),
                c.details(),
                checkpoint,
                c.inForce(),
                entries,
                c.earlier(),
                c.anchor());
    }

    static Page withClaims(Page page, List<Claim> claims) {
        return new Page(
                page.id(),
                page.title(),
                page.organisation(),
                page.created(),
                page.origin(),
                page.size(),
                page.sourceSha256(),
                page.inForce(),
                claims);
    }

    static Page withClaim(Page page, int index, java.util.function.UnaryOperator<Claim> change) {
        List<Claim> claims = new ArrayList<>(page.claims());
        claims.set(index, change.apply(claims.get(index)));
        return withClaims(page, claims);
    }

    static Claim verdict(Claim claim, Verdict verdict) {
        return new Claim(
                claim.id(),
                claim.text(),
                claim.owner(),
                verdict,
                claim.reason(),
                Optional.of(NOW),
                Optional.of(NOW.plus(Duration.ofDays(1))),
                claim.evidence(),
                claim.maps(),
                claim.blindSpots());
    }

    @Test
    void every_defect_has_its_own_name() {
        List<String> names = corpus().map(Bad::defect).toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(50);
        assertThat(Arrays.stream(Question.values()).toList())
                .allSatisfy(question -> assertThat(corpus().map(Bad::refusedBy)).contains(question));
    }

    /** Whoever holds the keys can sign nonsense: the verifier must judge it, and never break on it. */
    @Test
    void nonsense_that_is_properly_signed_is_judged_and_never_breaks_the_verifier() throws Exception {
        Random random = new Random(20261122);
        List<String> content = GOOD.files().keySet().stream()
                .filter(name -> !name.startsWith("sha256sums") && !name.startsWith("se") && !name.startsWith("st"))
                .toList();
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            Forger forger = new Forger();
            String name = content.get(random.nextInt(content.size()));
            byte[] bytes = forger.files.get(name).clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            forger.files.put(name, random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
            forger.resign();
            PacketReport report = PacketVerifier.verify(
                    new Packet(forger.files).toBytes(), Trust.inLogKey(FIXTURE.logSigner.vkey()), NOW);
            // White space between the members of these may be any.
            if (!name.startsWith("claims/")
                    && !Arrays.equals(forger.files.get(name), GOOD.files().get(name))) {
                assertThat(report.overall()).as("round %d: %s", round, name).isEqualTo(Overall.DOES_NOT_HOLD);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
    }
}
