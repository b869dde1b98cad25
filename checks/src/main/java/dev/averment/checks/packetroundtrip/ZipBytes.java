package dev.averment.checks.packetroundtrip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Alters one byte of one file inside a ZIP of stored files and puts its checksum right, so that the copy is a flawless
 * archive and only the evidence in it can tell.
 */
final class ZipBytes {
    private static final int END = 0x06054b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_LENGTH = 22;

    /**
     * Where one file stands.
     *
     * @param central offset of its directory entry
     * @param local   offset of its local header
     * @param data    offset of its bytes
     */
    record Place(String name, int central, int local, int data, int length) {}

    private ZipBytes() {}

    /** The files of the archive; none when it is no ZIP of stored files without comment. */
    static List<Place> places(byte[] zip) {
        List<Place> places = new ArrayList<>();
        try {
            ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
            int end = zip.length - END_LENGTH;
            if (end < 0 || in.getInt(end) != END) {
                return List.of();
            }
            int at = in.getInt(end + 16);
            while (at < end) {
                if (in.getInt(at) != CENTRAL || in.getShort(at + 10) != 0) {
                    return List.of();
                }
                int nameLength = Short.toUnsignedInt(in.getShort(at + 28));
                int extra = Short.toUnsignedInt(in.getShort(at + 30)) + Short.toUnsignedInt(in.getShort(at + 32));
                int local = in.getInt(at + 42);
                if (in.getInt(local) != LOCAL) {
                    return List.of();
                }
                int data = local
                        + 30
                        + Short.toUnsignedInt(in.getShort(local + 26))
                        + Short.toUnsignedInt(in.getShort(local + 28));
                int length = in.getInt(at + 20);
                if (length < 0 || data + length > zip.length) {
                    return List.of();
                }
                places.add(new Place(
                        new String(zip, at + 46, nameLength, StandardCharsets.UTF_8), at, local, data, length));
                at += 46 + nameLength + extra;
            }
        } catch (IndexOutOfBoundsException e) {
            return List.of();
        }
        return places;
    }

    /** A copy with the lowest bit of the byte at {@code offset} of that file turned. */
    static byte[] flipped(byte[] zip, Place place, int offset) {
        byte[] copy = zip.clone();
        copy[place.data() + offset] ^= 1;
        CRC32 crc = new CRC32();
        crc.update(copy, place.data(), place.length());
        ByteBuffer out = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(place.central() + 16, (int) crc.getValue());
        out.putInt(place.local() + 14, (int) crc.getValue());
        return copy;
    }
}
