package dev.averment.evidence.merkle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Address of a tile: 256 hashes of one level, or fewer at the right edge. Hash {@code i} of tile {@code (level, index)}
 * is the root over the leaves {@code [(index*256+i) * 256^level, (index*256+i+1) * 256^level)}.
 *
 * @param level 0 for leaf hashes, up to 7
 * @param index number of the tile within its level, from 0
 * @param width hashes in it: 1 to 255 for a partial tile, 256 for a full one
 */
public record Tile(int level, long index, int width) {

    /** Hashes in a full tile, entries in a full bundle. */
    public static final int FULL = 256;

    /** A size below 2^63 has no more levels of tiles than this. */
    static final int LEVELS = 8;

    private static final Pattern PATH =
            Pattern.compile("tile/(entries|0|[1-7])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    public Tile {
        if (level < 0 || level >= LEVELS || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException(
                    "no such tile: level " + level + ", index " + index + ", width " + width);
        }
    }

    /** The tile that covers hash {@code position} of {@code level}, as wide as a tree of {@code size} leaves has it. */
    public static Tile covering(int level, long position, long size) {
        long index = position / FULL;
        long hashes = size >>> (8 * level);
        return new Tile(level, index, (int) Math.min(FULL, hashes - index * FULL));
    }

    public boolean isFull() {
        return width == FULL;
    }

    /** The full tile at this address. */
    public Tile full() {
        return new Tile(level, index, FULL);
    }

    /** {@code tile/0/x001/x234/067} or {@code tile/0/x001/x234/067.p/8}: the URL path and the file path. */
    public String path() {
        return path(Integer.toString(level), index, width);
    }

    /** {@code tile/entries/x001/x234/067[.p/W]}: the bundle with the entries of this tile, which must be of level 0. */
    public String entriesPath() {
        if (level != 0) {
            throw new IllegalStateException("only tiles of level 0 have entries");
        }
        return path("entries", index, width);
    }

    private static String path(String level, long index, int width) {
        StringBuilder groups = new StringBuilder(String.format("%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            groups.insert(0, String.format("x%03d/", rest % 1000));
        }
        return "tile/" + level + "/" + groups + (width == FULL ? "" : ".p/" + width);
    }

    /** Reads a tile's path back. Only the one spelling that {@link #path()} gives is accepted. */
    public static Tile parse(String path) throws MerkleException {
        return parse(path, false);
    }

    /** Reads an entry bundle's path back, as the level-0 tile that it goes with. */
    public static Tile parseEntries(String path) throws MerkleException {
        return parse(path, true);
    }

    private static Tile parse(String path, boolean entries) throws MerkleException {
        Matcher matcher = PATH.matcher(path);
        if (path.length() <= 64 && matcher.matches() && matcher.group(1).equals("entries") == entries) {
            int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
            long index = Long.parseLong(matcher.group(2).replaceAll("[x/]", ""));
            int level = entries ? 0 : Integer.parseInt(matcher.group(1));
            if (width <= FULL) {
                Tile tile = new Tile(level, index, width);
                if ((entries ? tile.entriesPath() : tile.path()).equals(path)) {
                    return tile;
                }
            }
        }
        throw new MerkleException(
                "not the path of " + (entries ? "an entry bundle" : "a tile") + " (c2sp.org/tlog-tiles)");
    }
}
