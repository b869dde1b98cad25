package dev.averment.evidence.log;

import dev.averment.evidence.leaf.EntryBundle;
import dev.averment.evidence.leaf.LeafException;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.Tile;
import dev.averment.evidence.merkle.TileData;
import dev.averment.evidence.merkle.TileSource;
import dev.averment.evidence.merkle.TreeEdge;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.evidence.merkle.TreeUpdate;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.note.Vkey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Replays a log: hashes every entry anew, rebuilds every tile and the root, and compares with what is stored and with what
 * was signed. Streams: holds one bundle at a time.
 */
public final class LogVerifier {

    private LogVerifier() {}

    /** Replays a directory as {@link LogDirectory} writes it. */
    public static LogReport verify(Path directory, Vkey logKey) throws IOException {
        LogDirectory log = new LogDirectory(directory);
        try {
            return verify(Checkpoint.open(log.checkpoint(), logKey), log, log);
        } catch (NoteException e) {
            return new LogReport.DoesNotHold(0, "checkpoint: " + e.getMessage());
        }
    }

    /**
     * Replays the first {@code checkpoint.size()} entries.
     *
     * @param checkpoint what the log must come to; already verified
     * @param tiles where its tiles are; each is compared with the rebuilt one
     * @param entries where its entries are
     * @throws IOException if something could not be read, which says nothing about the log
     */
    public static LogReport verify(Checkpoint checkpoint, TileSource tiles, EntrySource entries) throws IOException {
        TreeEdge edge = TreeEdge.empty();
        while (edge.size() < checkpoint.size()) {
            Tile tile = Tile.covering(0, edge.size(), checkpoint.size());
            List<Hash> hashes = new ArrayList<>(tile.width());
            try {
                for (byte[] entry : EntryBundle.decode(entries.bundle(tile), tile.width())) {
                    hashes.add(TreeHash.leaf(entry));
                }
            } catch (LeafException e) {
                return new LogReport.DoesNotHold(edge.size(), tile.entriesPath() + ": " + e.getMessage());
            }
            TreeUpdate update = edge.append(hashes);
            for (TileData rebuilt : update.tiles()) {
                if (rebuilt.tile().isFull() && !isStored(rebuilt, tiles)) {
                    return wrongTile(edge.size(), rebuilt);
                }
            }
            edge = update.edge();
        }
        for (TileData rebuilt : edge.partialTiles()) {
            if (!isStored(rebuilt, tiles)) {
                return wrongTile(edge.size(), rebuilt);
            }
        }
        return edge.root().equals(checkpoint.root())
                ? new LogReport.Holds(checkpoint)
                : new LogReport.DoesNotHold(
                        edge.size(),
                        "the entries come to root " + edge.root() + ", the checkpoint says " + checkpoint.root());
    }

    private static LogReport wrongTile(long at, TileData rebuilt) {
        return new LogReport.DoesNotHold(at, rebuilt.tile().path() + " is not the tile of the entries below it");
    }

    private static boolean isStored(TileData rebuilt, TileSource tiles) throws IOException {
        return startsWith(tiles.read(rebuilt.tile()), rebuilt.bytes());
    }

    private static boolean startsWith(byte[] stored, byte[] rebuilt) {
        return stored.length >= rebuilt.length && Arrays.equals(stored, 0, rebuilt.length, rebuilt, 0, rebuilt.length);
    }
}
