package dev.averment.evidence.packet;

import dev.averment.evidence.note.Ed25519;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Base64;

/**
 * SSH signatures (OpenSSH PROTOCOL.sshsig) with Ed25519 and SHA-512: what {@code ssh-keygen -Y verify} reads. The
 * namespace keeps a signature from being used for another purpose.
 */
public final class SshSignature {

    private static final String KEY_TYPE = "ssh-ed25519";
    private static final String HASH = "sha512";
    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----\n";
    private static final String END = "-----END SSH SIGNATURE-----\n";

    private SshSignature() {}

    /** The public key as it stands in {@code authorized_keys}: base64 of type and key. */
    public static String publicKey(KeyPair keys) {
        return Base64.getEncoder().encodeToString(keyBlob(Ed25519.raw(keys.getPublic())));
    }

    /** The armoured signature over a message. */
    public static String sign(KeyPair keys, String namespace, byte[] message) {
        byte[] signature = Ed25519.sign(keys.getPrivate(), signed(namespace, message));
        return armour(keyBlob(Ed25519.raw(keys.getPublic())), namespace, signature);
    }

    /** Whether the armoured text is this key's signature over the message in this namespace, in its one form. */
    public static boolean verify(String publicKey, String namespace, byte[] message, String armoured) {
        try {
            byte[] blob = Base64.getDecoder().decode(publicKey);
            byte[] raw = Arrays.copyOfRange(blob, Math.max(0, blob.length - Ed25519.KEY_BYTES), blob.length);
            if (!Arrays.equals(keyBlob(raw), blob) || !armoured.startsWith(BEGIN) || !armoured.endsWith(END)) {
                return false;
            }
            byte[] body = Base64.getMimeDecoder()
                    .decode(armoured.substring(
                            BEGIN.length(), Math.max(BEGIN.length(), armoured.length() - END.length())));
            byte[] signature = Arrays.copyOfRange(body, Math.max(0, body.length - 64), body.length);
            return armour(blob, namespace, signature).equals(armoured)
                    && Ed25519.verify(Ed25519.publicKey(raw), signed(namespace, message), signature);
        } catch (IllegalArgumentException | InvalidKeySpecException e) {
            return false;
        }
    }

    private static String armour(byte[] keyBlob, String namespace, byte[] signature) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        out.writeBytes(ByteBuffer.allocate(4).putInt(1).array());
        string(out, keyBlob);
        string(out, ascii(namespace));
        string(out, new byte[0]);
        string(out, ascii(HASH));
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        string(inner, ascii(KEY_TYPE));
        string(inner, signature);
        string(out, inner.toByteArray());
        return BEGIN + Base64.getMimeEncoder(68, ascii("\n")).encodeToString(out.toByteArray()) + "\n" + END;
    }

    private static byte[] signed(String namespace, byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        string(out, ascii(namespace));
        string(out, new byte[0]);
        string(out, ascii(HASH));
        try {
            string(out, MessageDigest.getInstance("SHA-512").digest(message));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
        return out.toByteArray();
    }

    private static byte[] keyBlob(byte[] raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        string(out, ascii(KEY_TYPE));
        string(out, raw);
        return out.toByteArray();
    }

    private static void string(ByteArrayOutputStream out, byte[] value) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
        out.writeBytes(value);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
