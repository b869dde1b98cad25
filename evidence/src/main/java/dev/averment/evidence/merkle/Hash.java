package dev.averment.evidence.merkle;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256 value: 32 bytes, immutable, compared by content. */
public final class Hash implements Comparable<Hash> {

    /** Length in bytes. */
    public static final int BYTES = 32;

    final byte[] value;

    private Hash(byte[] value) {
        this.value = value;
    }

    /** Copies the 32 bytes. */
    public static Hash of(byte[] value) {
        if (value.length != BYTES) {
            throw new IllegalArgumentException("a SHA-256 value has 32 bytes, not " + value.length);
        }
        return new Hash(value.clone());
    }

    /** Copies 32 bytes from {@code offset}. */
    static Hash at(byte[] data, int offset) {
        return new Hash(Arrays.copyOfRange(data, offset, offset + BYTES));
    }

    /** Takes the array as its own: only for arrays that nobody else holds. */
    static Hash owning(byte[] value) {
        return new Hash(value);
    }

    /** From standard base64 with padding, exactly 44 characters: other spellings of the same bytes are refused. */
    public static Hash fromBase64(String text) throws MerkleException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == BYTES
                    && Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return new Hash(bytes);
            }
        } catch (IllegalArgumentException e) {
            // falls through to the refusal below
        }
        throw new MerkleException("not the base64 of a SHA-256 value");
    }

    /** SHA-256 of the bytes as they are, with no tree prefix. */
    public static Hash sha256(byte[] data) {
        return new Hash(TreeHash.digest().digest(data));
    }

    public byte[] bytes() {
        return value.clone();
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(value);
    }

    public String hex() {
        return HexFormat.of().formatHex(value);
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(value, other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash hash && MessageDigest.isEqual(value, hash.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return hex();
    }
}
