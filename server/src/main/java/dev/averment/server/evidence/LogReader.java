package dev.averment.server.evidence;

import dev.averment.evidence.merkle.Tile;
import dev.averment.evidence.merkle.TileSource;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads a workspace's log as that workspace sees it. */
public final class LogReader {
    private final Workspaces workspaces;
    private final Publication publication;

    public LogReader(Workspaces workspaces, Publication publication) {
        this.workspaces = workspaces;
        this.publication = publication;
    }

    /** An integrated leaf. */
    public record Entry(long seq, UUID leaf, byte[] bytes) {}

    /** The newest published checkpoint, a signed note. */
    public Optional<byte[]> checkpoint(UUID workspace) throws IOException {
        return publication.published(workspace);
    }

    /** The bytes of a tile, cut to its width; empty when the log hasn't got that far. */
    public Optional<byte[]> tile(UUID workspace, Tile tile) {
        return workspaces.reading(
                reader(workspace),
                jdbc -> jdbc.sql("select data from evidence.tile where workspace_id = ? and level = ? and n = ?")
                        .params(workspace, tile.level(), tile.index())
                        .query(byte[].class)
                        .optional()
                        .filter(data -> data.length >= tile.width() * 32)
                        .map(data -> Arrays.copyOf(data, tile.width() * 32)));
    }

    /** The tiles of one log, for proofs. */
    public TileSource tiles(UUID workspace) {
        return tile -> tile(workspace, tile).orElseThrow(() -> new FileNotFoundException(tile.path() + " is missing"));
    }

    /** Where a leaf stands, once it is integrated. */
    public Optional<Entry> entry(UUID workspace, UUID leaf) {
        return workspaces.reading(
                reader(workspace),
                jdbc -> jdbc.sql("""
                        select i.seq, l.leaf_id, l.bytes
                          from evidence.leaf_index i
                          join evidence.leaf l on l.workspace_id = i.workspace_id and l.leaf_id = i.leaf_id
                         where i.workspace_id = ? and i.leaf_id = ?""")
                        .params(workspace, leaf)
                        .query((r, _) -> new Entry(r.getLong(1), r.getObject(2, UUID.class), r.getBytes(3)))
                        .optional());
    }

    /** A leaf's bytes, integrated or not. */
    public Optional<byte[]> bytes(UUID workspace, UUID leaf) {
        return workspaces.reading(
                reader(workspace),
                jdbc -> jdbc.sql("select bytes from evidence.leaf where workspace_id = ? and leaf_id = ?")
                        .params(workspace, leaf)
                        .query(byte[].class)
                        .optional());
    }

    /** Integrated leaves {@code from} (inclusive) to {@code to} (exclusive), in order. */
    public List<Entry> entries(UUID workspace, long from, long to) {
        return workspaces.reading(
                reader(workspace),
                jdbc -> jdbc.sql("""
                        select i.seq, l.leaf_id, l.bytes
                          from evidence.leaf_index i
                          join evidence.leaf l on l.workspace_id = i.workspace_id and l.leaf_id = i.leaf_id
                         where i.workspace_id = ? and i.seq >= ? and i.seq < ?
                         order by i.seq""")
                        .params(workspace, from, to)
                        .query((r, _) -> new Entry(r.getLong(1), r.getObject(2, UUID.class), r.getBytes(3)))
                        .list());
    }

    /**
     * Signed checkpoints from before the tree had {@code size} leaves: the first one kept, and for each of {@code moments}
     * the newest that had been signed by then, if any. One may be there several times.
     */
    public List<byte[]> checkpoints(UUID workspace, long size, List<Instant> moments) {
        return workspaces.reading(reader(workspace), jdbc -> {
            var notes = new ArrayList<byte[]>();
            jdbc.sql("""
                            select note from evidence.checkpoint
                             where workspace_id = ? and size > 0 and size < ? order by size limit 1""")
                    .params(workspace, size)
                    .query(String.class)
                    .optional()
                    .ifPresent(note -> notes.add(note.getBytes(StandardCharsets.UTF_8)));
            for (Instant moment : moments) {
                jdbc.sql("""
                                select note from evidence.checkpoint
                                 where workspace_id = ? and signed_at <= ? and size > 0 and size < ?
                                 order by signed_at desc, size desc limit 1""")
                        .params(workspace, Timestamp.from(moment), size)
                        .query(String.class)
                        .optional()
                        .ifPresent(note -> notes.add(note.getBytes(StandardCharsets.UTF_8)));
            }
            return notes;
        });
    }

    /** The signed checkpoint over exactly {@code of} leaves, from before the tree had {@code size}. */
    public Optional<byte[]> checkpoint(UUID workspace, long of, long size) {
        return workspaces.reading(
                reader(workspace),
                jdbc -> jdbc.sql("""
                        select note from evidence.checkpoint
                         where workspace_id = ? and size = ? and size > 0 and size < ? limit 1""")
                        .params(workspace, of, size)
                        .query(String.class)
                        .optional()
                        .map(note -> note.getBytes(StandardCharsets.UTF_8)));
    }

    private static WorkspaceContext reader(UUID workspace) {
        return new WorkspaceContext(workspace, "service:log-reader");
    }
}
