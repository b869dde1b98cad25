package dev.averment.evidence.crosscheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.ExternalTool;
import dev.averment.evidence.ExternalTool.Outcome;
import dev.averment.evidence.log.LogDirectory;
import dev.averment.evidence.merkle.TreeEdge;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.evidence.merkle.TreeUpdate;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteSigner;
import dev.averment.evidence.packet.Packet;
import dev.averment.evidence.packet.PacketFixture;
import dev.averment.evidence.packet.PacketWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Go's x/mod note and tlog packages accept what we write, and refuse it with one byte flipped. */
class GoVerifierTest {

    private static final String INSTALL = "apt-get install golang-go golang-golang-x-mod-dev";
    private static final NoteSigner SIGNER = NoteSigner.fromSeed("log.example/w/go", new byte[32]);
    private static final int SIZE = 70_100;

    @TempDir
    static Path work;

    private static Path verifier;

    @BeforeAll
    static void build() {
        ExternalTool.require("go", INSTALL);
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")),
                "needs golang.org/x/mod/sumdb: " + INSTALL);
        verifier = work.resolve("averify");
        Outcome built = ExternalTool.run(
                work,
                Map.of(
                        "GO111MODULE",
                        "off",
                        "GOFLAGS",
                        "",
                        "GOPATH",
                        "/usr/share/gocode",
                        "GOTOOLCHAIN",
                        "local",
                        "GOCACHE",
                        Path.of("target/go-cache").toAbsolutePath().toString()),
                300,
                "go",
                "build",
                "-o",
                verifier.toString(),
                Path.of("src/test/go/averify.go").toAbsolutePath().toString());
        assertThat(built.exit()).as(built.output()).isZero();
    }

    private static Outcome verify(String... arguments) {
        List<String> command = new ArrayList<>(List.of(verifier.toString()));
        command.addAll(List.of(arguments));
        return ExternalTool.run(work, Map.of(), command.toArray(String[]::new));
    }

    /** Three levels of tiles, written in uneven batches; returns the checkpoints on the way. */
    private static List<String> writeLog(Path directory, int size) throws IOException {
        LogDirectory log = new LogDirectory(directory);
        List<String> olds = new ArrayList<>();
        TreeEdge edge = TreeEdge.empty();
        List<byte[]> entries = new ArrayList<>();
        for (int batch = 1; entries.size() < size; batch = Math.min(batch * 3 + 1, 9_000)) {
            int from = entries.size();
            for (int i = 0; i < batch && entries.size() < size; i++) {
                entries.add(("entry " + entries.size()).getBytes(UTF_8));
            }
            TreeUpdate update = edge.append(entries.subList(from, entries.size()).stream()
                    .map(TreeHash::leaf)
                    .toList());
            byte[] checkpoint = new Checkpoint(SIGNER.vkey().name(), update.size(), update.root()).sign(SIGNER);
            log.write(update, entries.subList(from / 256 * 256, entries.size()), checkpoint);
            Path old = directory.resolveSibling(directory.getFileName() + "-" + update.size());
            Files.write(old, checkpoint);
            olds.add(old.toString());
            edge = update.edge();
        }
        return olds;
    }

    @Test
    void Go_comes_to_the_root_of_our_log_and_proves_its_growth_from_every_checkpoint() throws IOException {
        Path directory = work.resolve("log");
        List<String> command = new ArrayList<>(
                List.of("log", directory.toString(), SIGNER.vkey().toString()));
        List<String> olds = writeLog(directory, SIZE);
        command.addAll(olds);
        Outcome outcome = verify(command.toArray(String[]::new));
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains(SIZE + " entries, " + olds.size() + " old checkpoints")
                .endsWith("HOLDS\n");
    }

    @Test
    void Go_refuses_our_log_with_one_byte_flipped_in_any_kind_of_file() throws IOException {
        Path directory = work.resolve("small");
        writeLog(directory, 700);
        for (String name : List.of(
                "checkpoint",
                "tile/0/000",
                "tile/0/002.p/188",
                "tile/1/000.p/2",
                "tile/entries/001",
                "tile/entries/002.p/188")) {
            Path file = directory.resolve(name);
            byte[] good = Files.readAllBytes(file);
            byte[] altered = good.clone();
            altered[good.length / 3] ^= 1;
            Files.write(file, altered);
            Outcome outcome = verify("log", directory.toString(), SIGNER.vkey().toString());
            assertThat(outcome.exit()).as(name + ": " + outcome.output()).isEqualTo(1);
            Files.write(file, good);
        }
        assertThat(verify("log", directory.toString(), SIGNER.vkey().toString()).exit())
                .isZero();
    }

    @Test
    void Go_refuses_a_checkpoint_of_another_history() throws IOException {
        Path directory = work.resolve("rewritten");
        writeLog(directory, 700);
        Path other = work.resolve("other-checkpoint");
        Files.write(other, new Checkpoint(SIGNER.vkey().name(), 300, TreeHash.leaf(new byte[0])).sign(SIGNER));
        Outcome outcome = verify("log", directory.toString(), SIGNER.vkey().toString(), other.toString());
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("from size 300");
    }

    @Test
    void Go_verifies_a_packets_proofs_and_refuses_an_altered_file() throws Exception {
        PacketFixture fixture = new PacketFixture();
        Path unpacked = unpack("packet", Packet.read(fixture.packet()).files());
        String vkey = fixture.logSigner.vkey().toString();
        Outcome outcome = verify("packet", unpacked.toString(), vkey);
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("4 entries, 2 earlier checkpoints, 1 anchors");
        try (Stream<Path> files = Files.walk(unpacked)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = unpacked.relativize(file).toString();
                if (name.equals("statement.sigstore.json") || name.equals("sha256sums.txt.sig")) {
                    continue; // signed by keys that this program leaves to others
                }
                byte[] good = Files.readAllBytes(file);
                byte[] altered = good.clone();
                altered[good.length / 2] ^= 1;
                Files.write(file, altered);
                assertThat(verify("packet", unpacked.toString(), vkey).exit())
                        .as(name)
                        .isEqualTo(1);
                Files.write(file, good);
            }
        }
    }

    private static Path unpack(String name, Map<String, byte[]> files) throws IOException {
        Path unpacked = work.resolve(name);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = unpacked.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return unpacked;
    }

    @Test
    void Go_verifies_a_packet_that_an_earlier_checkpoint_anchors() throws Exception {
        PacketFixture fixture = new PacketFixture();
        byte[] packet = PacketWriter.write(fixture.anchoredEarlier(), fixture.keys());
        Outcome outcome = verify(
                "packet",
                unpack("anchored", Packet.read(packet).files()).toString(),
                fixture.logSigner.vkey().toString());
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("2 earlier checkpoints, 1 anchors");
    }

    @Test
    void Go_refuses_every_packet_of_the_corpus_that_is_wrong_about_the_past() throws Exception {
        String vkey = new PacketFixture().logSigner.vkey().toString();
        Map<String, Map<String, byte[]>> forged = PacketFixture.forgedHistories();
        assertThat(forged).hasSizeGreaterThan(25);
        // Limits and tidiness of our own format, which Go's packages have no opinion on.
        forged.keySet().removeAll(List.of("anchor-with-extra-data", "consistency-proof-without-checkpoint"));
        for (var packet : forged.entrySet()) {
            Outcome outcome =
                    verify("packet", unpack(packet.getKey(), packet.getValue()).toString(), vkey);
            assertThat(outcome.exit())
                    .as(packet.getKey() + ": " + outcome.output())
                    .isEqualTo(1);
        }
    }
}
