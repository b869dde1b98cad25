package dev.averment.evidence.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The one ZIP encoding of a set of files: stored, in name order, dated 1 January 1980, no extras, no comment.
 *
 * <p>Reading ends with encoding again and comparing. That closes what makes ZIP a poor container for evidence: local
 * headers that disagree with the directory (two tools see two contents), bytes between entries that nobody hashes,
 * compressed bombs.
 */
final class StoredZip {

    static final int MAX_BYTES = 64 * 1024 * 1024;
    static final int MAX_FILES = 20_000;
    static final int MAX_NAME = 160;

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final short VERSION = 20;
    private static final short MADE_BY_UNIX = 3 << 8 | VERSION;
    private static final short DATE_1980 = 1 << 5 | 1;
    private static final int REGULAR_FILE_0644 = 0100644 << 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private StoredZip() {}

    static boolean isName(String name) {
        return name.length() <= MAX_NAME && NAME.matcher(name).matches();
    }

    static byte[] encode(SortedMap<String, byte[]> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] name = file.getKey().getBytes(StandardCharsets.US_ASCII);
            byte[] data = file.getValue();
            CRC32 crc = new CRC32();
            crc.update(data);
            ByteBuffer common = buffer(26)
                    .putShort(VERSION)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort(DATE_1980)
                    .putInt((int) crc.getValue())
                    .putInt(data.length)
                    .putInt(data.length)
                    .putShort((short) name.length)
                    .putShort((short) 0);
            directory.writeBytes(
                    buffer(6).putInt(CENTRAL).putShort(MADE_BY_UNIX).array());
            directory.writeBytes(bytes(common));
            directory.writeBytes(bytes(buffer(14)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(REGULAR_FILE_0644)
                    .putInt(out.size())));
            directory.writeBytes(name);
            out.writeBytes(bytes(buffer(4).putInt(LOCAL)));
            out.writeBytes(bytes(common));
            out.writeBytes(name);
            out.writeBytes(data);
        }
        int start = out.size();
        out.writeBytes(directory.toByteArray());
        out.writeBytes(bytes(buffer(22)
                .putInt(END)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) files.size())
                .putShort((short) files.size())
                .putInt(directory.size())
                .putInt(start)
                .putShort((short) 0)));
        return out.toByteArray();
    }

    static SortedMap<String, byte[]> decode(byte[] zip) throws PacketException {
        if (zip.length > MAX_BYTES) {
            throw new PacketException(
                    "the packet has " + zip.length + " bytes; more than " + MAX_BYTES + " are refused");
        }
        ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        TreeMap<String, byte[]> files = new TreeMap<>();
        while (in.remaining() >= 4 && in.getInt(in.position()) == LOCAL) {
            if (files.size() == MAX_FILES) {
                throw new PacketException("the packet has more than " + MAX_FILES + " files");
            }
            need(in, 30);
            in.position(in.position() + 6);
            int flags = in.getShort();
            int method = in.getShort();
            in.getInt();
            int crc = in.getInt();
            long stored = in.getInt() & 0xffffffffL;
            long size = in.getInt() & 0xffffffffL;
            int nameLength = in.getShort() & 0xffff;
            int extraLength = in.getShort() & 0xffff;
            if (flags != 0 || method != 0 || stored != size || extraLength != 0) {
                throw new PacketException(
                        "the packet has a compressed, encrypted or streamed entry; packets hold plain stored"
                                + " files (was it zipped again?)");
            }
            need(in, nameLength);
            byte[] name = new byte[nameLength];
            in.get(name);
            String path = new String(name, StandardCharsets.ISO_8859_1);
            if (!isName(path)) {
                throw new PacketException("the packet has a file with an unsafe name"); // zip slip, and look-alikes
            }
            need(in, size);
            byte[] data = new byte[(int) size];
            in.get(data);
            CRC32 actual = new CRC32();
            actual.update(data);
            if ((int) actual.getValue() != crc) {
                throw new PacketException(path + " does not match its checksum in the packet");
            }
            if (files.put(path, data) != null) {
                throw new PacketException(path + " stands in the packet twice");
            }
        }
        if (files.isEmpty()) {
            throw new PacketException("not a packet: it does not start as a ZIP file does");
        }
        if (!Arrays.equals(encode(files), zip)) {
            throw new PacketException("the packet is cut short, or holds more than its files; ask for it again");
        }
        return files;
    }

    private static void need(ByteBuffer in, long bytes) throws PacketException {
        if (in.remaining() < bytes) {
            throw new PacketException("the packet is cut short; ask for it again");
        }
    }

    private static byte[] bytes(ByteBuffer filled) {
        byte[] bytes = new byte[filled.position()];
        filled.get(0, bytes);
        return bytes;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
