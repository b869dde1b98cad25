package dev.averment.evidence.log;

import dev.averment.evidence.leaf.EntryBundle;
import dev.averment.evidence.merkle.Tile;
import dev.averment.evidence.merkle.TileData;
import dev.averment.evidence.merkle.TileSource;
import dev.averment.evidence.merkle.TreeUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A log as files: {@code checkpoint}, {@code tile/...}, {@code tile/entries/...}. What an export of a log looks like, and
 * what static web servers can serve.
 */
public final class LogDirectory implements TileSource, EntrySource {

    /** No tile, bundle of 256 full entries or checkpoint is larger. */
    private static final long MAX_FILE = 256L * (65_535 + 2);

    private final Path root;

    public LogDirectory(Path root) {
        this.root = root;
    }

    @Override
    public byte[] read(Tile tile) throws IOException {
        return readOrFull(tile.path(), tile.full().path());
    }

    @Override
    public byte[] bundle(Tile tile) throws IOException {
        return readOrFull(tile.entriesPath(), tile.full().entriesPath());
    }

    /** The signed checkpoint, exact bytes. */
    public byte[] checkpoint() throws IOException {
        return read("checkpoint");
    }

    /**
     * Writes what a batch changed: tiles and bundles first and the checkpoint last, so that a reader in between sees the
     * old log whole.
     *
     * @param update from the append of the batch
     * @param entries all entries of the bundles that the batch touched, from the first entry of the first such bundle
     * @param signedCheckpoint the checkpoint of the new size
     */
    public void write(TreeUpdate update, List<byte[]> entries, byte[] signedCheckpoint) throws IOException {
        for (TileData tile : update.tiles()) {
            put(tile.tile().path(), tile.bytes());
        }
        int at = 0;
        for (TileData data : update.tiles()) {
            if (data.tile().level() == 0) {
                int width = data.tile().width();
                put(data.tile().entriesPath(), EntryBundle.encode(new ArrayList<>(entries.subList(at, at + width))));
                at += width;
            }
        }
        if (at != entries.size()) {
            throw new IllegalArgumentException(entries.size() + " entries given for bundles of " + at);
        }
        put("checkpoint", signedCheckpoint);
    }

    private byte[] readOrFull(String path, String fullPath) throws IOException {
        try {
            return read(path);
        } catch (NoSuchFileException e) {
            return read(fullPath); // partial tiles may be dropped once the full one exists
        }
    }

    private byte[] read(String path) throws IOException {
        Path file = root.resolve(path);
        if (Files.size(file) > MAX_FILE) {
            throw new IOException(path + " is larger than any file of a log");
        }
        return Files.readAllBytes(file);
    }

    private void put(String path, byte[] bytes) throws IOException {
        Path file = root.resolve(path);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, bytes);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
