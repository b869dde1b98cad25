package dev.averment.evidence.note;

import dev.averment.evidence.merkle.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A verifier key: {@code name+hex(keyID)+base64(0x01 || public key)}, the one line by which people hand a log's key on.
 * The key ID is SHA-256(name || 0x0A || 0x01 || public key), first four bytes; it saves work, it proves nothing.
 */
public final class Vkey {

    /** Longest name accepted, in UTF-16 units. */
    static final int MAX_NAME = 255;

    private static final byte TYPE_ED25519 = 1;

    private final String name;
    private final byte[] raw;
    private final int keyId;
    private final PublicKey key;

    private Vkey(String name, byte[] raw, PublicKey key) {
        this.name = name;
        this.raw = raw;
        this.key = key;
        this.keyId = keyId(name, raw);
    }

    /** The verifier key for an Ed25519 public key under a name. */
    public static Vkey of(String name, PublicKey key) {
        if (!isName(name)) {
            throw new IllegalArgumentException("a key name has no spaces, no '+', no control characters: " + name);
        }
        return new Vkey(name, Ed25519.raw(key), key);
    }

    /** Parses the one-line form; surrounding white space and other spellings of the same key are refused. */
    public static Vkey parse(String text) throws NoteException {
        int first = text.indexOf('+');
        int second = text.indexOf('+', first + 1);
        if (text.length() > MAX_NAME + 64 || first < 1 || second < 0) {
            throw new NoteException("a verifier key looks like name+1a2b3c4d+base64");
        }
        String name = text.substring(0, first);
        byte[] typed;
        try {
            typed = Base64.getDecoder().decode(text.substring(second + 1));
        } catch (IllegalArgumentException e) {
            throw new NoteException("the verifier key's last part is not base64");
        }
        if (typed.length != 1 + Ed25519.KEY_BYTES || typed[0] != TYPE_ED25519) {
            throw new NoteException("the verifier key is not of type Ed25519 (0x01)");
        }
        if (!isName(name)) {
            throw new NoteException("the verifier key's name has spaces or control characters");
        }
        byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
        Vkey vkey;
        try {
            vkey = new Vkey(name, raw, Ed25519.publicKey(raw));
        } catch (InvalidKeySpecException e) {
            throw new NoteException("the verifier key holds no Ed25519 public key");
        }
        if (!vkey.toString().equals(text)) {
            throw new NoteException(
                    "the verifier key's key ID does not belong to its name and key; it may be mistyped");
        }
        return vkey;
    }

    /** Rules of signed-note: not empty, no Unicode spaces, no plus, and here no controls or lone surrogates either. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.codePoints()
                        .noneMatch(c -> c == '+'
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.isISOControl(c)
                                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static int keyId(String name, byte[] raw) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] input = ByteBuffer.allocate(nameBytes.length + 2 + raw.length)
                .put(nameBytes)
                .put((byte) '\n')
                .put(TYPE_ED25519)
                .put(raw)
                .array();
        return ByteBuffer.wrap(Hash.sha256(input).bytes()).getInt();
    }

    public String name() {
        return name;
    }

    public int keyId() {
        return keyId;
    }

    public PublicKey key() {
        return key;
    }

    /** The 32 bytes of the public key. */
    public byte[] raw() {
        return raw.clone();
    }

    boolean verify(byte[] message, byte[] signature) {
        return Ed25519.verify(key, message, signature);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vkey vkey && name.equals(vkey.name) && MessageDigest.isEqual(raw, vkey.raw);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(raw);
    }

    /** The one-line form. */
    @Override
    public String toString() {
        byte[] typed =
                ByteBuffer.allocate(1 + raw.length).put(TYPE_ED25519).put(raw).array();
        return "%s+%08x+%s".formatted(name, keyId, Base64.getEncoder().encodeToString(typed));
    }
}
