package dev.averment.server.publicsite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Bytes ready to be sent: compressed once, hashed once. Not a record: arrays have no equality worth having.
 */
final class Body {

    private final byte[] plain;
    private final byte @Nullable [] gzip;
    private final MediaType type;
    private final String hash;

    private Body(byte[] plain, byte @Nullable [] gzip, MediaType type, String hash) {
        this.plain = plain;
        this.gzip = gzip;
        this.type = type;
        this.hash = hash;
    }

    static Body of(byte[] bytes, MediaType type) {
        boolean text = type.getType().equals("text")
                || type.getSubtype().endsWith("xml")
                || type.getSubtype().endsWith("json")
                || type.getSubtype().equals("yaml");
        return new Body(bytes, text ? compress(bytes) : null, type, hash(bytes));
    }

    byte[] plain() {
        return plain;
    }

    /** Absent for what is compressed already. */
    byte @Nullable [] gzip() {
        return gzip;
    }

    MediaType type() {
        return type;
    }

    /** 64 bits of SHA-256 in hex: told apart from its own other versions, not from an adversary's. */
    String hash() {
        return hash;
    }

    private static byte[] compress(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
