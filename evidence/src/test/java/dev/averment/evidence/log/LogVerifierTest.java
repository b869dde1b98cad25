package dev.averment.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.leaf.EntryBundle;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.InMemoryLog;
import dev.averment.evidence.merkle.Tile;
import dev.averment.evidence.merkle.TreeEdge;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.evidence.merkle.TreeUpdate;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteSigner;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogVerifierTest {

    private static final NoteSigner SIGNER = NoteSigner.fromSeed("log.example/w/1", new byte[32]);

    @TempDir
    Path directory;

    /** Batches of 0 to 300 entries, as an integrator would append them. */
    private void writeLog(int size) throws IOException {
        LogDirectory log = new LogDirectory(directory);
        TreeEdge edge = TreeEdge.empty();
        List<byte[]> entries = new ArrayList<>();
        for (int batch = 1; entries.size() < size; batch = batch * 2 % 307) {
            int from = entries.size();
            for (int i = 0; i < batch && entries.size() < size; i++) {
                entries.add(("entry " + entries.size()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            TreeUpdate update = edge.append(entries.subList(from, entries.size()).stream()
                    .map(TreeHash::leaf)
                    .toList());
            log.write(
                    update,
                    entries.subList(from / 256 * 256, entries.size()),
                    new Checkpoint("log.example/w/1", update.size(), update.root()).sign(SIGNER));
            edge = update.edge();
        }
    }

    @Test
    void a_log_written_in_batches_replays() throws IOException {
        writeLog(1_000);
        assertThat(LogVerifier.verify(directory, SIGNER.vkey()))
                .isInstanceOfSatisfying(
                        LogReport.Holds.class,
                        holds -> assertThat(holds.checkpoint().size()).isEqualTo(1_000));
    }

    @Test
    void a_flipped_byte_in_any_file_that_the_checkpoint_rests_on_is_found() throws IOException {
        writeLog(600);
        List<Path> files = List.of(
                directory.resolve("checkpoint"),
                directory.resolve("tile/0/000"),
                directory.resolve("tile/0/001"),
                directory.resolve("tile/0/002.p/88"),
                directory.resolve("tile/1/000.p/2"),
                directory.resolve("tile/entries/000"),
                directory.resolve("tile/entries/002.p/88"));
        for (Path file : files) {
            byte[] good = Files.readAllBytes(file);
            for (int at = 0; at < good.length; at += 1 + good.length / 19) {
                byte[] altered = good.clone();
                altered[at] ^= 4;
                Files.write(file, altered);
                assertThat(LogVerifier.verify(directory, SIGNER.vkey()))
                        .as("%s at %d", file, at)
                        .isInstanceOf(LogReport.DoesNotHold.class);
            }
            Files.write(file, good);
        }
        assertThat(LogVerifier.verify(directory, SIGNER.vkey())).isInstanceOf(LogReport.Holds.class);
    }

    @Test
    void a_log_replays_after_its_partial_tiles_were_dropped() throws IOException {
        writeLog(512);
        try (var files = Files.walk(directory.resolve("tile"))) {
            for (Path partial : files.filter(path ->
                            path.toString().contains(".p/") && !path.toString().contains("/1/"))
                    .toList()) {
                Files.delete(partial);
            }
        }
        assertThat(LogVerifier.verify(directory, SIGNER.vkey())).isInstanceOf(LogReport.Holds.class);
    }

    @Test
    void the_empty_log_holds() throws IOException {
        Checkpoint empty = new Checkpoint("log.example/w/1", 0, TreeHash.EMPTY_ROOT);
        LogReport report = LogVerifier.verify(empty, new InMemoryLog(), tile -> new byte[0]);
        assertThat(report).isEqualTo(new LogReport.Holds(empty));
    }

    /** CPU time rather than wall time, so that a busy machine does not decide. */
    @Test
    void a_million_entries_are_appended_and_replayed_within_their_budget() throws IOException {
        int size = 1_000_000;
        List<Hash> hashes = new ArrayList<>(size);
        byte[] entry = new byte[600];
        for (int i = 0; i < size; i++) {
            ByteBuffer.wrap(entry).putInt(i);
            hashes.add(TreeHash.leaf(entry));
        }
        InMemoryLog log = new InMemoryLog();
        long start = cpuNanos();
        TreeUpdate last = null;
        for (int from = 0; from < size; from += 1_000) {
            last = log.append(hashes.subList(from, from + 1_000));
        }
        double appendSeconds = (cpuNanos() - start) / 1e9;
        assertThat(last).isNotNull();

        Checkpoint checkpoint = new Checkpoint("log.example/w/1", size, last.root());
        start = cpuNanos();
        LogReport report = LogVerifier.verify(checkpoint, log, tile -> bundle(tile));
        double replaySeconds = (cpuNanos() - start) / 1e9;

        System.out.printf(
                "merkle: %.0f leaves/s appended in batches of 1000; 1,000,000 entries of 600 bytes replayed in %.2f s (CPU)%n",
                size / appendSeconds, replaySeconds);
        assertThat(report).isEqualTo(new LogReport.Holds(checkpoint));
        assertThat(size / appendSeconds).isGreaterThan(200_000);
        assertThat(replaySeconds).isLessThan(10);
    }

    private static byte[] bundle(Tile tile) {
        List<byte[]> entries = new ArrayList<>(tile.width());
        for (int i = 0; i < tile.width(); i++) {
            byte[] entry = new byte[600];
            ByteBuffer.wrap(entry).putInt((int) (tile.index() * 256 + i));
            entries.add(entry);
        }
        return EntryBundle.encode(entries);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
