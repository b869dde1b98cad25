package dev.averment.checks.logintegrity;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Database;
import dev.averment.checks.target.EvidenceLog;
import dev.averment.checks.target.LogStore;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.MerkleException;
import dev.averment.evidence.merkle.Proofs;
import dev.averment.evidence.merkle.Prover;
import dev.averment.evidence.merkle.Tile;
import dev.averment.evidence.merkle.TreeEdge;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.note.Vkey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads the log as an outsider would, and its entries as they are stored: (1) the checkpoint, opened with the key that is
 * known from elsewhere; (2) every tile of level 0, from which the root is computed anew; (3) the newest entries and a
 * random choice of older ones, hashed and proven under that root; (4) attempts to alter the stored log; (5) where the target
 * shows what lies behind, every log in turn, the way in, rows that restate entries, and what the server's roles may do.
 */
final class LogIntegrityCollector implements Collector {
    private static final int SAMPLE = 1_000;
    private static final int MAX_SAMPLE = 20_000;
    private static final int OLDER = 200;
    /** 512 Ki entries, 16 MiB of tiles: beyond, the root is computed from the higher tiles. */
    private static final int MAX_TILES = 2_048;

    private final SecureRandom random = new SecureRandom();

    @Override
    public Facts collect(Look look) throws CollectException {
        EvidenceLog log = look.target().require(EvidenceLog.class);
        int sample = new SettingReader(look.with()).integer("sample", SAMPLE);
        if (sample < 1 || sample > MAX_SAMPLE) {
            throw SettingReader.refused("sample", sample, "between 1 and " + MAX_SAMPLE);
        }
        Vkey key = key(log);
        ServedLog served = ServedLog.of(log, look.target().facility(Web.class));
        Answer note = served.checkpoint();
        if (note.status() != 200) {
            throw new CollectException("The checkpoint " + note.uri() + " answers " + note.status()
                    + "; see whether the log is published there.");
        }
        List<Subject> subjects = new ArrayList<>();
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("kind", "checkpoint");
        try {
            Checkpoint checkpoint = Checkpoint.open(note.body(), key);
            seen.put("signed", true);
            seen.put("size", checkpoint.size());
            seen.put("root", checkpoint.root().base64());
            subjects.add(new Subject("checkpoint", seen));
            subjects.add(new Subject("tiles", tiles(checkpoint, served)));
            subjects.add(new Subject("entries", entries(checkpoint, served, log, sample)));
        } catch (NoteException e) {
            seen.put("signed", false);
            seen.put("defect", WebFetch.why(e));
            subjects.add(new Subject("checkpoint", seen));
        }
        Optional<Database> database = look.target().facility(Database.class);
        if (database.isPresent()) {
            subjects.addAll(new Immutability(database.get()).attempts());
        }
        Optional<LogStore> store = look.target().facility(LogStore.class);
        if (store.isPresent()) {
            subjects.addAll(new StoreLook(store.get()).subjects(database));
        }
        return new Facts(look.clock().instant(), subjects, Map.of("origin", log.origin()));
    }

    private static Vkey key(EvidenceLog log) throws CollectException {
        try {
            Vkey key = Vkey.parse(log.vkey());
            if (!key.name().equals(log.origin())) {
                throw new CollectException("The verifier key is of " + key.name() + ", not of the log " + log.origin()
                        + "; correct the target.");
            }
            return key;
        } catch (NoteException e) {
            throw new CollectException(
                    "The log's verifier key can't be read (" + WebFetch.why(e) + "); correct the target.", e);
        }
    }

    private static Map<String, Object> tiles(Checkpoint checkpoint, ServedLog served) throws CollectException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", "tiles");
        long tiles = (checkpoint.size() + Tile.FULL - 1) / Tile.FULL;
        boolean replayed = tiles <= MAX_TILES;
        facts.put("tiles", tiles);
        facts.put("replayed", replayed);
        try {
            Hash root = replayed ? replay(checkpoint.size(), served) : new Prover(served, checkpoint.size()).root();
            facts.put("rootMatches", root.equals(checkpoint.root()));
        } catch (ServedLog.TileMissing | MerkleException e) {
            facts.put("rootMatches", false);
            facts.put("defect", WebFetch.why(e));
        } catch (IOException e) {
            throw new CollectException("The log's tiles can't be read: " + WebFetch.why(e), e);
        }
        return facts;
    }

    private static Hash replay(long size, ServedLog served) throws IOException {
        TreeEdge edge = TreeEdge.empty();
        while (edge.size() < size) {
            Tile tile = Tile.covering(0, edge.size(), size);
            byte[] bytes = served.read(tile);
            List<Hash> hashes = new ArrayList<>(tile.width());
            for (int i = 0; i < tile.width(); i++) {
                hashes.add(Hash.of(Arrays.copyOfRange(bytes, i * Hash.BYTES, (i + 1) * Hash.BYTES)));
            }
            edge = edge.append(hashes).edge();
        }
        return edge.root();
    }

    private Map<String, Object> entries(Checkpoint checkpoint, ServedLog served, EvidenceLog log, int sample)
            throws CollectException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", "entries");
        facts.put("available", log.entries().isPresent());
        List<Object> altered = new ArrayList<>();
        List<Object> missing = new ArrayList<>();
        long hashed = 0;
        if (log.entries().isPresent()) {
            Prover prover = new Prover(served, checkpoint.size());
            for (long sequence : sequences(checkpoint.size(), sample)) {
                Optional<byte[]> entry = log.entries().get().entry(sequence);
                if (entry.isEmpty()) {
                    missing.add(sequence);
                } else if (!included(entry.get(), sequence, checkpoint, prover)) {
                    altered.add(sequence);
                } else {
                    hashed++;
                }
            }
        }
        facts.put("hashed", hashed);
        facts.put("alteredCount", (long) altered.size());
        facts.put("missingCount", (long) missing.size());
        facts.put("altered", altered.subList(0, Math.min(10, altered.size())));
        facts.put("missing", missing.subList(0, Math.min(10, missing.size())));
        return facts;
    }

    private static boolean included(byte[] entry, long sequence, Checkpoint checkpoint, Prover prover)
            throws CollectException {
        try {
            return Proofs.inclusion(
                    TreeHash.leaf(entry), sequence, checkpoint.size(), prover.inclusion(sequence), checkpoint.root());
        } catch (ServedLog.TileMissing | MerkleException e) {
            return false;
        } catch (IOException e) {
            throw new CollectException("The log's tiles can't be read: " + WebFetch.why(e), e);
        }
    }

    private TreeSet<Long> sequences(long size, int sample) {
        TreeSet<Long> sequences = new TreeSet<>();
        long newest = Math.max(0, size - sample);
        for (long sequence = newest; sequence < size; sequence++) {
            sequences.add(sequence);
        }
        for (int i = 0; i < OLDER && newest > 0; i++) {
            sequences.add(random.nextLong(newest));
        }
        return sequences;
    }
}
