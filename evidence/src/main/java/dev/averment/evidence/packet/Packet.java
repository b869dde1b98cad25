package dev.averment.evidence.packet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A packet's files, read but not verified: names are safe, sizes bounded, nothing is hidden between them.
 *
 * @param files path within the packet to bytes, which are not to be altered
 */
public record Packet(SortedMap<String, byte[]> files) {

    /** Largest packet read, in bytes. */
    public static final int MAX_BYTES = StoredZip.MAX_BYTES;

    public Packet {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Reads the ZIP form. Compressed, doubled, disordered, misnamed, hidden or missing bytes are all refused. */
    public static Packet read(byte[] zip) throws PacketException {
        return new Packet(StoredZip.decode(zip));
    }

    /** Reads a ZIP file of at most {@link #MAX_BYTES}. */
    public static Packet read(Path file) throws IOException, PacketException {
        if (Files.size(file) > MAX_BYTES) {
            throw new PacketException(
                    "the packet has " + Files.size(file) + " bytes; more than " + MAX_BYTES + " are refused");
        }
        return read(Files.readAllBytes(file));
    }

    /** The one ZIP encoding of these files. */
    public byte[] toBytes() {
        return StoredZip.encode(files);
    }

    byte[] file(String name) throws PacketException {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new PacketException(name + " is missing");
        }
        return bytes;
    }
}
