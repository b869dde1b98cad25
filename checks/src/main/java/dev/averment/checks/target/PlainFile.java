package dev.averment.checks.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Files that a target file names. A device or a pipe has no end, or waits for somebody to write, and a large file fills the
 * memory: only plain files of a bounded length are opened.
 */
final class PlainFile {
    /** Longest file that is read whole. */
    static final int LONGEST = 1_000_000;

    private PlainFile() {}

    /** A file that is not read: what it is, so that a sentence can go on with it. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** @throws IOException when there is no such file, it is not a plain one, or it is longer than {@link #LONGEST} bytes */
    static byte[] bytes(Path file) throws IOException {
        see(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) { // it grew since it was looked at
                throw new RefusedException("is longer than 1 MB");
            }
            return bytes;
        }
    }

    /** UTF-8; a byte that is none becomes a replacement character. */
    static String text(Path file) throws IOException {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    /** Looks at a file that somebody else opens, such as the driver. */
    static void see(Path file) throws IOException {
        var attributes =
                Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class, new LinkOption[0]);
        if (!attributes.isRegularFile()) {
            throw new RefusedException("is no plain file");
        }
        if (attributes.size() > LONGEST) {
            throw new RefusedException("is longer than 1 MB");
        }
        if (!Files.isReadable(file)) {
            throw new RefusedException("can't be read");
        }
    }

    /** Why a file was not read, to go on with after its name. */
    static String why(IOException e) {
        return e instanceof RefusedException
                ? String.valueOf(e.getMessage())
                : "can't be read (" + e.getClass().getSimpleName() + ")";
    }
}
