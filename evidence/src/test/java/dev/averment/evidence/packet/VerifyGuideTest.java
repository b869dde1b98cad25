package dev.averment.evidence.packet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.ExternalTool;
import dev.averment.evidence.ExternalTool.Outcome;
import dev.averment.evidence.dsse.StatementSigner;
import dev.averment.evidence.note.Ed25519;
import dev.averment.evidence.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the guide, run as a buyer would run it: sha256sum, openssl and ssh-keygen judge the packet, not we. */
class VerifyGuideTest {

    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private final PacketFixture fixture = new PacketFixture();
    private final Map<String, byte[]> good = files(fixture.packet());

    @TempDir
    Path folder;

    @BeforeEach
    void tools() {
        ExternalTool.require("openssl", "apt-get install openssl");
        ExternalTool.require("ssh-keygen", "apt-get install openssh-client");
        ExternalTool.require("sha256sum", "apt-get install coreutils");
    }

    private static Map<String, byte[]> files(byte[] packet) {
        try {
            return Packet.read(packet).files();
        } catch (PacketException e) {
            throw new IllegalStateException(e);
        }
    }

    private Outcome follow(Map<String, byte[]> files, String vkey, String guide) throws IOException {
        Path unpacked = Files.createTempDirectory(folder, "packet");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = unpacked.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        StringBuilder script = new StringBuilder();
        Matcher block = BLOCK.matcher(guide);
        while (block.find()) {
            script.append(block.group(1));
        }
        return ExternalTool.run(
                unpacked, Map.of("VKEY", vkey, "TMPDIR", folder.toString()), "sh", "-c", script.toString());
    }

    private Outcome follow(Map<String, byte[]> files) throws IOException {
        return follow(files, fixture.logSigner.vkey().toString(), VerifyGuide.text());
    }

    @Test
    void the_guide_is_in_the_documentation_word_for_word_and_is_the_same_in_every_packet() throws Exception {
        assertThat(Path.of("../docs/verify-by-hand.md")).hasContent(VerifyGuide.text());
        assertThat(good.get("VERIFY.md")).asString(UTF_8).isEqualTo(VerifyGuide.text());
    }

    @Test
    void the_guide_verifies_a_good_packet() throws Exception {
        Outcome outcome = follow(good);
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .endsWith("verified\n")
                .contains("Good \"averment-packet\" signature for " + PacketFixture.ORIGIN)
                .contains("Verified OK");
    }

