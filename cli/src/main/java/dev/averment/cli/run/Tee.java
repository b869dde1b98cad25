package dev.averment.cli.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps the beginning and the end of what a job writes. More of both than the server keeps, so that a secret which our cut
 * goes through lies in what the server leaves out.
 */
final class Tee {
    private static final int HALF = 9_096;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] tail = new byte[HALF];
    private long size;

    synchronized void write(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (size < HALF) {
                head.write(bytes[i]);
            } else {
                tail[(int) ((size - HALF) % HALF)] = bytes[i];
            }
            size++;
        }
    }

    synchronized long size() {
        return size;
    }

    /** All of it, or both ends with a line between them that says how much is missing. */
    synchronized String text() {
        long beyond = size - head.size();
        int kept = (int) Math.min(beyond, HALF);
        byte[] end = new byte[kept];
        for (int i = 0; i < kept; i++) {
            end[i] = tail[(int) ((beyond - kept + i) % HALF)];
        }
        String begin = head.toString(StandardCharsets.UTF_8);
        String rest = new String(end, StandardCharsets.UTF_8);
        return beyond <= HALF ? begin + rest : begin + "\n[aver: " + (beyond - kept) + " bytes left out]\n" + rest;
    }
}
