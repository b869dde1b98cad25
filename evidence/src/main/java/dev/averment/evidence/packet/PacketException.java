package dev.averment.evidence.packet;

/** A packet, or a file in one, cannot be read or made. The message names the file and the reason. */
public final class PacketException extends Exception {
    public PacketException(String message) {
        super(message);
    }
}
