package dev.averment.server.evidence;

import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.MerkleException;
import dev.averment.evidence.merkle.Prover;
import dev.averment.evidence.merkle.TileSource;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.server.database.DataFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The checkpoints that went out, kept outside the database. A database restored to an earlier state can be told by
 * them: signing on top of it would show two histories of one log under one key.
 */
public final class Publication {
    private final Path folder;
    private final LogKey key;

    public Publication(DataFolder data, LogKey key) {
        this.folder = data.path("published");
        this.key = key;
    }

    /**
     * Keeps the newest checkpoint of a log; whoever asks for the checkpoint gets no newer one than this. Of two that come
     * out of order the larger stays: a published log never shrinks.
     */
    public synchronized void publish(UUID workspace, Checkpoint checkpoint, byte[] note) throws IOException {
        Optional<byte[]> before = published(workspace);
        if (before.isEmpty() || size(before.get()) < checkpoint.size()) {
            DataFolder.writePrivate(file(workspace), note);
        }
    }

    /** True when {@code checkpoint} is not known outside yet. */
    boolean lacks(UUID workspace, Checkpoint checkpoint) throws IOException {
        Optional<byte[]> sent = published(workspace);
        return sent.isEmpty() || size(sent.get()) < checkpoint.size();
    }

    private static long size(byte[] note) throws IOException {
        try {
            return Checkpoint.peek(note).size();
        } catch (NoteException e) {
            throw new IOException("a published checkpoint can't be read: " + e.getMessage(), e);
        }
    }

    /** The newest checkpoint that went out. */
    public Optional<byte[]> published(UUID workspace) throws IOException {
        Path file = file(workspace);
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    /**
     * Why the log must not be signed any further, if so.
     *
     * @param size  of the tree in the database
     * @param tiles of the tree in the database
     */
    public Optional<String> conflict(UUID workspace, String origin, long size, TileSource tiles) throws IOException {
        Optional<byte[]> note = published(workspace);
        if (note.isEmpty()) {
            return Optional.empty();
        }
        try {
            Checkpoint sent = Checkpoint.open(note.get(), key.vkey(origin));
            if (sent.size() > size) {
                return Optional.of("a checkpoint over " + sent.size() + " leaves went out, and the database has " + size
                        + ": it was set back to an earlier state");
            }
            Hash then = new Prover(tiles, sent.size()).root();
            return then.equals(sent.root())
                    ? Optional.empty()
                    : Optional.of("the first " + sent.size() + " leaves in the database are not those of the checkpoint"
                            + " that went out");
        } catch (NoteException e) {
            return Optional.of("the published checkpoint does not verify under this server's key: " + e.getMessage());
        } catch (MerkleException | FileNotFoundException e) {
            return Optional.of("the tiles in the database are damaged: " + e.getMessage());
        }
    }

    private Path file(UUID workspace) {
        return folder.resolve(workspace + ".checkpoint");
    }
}
