package dev.averment.checks.tlsversions;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;

/** What a server said to a {@link ClientHello}. Reads at most one handshake message, and no more than 16 KiB of it. */
sealed interface ServerAnswer {

    /**
     * A ServerHello.
     *
     * @param version as negotiated, with TLS 1.3 taken from its extension
     * @param suite   number of the cipher suite
     */
    record Hello(int version, int suite) implements ServerAnswer {}

    /** A fatal alert, by its number in RFC 8446 §6. */
    record Alert(int description) implements ServerAnswer {
        String word() {
            return switch (description) {
                case 10 -> "unexpected message";
                case 40 -> "handshake failure";
                case 47 -> "illegal parameter";
                case 50 -> "decode error";
                case 70 -> "protocol version";
                case 71 -> "insufficient security";
                case 80 -> "internal error";
                case 86 -> "inappropriate fallback";
                case 112 -> "unrecognized name";
                default -> "alert " + description;
            };
        }
    }

    /** The connection ended without a word of TLS. */
    record Closed() implements ServerAnswer {}

    /** Bytes that are no TLS at all. */
    record NotTls() implements ServerAnswer {}

    int MAX_MESSAGE = 16 * 1024;

    /** @throws IOException when nothing came within the socket's time limit */
    static ServerAnswer read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        byte[] message = new byte[0];
        try {
            while (true) {
                int type = in.readUnsignedByte();
                int recordVersion = in.readUnsignedShort();
                int length = in.readUnsignedShort();
                if (type < 20 || type > 24 || recordVersion >> 8 != 3 || length > MAX_MESSAGE + 256) {
                    return new NotTls();
                }
                byte[] fragment = in.readNBytes(length);
                if (fragment.length < length) {
                    return new Closed();
                }
                if (type == 21) {
                    if (length < 2) {
                        return new NotTls();
                    }
                    // A warning (such as an unrecognized name) is followed by the real answer.
                    if (fragment[0] == 1 && fragment[1] != 0) {
                        continue;
                    }
                    return new Alert(fragment[1] & 0xff);
                }
                if (type != 22) {
                    return new NotTls();
                }
                message = append(message, fragment);
                if (message.length >= 4) {
                    int needed = 4 + ((message[1] & 0xff) << 16 | (message[2] & 0xff) << 8 | (message[3] & 0xff));
                    if (message[0] != 2 || needed > MAX_MESSAGE) {
                        return new NotTls();
                    }
                    if (message.length >= needed) {
                        return hello(message);
                    }
                }
            }
        } catch (EOFException | SocketException e) {
            return new Closed();
        }
    }

    private static ServerAnswer hello(byte[] message) throws IOException {
        try (DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(message))) {
            in.skipNBytes(4);
            int version = in.readUnsignedShort();
            in.skipNBytes(32);
            in.skipNBytes(in.readUnsignedByte());
            int suite = in.readUnsignedShort();
            in.skipNBytes(1);
            if (in.available() >= 2) {
                int left = in.readUnsignedShort();
                while (left >= 4) {
                    int type = in.readUnsignedShort();
                    int length = in.readUnsignedShort();
                    left -= 4 + length;
                    if (type == 43 && length == 2) {
                        version = in.readUnsignedShort();
                    } else {
                        in.skipNBytes(length);
                    }
                }
            }
            return new Hello(version, suite);
        } catch (EOFException e) {
            return new NotTls();
        }
    }

    private static byte[] append(byte[] head, byte[] tail) {
        byte[] joined = java.util.Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }
}
