package dev.averment.claims;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One state of a page, known by the hash of its file.
 *
 * @param sha256 of {@link Page#source()}, 64 hexadecimal digits
 */
public record Revision(Page page, String sha256) {

    public static Revision of(Page page) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(page.source());
            return new Revision(page, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    public PageDiff since(Revision earlier) {
        return PageDiff.between(earlier.page, page);
    }
}
