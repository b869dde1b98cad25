package dev.averment.bench;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.Prover;
import dev.averment.evidence.merkle.Tile;
import dev.averment.evidence.merkle.TileData;
import dev.averment.evidence.merkle.TreeEdge;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.evidence.merkle.TreeUpdate;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteSigner;
import dev.averment.evidence.packet.Claim;
import dev.averment.evidence.packet.PacketContents;
import dev.averment.evidence.packet.PacketKeys;
import dev.averment.evidence.packet.PacketWriter;
import dev.averment.evidence.packet.Promises;
import dev.averment.evidence.packet.Verdict;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A reader's wait for {@code aver verify}. The raw limit is the same JVM that only prints its version. */
public final class VerifyBenchmark implements Benchmark {
    private static final String ORIGIN = "averment/bench/w/verify";
    private static final int BATCH = 10_000;
    private static final int CLAIMS = 40;

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public Report run(Effort effort) throws Exception {
        int size = effort.logSize();
        var report = new Report(
                "verify",
                "Seconds that `aver verify` takes in a fresh JVM for a packet of " + CLAIMS + " claims over a log of "
                        + String.format(java.util.Locale.ROOT, "%,d", size) + " leaves.",
                "Compared with `java -version` in a fresh JVM, and with the same command on a packet over a log of "
                        + CLAIMS + " leaves: the proofs grow with the logarithm of the log.");
        Samples jvm = report.samples("java -version", "s");
        Samples little = report.samples("packet over " + CLAIMS + " leaves", "s");
        Samples large = report.samples("packet over all leaves", "s");
        Path folder = Files.createTempDirectory("averment-bench-");
        try {
            NoteSigner signer = NoteSigner.generate(ORIGIN);
            Path smallPacket = Files.write(folder.resolve("small.zip"), packet(signer, CLAIMS));
            Path largePacket = Files.write(folder.resolve("large.zip"), packet(signer, size));
            for (int i = 0; i < effort.rounds(); i++) {
                jvm.add(seconds("-version"));
                little.add(verify(smallPacket, signer));
                large.add(verify(largePacket, signer));
            }
            report.note("The packet has " + Files.size(largePacket) / 1024 + " KiB. Every run ended with exit code 0,"
                    + " which is given only when everything holds.");
        } finally {
            Disposable.delete(folder);
        }
        report.atMost("packet over all leaves, median", large.median(), "s", 10);
        return report;
    }

    private static double verify(Path packet, NoteSigner signer) throws Exception {
        return seconds(
                "-XX:+UseParallelGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.averment.cli.Aver",
                "verify",
                packet.toString(),
                "--key",
                signer.vkey().toString());
    }

    private static double seconds(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        File said = Files.createTempFile("averment-bench-", ".out").toFile();
        try {
            long began = System.nanoTime();
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said)
                    .start()
                    .waitFor();
            double seconds = (System.nanoTime() - began) / 1e9;
            if (exit != 0) {
                throw new IllegalStateException("exit code " + exit + ": " + Files.readString(said.toPath()));
            }
            return seconds;
        } finally {
            Files.delete(said.toPath());
        }
    }

    /** @param observed entries beside the one that puts the page in force */
    private static byte[] packet(NoteSigner signer, int observed) throws Exception {
        int size = observed + 1;
        Instant now = Instant.now();
        Map<Long, Leaf> shown = new HashMap<>();
        for (int i = 0; i < CLAIMS; i++) {
            long seq = (long) i * observed / CLAIMS;
            shown.put(seq, leaf(seq, now));
        }
        // The newest entry puts the page in force and says what it promises.
        Disclosure promised = new Promises(
                        "public",
                        "Security at Bench",
                        "Bench",
                        Hash.sha256("page: bench\n".getBytes()).hex(),
                        shown.keySet().stream()
                                .sorted()
                                .map(seq -> Promises.Promise.of(
                                        claim(seq, now),
                                        Optional.empty(),
                                        List.of(new Promises.Check("check", Duration.ofHours(27))),
                                        Optional.empty()))
                                .toList())
                .disclose(new SecureRandom());
        long inForce = size - 1L;
        Leaf revised = revised(now, promised);
        Map<Long, byte[]> tiles = new HashMap<>();
        TreeEdge edge = TreeEdge.empty();
        for (int from = 0; from < size; from += BATCH) {
            var hashes = new ArrayList<Hash>();
            for (long seq = from; seq < Math.min(size, from + BATCH); seq++) {
                Leaf leaf = seq == inForce ? revised : shown.get(seq);
                hashes.add(
                        leaf != null
                                ? leaf.hash()
                                : TreeHash.leaf(Long.toString(seq).getBytes()));
            }
            TreeUpdate update = edge.append(hashes);
            for (TileData data : update.tiles()) {
                tiles.put(place(data.tile()), data.bytes());
            }
            edge = update.edge();
        }
        var prover = new Prover(
                tile -> {
                    byte[] data = tiles.get(place(tile));
                    if (data == null) {
                        throw new IOException(tile.path() + " is missing");
                    }
                    return data;
                },
                size);
        var entries = new ArrayList<PacketContents.Entry>();
        var claims = new ArrayList<Claim>();
        for (long seq : shown.keySet().stream().sorted().toList()) {
            entries.add(new PacketContents.Entry(
                    seq, java.util.Objects.requireNonNull(shown.get(seq)).bytes(), prover.inclusion(seq), List.of()));
            claims.add(claim(seq, now));
        }
        entries.add(new PacketContents.Entry(inForce, revised.bytes(), prover.inclusion(inForce), List.of(promised)));
        byte[] checkpoint = new Checkpoint(ORIGIN, size, edge.root()).sign(signer);
        return PacketWriter.write(
                new PacketContents(
                        "bench",
                        "Security at Bench",
                        "Bench",
                        "page: bench\n".getBytes(),
                        now,
                        claims,
                        Map.of(),
                        checkpoint,
                        inForce,
                        entries,
                        List.of(),
                        Optional.empty()),
                PacketKeys.under(signer));
    }

    private static long place(Tile tile) {
        return (long) tile.level() << 56 | tile.index();
    }

    private static Claim claim(long seq, Instant now) {
        return new Claim(
                "claim-" + seq,
                "Promise number " + seq + " is kept.",
                "operations",
                Verdict.PROVEN,
                "It was kept.",
                Optional.of(now.minusSeconds(60)),
                Optional.of(now.plus(Duration.ofHours(26))),
                List.of(seq),
                List.of(),
                List.of());
    }

    private static Leaf leaf(long seq, Instant now) {
        Instant time = now.minusSeconds(60);
        return Leaf.of(ORIGIN, "check.observed")
                .id(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | seq))
                .time(time, time)
                .category(Leaf.Category.OBSERVATION)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.SYSTEM, "bench")
                .target("claim", "claim-" + seq)
                .detail(JsonObject.of(
                        "page",
                        "bench",
                        "revision",
                        1,
                        "claim",
                        "claim-" + seq,
                        "check",
                        "check",
                        "verdict",
                        "proven",
                        "reason",
                        "It was kept."))
                .build();
    }

    private static Leaf revised(Instant now, Disclosure promised) {
        Instant time = now.minusSeconds(90);
        return Leaf.of(ORIGIN, "page.revised")
                .id(new UUID(0x0190_0000_0000_7000L, 0xbfff_ffff_ffff_ffffL))
                .time(time, time)
                .category(Leaf.Category.ADMIN)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.SYSTEM, "bench")
                .detail(JsonObject.of("page", "bench", "revision", 1))
                .disclose(promised)
                .build();
    }
}
