package dev.averment.evidence.leaf;

import dev.averment.evidence.merkle.Tile;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entry bundles of tlog-tiles: up to 256 entries, each its length in two bytes big-endian and then its bytes. */
public final class EntryBundle {

    private EntryBundle() {}

    public static byte[] encode(List<byte[]> entries) {
        if (entries.isEmpty() || entries.size() > Tile.FULL) {
            throw new IllegalArgumentException("a bundle has 1 to 256 entries, not " + entries.size());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(entries.size() * 640);
        for (byte[] entry : entries) {
            if (entry.length > Leaf.MAX_BYTES) {
                throw new IllegalArgumentException(
                        "an entry of " + entry.length + " bytes is over the limit of " + Leaf.MAX_BYTES);
            }
            out.write(entry.length >>> 8);
            out.write(entry.length);
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    /** The first {@code width} entries; nothing may follow them unless the bundle is wider than asked for. */
    public static List<byte[]> decode(byte[] bundle, int width) throws LeafException {
        List<byte[]> entries = new ArrayList<>(width);
        int at = 0;
        while (entries.size() < width) {
            if (bundle.length - at < 2) {
                throw new LeafException("entry bundle ends after " + entries.size() + " of " + width + " entries");
            }
            int length = (bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff);
            at += 2;
            if (bundle.length - at < length) {
                throw new LeafException("entry " + entries.size() + " of the bundle is cut short");
            }
            entries.add(Arrays.copyOfRange(bundle, at, at + length));
            at += length;
        }
        if (width == Tile.FULL && at != bundle.length) {
            throw new LeafException("something follows the last entry of the bundle");
        }
        return entries;
    }
}
