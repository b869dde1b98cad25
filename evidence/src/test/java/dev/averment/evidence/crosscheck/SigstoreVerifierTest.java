package dev.averment.evidence.crosscheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.ExternalTool;
import dev.averment.evidence.ExternalTool.Outcome;
import dev.averment.evidence.dsse.StatementSigner;
import dev.averment.evidence.note.Ed25519;
import dev.averment.evidence.packet.Packet;
import dev.averment.evidence.packet.PacketFixture;
import dev.averment.evidence.packet.PacketKeys;
import dev.averment.evidence.packet.PacketWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sigstore's own verifier accepts our statement, and refuses it with one byte flipped. */
class SigstoreVerifierTest {

    private static final Path INSTALLED = Path.of("target/sigstore");

    private final PacketFixture fixture = new PacketFixture();

    /** Handed to the verifier beside the packet, as a buyer would. */
    private byte[] key = new byte[0];

    @TempDir
    Path work;

    @BeforeAll
    static void install() throws IOException {
        ExternalTool.require("node", "apt-get install nodejs (20 or later)");
        ExternalTool.require("npm", "apt-get install npm");
        Files.createDirectories(INSTALLED);
        for (String name : List.of("package.json", "package-lock.json", ".npmrc", "verify-statement.mjs")) {
            Files.copy(Path.of("src/test/node", name), INSTALLED.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.isDirectory(INSTALLED.resolve("node_modules/@sigstore/verify"))) {
            Outcome outcome = ExternalTool.run(INSTALLED, Map.of(), "npm", "ci", "--prefer-offline", "--no-progress");
            Assumptions.assumeTrue(
                    outcome.exit() == 0,
                    "needs npm packages: run npm ci in src/test/node once with network\n" + outcome.output());
        }
    }

    private Outcome verify(Map<String, byte[]> files) throws IOException {
        Path unpacked = Files.createTempDirectory(work, "packet");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = unpacked.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        Path keyFile = Files.write(work.resolve("key.pem"), key);
        return ExternalTool.run(
                INSTALLED, Map.of(), "node", "verify-statement.mjs", unpacked.toString(), keyFile.toString());
    }

    @Test
    void Sigstore_accepts_a_statement_with_either_kind_of_key() throws Exception {
        for (StatementSigner signer :
                List.of(new StatementSigner(fixture.statementKeys), new StatementSigner(Ed25519.generate()))) {
            PacketKeys keys = new PacketKeys(fixture.logSigner, signer, fixture.sshKeys);
            key = signer.publicKey().pem().getBytes(UTF_8);
            Map<String, byte[]> files =
                    Packet.read(PacketWriter.write(fixture.contents(), keys)).files();
            Outcome outcome = verify(files);
            assertThat(outcome.exit()).as(outcome.output()).isZero();
            assertThat(outcome.output())
                    .contains("HOLDS: " + (files.size() - 1) + " files, 3 claims, 4 entries, 1 anchors");
        }
        Map<String, byte[]> earlier = Packet.read(PacketWriter.write(fixture.anchoredEarlier(), fixture.keys()))
                .files();
        key = new StatementSigner(fixture.statementKeys).publicKey().pem().getBytes(UTF_8);
        assertThat(verify(earlier).output()).contains("4 entries, 1 anchors");
    }

    @Test
    void Sigstore_refuses_an_anchor_that_proves_something_else() throws Exception {
        for (String defect : List.of(
                "anchor-of-another-checkpoint",
                "anchor-of-another-logs-checkpoint",
                "anchor-of-an-earlier-checkpoint-under-another-size",
                "anchor-at-another-index",
                "anchor-beyond-the-anchor-log",
                "anchor-proof-one-hash-short")) {
            Map<String, byte[]> forged = PacketFixture.forgedHistories().get(defect);
            key = forged.get("keys/statement.pem");
            Outcome outcome = verify(forged);
            assertThat(outcome.exit()).as(defect + outcome.output()).isEqualTo(1);
            assertThat(outcome.output()).contains("TLOG_INCLUSION_PROOF_ERROR");
        }
    }

    @Test
    void Sigstore_refuses_a_flipped_byte_in_payload_signature_or_file_and_another_key() throws Exception {
        key = new StatementSigner(fixture.statementKeys).publicKey().pem().getBytes(UTF_8);
        Map<String, byte[]> good = Packet.read(fixture.packet()).files();
        String statement = new String(good.get("statement.sigstore.json"), UTF_8);
        for (String member : List.of("\"payload\":\"", "\"sig\":\"")) {
            byte[] bytes = good.get("statement.sigstore.json").clone();
            int at = statement.indexOf(member) + member.length() + 40;
            bytes[at] = (byte) (bytes[at] == 'A' ? 'B' : 'A');
            Outcome outcome = verify(with(good, "statement.sigstore.json", bytes));
            assertThat(outcome.exit()).as(member).isEqualTo(1);
            assertThat(outcome.output()).contains("DOES NOT HOLD");
        }
        for (String name : List.of("page.json", "evidence/entries/123.json", "seal.note")) {
            byte[] bytes = good.get(name).clone();
            bytes[9] ^= 1;
            Outcome outcome = verify(with(good, name, bytes));
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.output()).contains(name + " is not what the statement says");
        }
        key = new StatementSigner(StatementSigner.generateKeys())
                .publicKey()
                .pem()
                .getBytes(UTF_8);
        assertThat(verify(good).output()).contains("SIGNATURE_ERROR");
    }

    @Test
    void the_lock_file_names_no_registry() throws IOException {
        assertThat(Files.readString(Path.of("src/test/node/package-lock.json"))).doesNotContain("resolved", "http");
    }

    private static Map<String, byte[]> with(Map<String, byte[]> files, String name, byte[] bytes) {
        Map<String, byte[]> altered = new java.util.TreeMap<>(files);
        altered.put(name, bytes);
        return altered;
    }
}
