package dev.averment.server.monitoring.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * What a job wrote, as it is kept: the beginning and the end, without secrets. Bytes that are no UTF-8 stand as U+FFFD.
 *
 * @param head       the beginning, or everything
 * @param tail       the end, when something was left out between
 * @param size       bytes that were sent
 * @param leftOut    bytes that were left out between head and tail, about: secrets have gone from both
 * @param digest     SHA-256 of all that was sent
 * @param redactions secrets that were taken out of what is kept
 * @param redacted   of which kinds, as {@code bearer:2 jwt:1}
 */
public record Output(
        String head, String tail, long size, long leftOut, byte[] digest, int redactions, String redacted) {
    /** So much is kept: what the header Ping-Body-Limit announces. */
    public static final int KEPT = 10_000;

    /** So much is read at the most, of which everything counts in the digest. */
    public static final long MOST = 16L << 20;

    private static final int HALF = KEPT / 2;

    /** Looked at beyond what is kept, so that a secret which a cut goes through is seen whole. */
    private static final int BEYOND = 4_096;

    /** Of that, what may still hold a part of a secret and is not kept whatever else was taken out. */
    private static final int DOUBTFUL = 2_048;

    private static final int WINDOW = HALF + BEYOND;

    public Output {
        digest = digest.clone();
    }

    @Override
    public byte[] digest() {
        return digest.clone();
    }

    /** More than {@link #MOST} bytes came. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("the body is over " + MOST + " bytes");
        }
    }

    /** Reads to the end. */
    public static Output read(InputStream in) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] whole = new byte[2 * WINDOW];
        byte[] ring = new byte[WINDOW];
        byte[] part = new byte[8_192];
        long size = 0;
        for (int count = in.read(part); count >= 0; count = in.read(part)) {
            if (size + count > MOST) {
                throw new TooLong();
            }
            sha256.update(part, 0, count);
            for (int i = 0; i < count; i++) {
                if (size + i < whole.length) {
                    whole[(int) size + i] = part[i];
                }
                ring[(int) ((size + i) % WINDOW)] = part[i];
            }
            size += count;
        }
        if (size <= whole.length) {
            return ofWhole(Arrays.copyOf(whole, (int) size), sha256.digest());
        }
        byte[] end = new byte[WINDOW];
        int start = (int) (size % WINDOW);
        System.arraycopy(ring, start, end, 0, WINDOW - start);
        System.arraycopy(ring, 0, end, WINDOW - start, start);
        return ofEnds(Arrays.copyOf(whole, WINDOW), end, size, sha256.digest());
    }

    /** Of a text that is in hand. */
    public static Output of(byte[] whole) throws IOException {
        return read(new java.io.ByteArrayInputStream(whole));
    }

    private static Output ofWhole(byte[] bytes, byte[] digest) {
        Redactor.Redacted redacted = Redactor.redact(text(bytes));
        String kept = redacted.text();
        String kinds = Redactor.words(List.of(redacted));
        if (bytes.length <= KEPT && kept.length() <= 2 * KEPT) {
            return new Output(kept, "", bytes.length, 0, digest, redacted.count(), kinds);
        }
        return new Output(
                first(kept, HALF),
                last(kept, HALF),
                bytes.length,
                Math.max(0, bytes.length - KEPT),
                digest,
                redacted.count(),
                kinds);
    }

    private static Output ofEnds(byte[] begin, byte[] end, long size, byte[] digest) {
        Redactor.Redacted head = Redactor.redact(text(begin));
        Redactor.Redacted tail = Redactor.redact(text(end));
        String sureHead = first(head.text(), Math.max(0, head.text().length() - DOUBTFUL));
        String sureTail = last(tail.text(), Math.max(0, tail.text().length() - DOUBTFUL));
        return new Output(
                first(sureHead, HALF),
                last(sureTail, HALF),
                size,
                size - KEPT,
                digest,
                head.count() + tail.count(),
                Redactor.words(List.of(head, tail)));
    }

    /** PostgreSQL's text takes every character but NUL. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    /** Never half a character that takes two places. */
    private static String first(String text, int most) {
        int end = Math.min(text.length(), most);
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    private static String last(String text, int most) {
        int start = Math.max(0, text.length() - most);
        return text.substring(
                start < text.length() && Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