    @Test
    void the_guide_verifies_a_packet_with_an_Ed25519_statement_key_and_no_anchor() throws Exception {
        PacketContents full = fixture.contents();
        PacketContents plain = new PacketContents(
                full.pageId(),
                full.title(),
                full.organisation(),
                full.source(),
                full.created(),
                full.claims(),
                full.details(),
                full.checkpoint(),
                full.inForce(),
                full.entries(),
                List.of(),
                java.util.Optional.empty());
        Map<String, byte[]> files = files(PacketWriter.write(
                plain, new PacketKeys(fixture.logSigner, new StatementSigner(Ed25519.generate()), fixture.sshKeys)));
        Outcome outcome = follow(files, fixture.logSigner.vkey().toString(), VerifyGuide.text());
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output()).endsWith("verified\n");
    }

    @Test
    void the_guide_verifies_a_packet_that_an_earlier_checkpoint_anchors() throws Exception {
        Map<String, byte[]> files = files(PacketWriter.write(fixture.anchoredEarlier(), fixture.keys()));
        Outcome outcome = follow(files, fixture.logSigner.vkey().toString(), VerifyGuide.text());
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output()).endsWith("verified\n");
    }

    /** Every shape that a consistency proof takes: both trees' sizes odd, even, powers of two, one apart. */
    @Test
    void the_guide_links_any_earlier_checkpoint_to_any_later_one() throws Exception {
        var small = new PacketFixture(20);
        for (int size : new int[] {2, 3, 7, 8, 13, 16, 20}) {
            List<PacketContents.Earlier> earlier = new ArrayList<>();
            for (int old = 1; old < size; old++) {
                earlier.add(small.earlier(old, size));
            }
            Map<String, byte[]> files = files(PacketWriter.write(small.history(size, earlier), small.keys()));
            Outcome outcome = follow(files, small.logSigner.vkey().toString(), VerifyGuide.text());
            assertThat(outcome.exit()).as(size + ": " + outcome.output()).isZero();
            assertThat(outcome.output()).endsWith("verified\n");
        }
    }

    @Test
    void the_guide_stops_at_one_flipped_byte_in_any_file() throws Exception {
        for (String name : good.keySet()) {
            if (name.equals("statement.sigstore.json")) {
                continue; // its JSON around payload and signature is signed by nothing; the next test flips inside them
            }
            TreeMap<String, byte[]> altered = new TreeMap<>(good);
            byte[] bytes = good.get(name).clone();
            bytes[bytes.length / 2] ^= 1;
            altered.put(name, bytes);
            Outcome outcome = follow(altered);
            assertThat(outcome.exit()).as(name + ": " + outcome.output()).isNotZero();
            assertThat(outcome.output()).doesNotContain("verified\n");
        }
    }

    @Test
    void the_guide_stops_at_a_flipped_byte_in_the_statements_payload_or_signature() throws Exception {
        String statement = new String(good.get("statement.sigstore.json"), UTF_8);
        for (String member : List.of("\"payload\":\"", "\"sig\":\"")) {
            TreeMap<String, byte[]> altered = new TreeMap<>(good);
            byte[] bytes = good.get("statement.sigstore.json").clone();
            int at = statement.indexOf(member) + member.length() + 30;
            bytes[at] = (byte) (bytes[at] == 'A' ? 'B' : 'A');
            altered.put("statement.sigstore.json", bytes);
            assertThat(follow(altered).exit()).isNotZero();
        }
    }

    @Test
    void the_guide_stops_at_forgeries_that_are_signed_again() throws Exception {
        List<String> survived = new ArrayList<>();
        for (BadPacketTest.Bad bad : BadPacketTest.corpus().toList()) {
            if (List.of(
                            "foreign-log-key",
                            "sealed-by-another-key",
                            "seal-of-another-packet",
                            "second-statement-key",
                            "statement-by-an-unsealed-key",
                            "second-ssh-key",
                            "ssh-signature-in-another-namespace",
                            "checkpoint-signed-by-another-key",
                            "wrong-origin-checkpoint",
                            "altered-entry",
                            "missing-proof",
                            "swapped-proofs",
                            "renumbered-entry",
                            "entry-beyond-the-checkpoint",
                            "proof-one-hash-short",
                            "anchor-of-another-checkpoint",
                            "anchor-key-that-the-seal-does-not-name",
                            "anchor-signed-by-another-key",
                            "rewritten-history",
                            "altered-consistency-proof",
                            "consistency-proof-not-hashes",
                            "consistency-proofs-swapped",
                            "earlier-checkpoint-of-another-size",
                            "earlier-checkpoint-by-another-key",
                            "earlier-checkpoint-of-another-log",
                            "earlier-checkpoint-newer-than-the-checkpoint",
                            "earlier-checkpoint-that-is-this-one",
                            "earlier-checkpoint-of-the-empty-log",
                            "earlier-checkpoint-without-proof",
                            "earlier-checkpoint-that-contradicts",
                            "anchored-checkpoint-that-contradicts",
                            "anchor-of-another-logs-checkpoint",
                            "anchor-in-another-anchor-log",
                            "anchor-log-that-is-the-log-itself",
                            "anchor-removed-but-sealed",
                            "anchor-not-sealed",
                            "anchor-at-another-index",
                            "anchor-beyond-the-anchor-log",
                            "anchor-proof-one-hash-short")
                    .contains(bad.defect())) {
                BadPacketTest.Forger forger = new BadPacketTest.Forger();
                bad.forgery().apply(forger);
                if (follow(forger.files).exit() == 0) {
                    survived.add(bad.defect());
                }
            }
        }
        assertThat(survived).isEmpty();
    }

    @Test
    void the_guide_stops_at_a_key_from_elsewhere_that_is_not_the_packets() throws Exception {
        String other = NoteSigner.generate(PacketFixture.ORIGIN).vkey().toString();
        assertThat(follow(good, other, VerifyGuide.text()).exit()).isNotZero();
    }
}
