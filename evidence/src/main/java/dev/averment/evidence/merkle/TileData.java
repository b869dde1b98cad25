package dev.averment.evidence.merkle;

/** A tile and its {@code 32 * width} bytes. The array is the holder's to read, not to alter. */
@SuppressWarnings("ArrayRecordComponent") // exact bytes, never compared as a record
public record TileData(Tile tile, byte[] bytes) {

    public TileData {
        if (bytes.length != tile.width() * Hash.BYTES) {
            throw new IllegalArgumentException(
                    tile + " has " + tile.width() * Hash.BYTES + " bytes, not " + bytes.length);
        }
    }
}
