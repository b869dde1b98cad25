package dev.averment.server.evidence;

import dev.averment.evidence.json.JsonString;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.server.tenancy.WorkspaceContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Personal values that leaves hold only as salted digests. They lie beside the log, encrypted with AES-256-GCM under a key
 * of the person, which itself is wrapped under a key that is not in the database. Destroying a person's key erases the
 * values wherever copies of the rows may be, and every proof stays valid.
 */
public final class Disclosures {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey wrapping;
    private final DisclosureStore store = new DisclosureStore();

    /** @param hexKey 64 hex digits, as the data folder keeps them */
    public Disclosures(String hexKey) {
        this.wrapping = new SecretKeySpec(HexFormat.of().parseHex(hexKey), "AES");
    }

    /**
     * Keeps a value for a leaf that is about to be appended, and returns what the leaf commits to.
     *
     * @param leaf    id of the leaf
     * @param subject the person whose value it is
     * @param path    where it belongs, as a JSON pointer into the leaf
     */
    public Disclosure keep(
            JdbcClient transaction, WorkspaceContext context, UUID leaf, UUID subject, String path, String value) {
        Disclosure disclosure = Disclosure.make(path, new JsonString(value), RANDOM);
        SecretKey key = key(transaction, context, subject);
        byte[] sealed = seal(
                key, disclosure.encoded().getBytes(StandardCharsets.UTF_8), place(context.workspace(), leaf, path));
        store.insert(
                transaction,
                context.workspace(),
                leaf,
                path,
                subject,
                Base64.getUrlDecoder().decode(disclosure.salt()),
                sealed);
        return disclosure;
    }

    /** The value that a leaf commits to at {@code path}; empty when its subject was erased, or there is none. */
    public Optional<String> read(JdbcClient transaction, WorkspaceContext context, UUID leaf, String path) {
        return store.find(transaction, context.workspace(), leaf, path)
                .flatMap(row -> store.wrapped(transaction, context.workspace(), row.subject())
                        .map(wrapped -> unwrap(wrapped, context.workspace(), row.subject()))
                        .map(key -> new String(
                                open(key, row.ciphertext(), place(context.workspace(), leaf, path)),
                                StandardCharsets.UTF_8))
                        .map(Disclosures::value));
    }

    /**
     * Encrypts a value that is no leaf's under the key of a subject, such as a workspace for its own secrets.
     *
     * @param place what it is and where it lies; it opens for the same place alone
     */
    public byte[] seal(JdbcClient transaction, WorkspaceContext context, UUID subject, String place, byte[] value) {
        return seal(key(transaction, context, subject), value, ofSubject(context.workspace(), subject, place));
    }

    /** What {@link #seal} encrypted; empty when the subject's key was destroyed. */
    public Optional<byte[]> open(
            JdbcClient transaction, WorkspaceContext context, UUID subject, String place, byte[] sealed) {
        return store.wrapped(transaction, context.workspace(), subject)
                .map(wrapped -> open(
                        unwrap(wrapped, context.workspace(), subject),
                        sealed,
                        ofSubject(context.workspace(), subject, place)));
    }

    /** Destroys a person's key and values; what the log committed to stays, and no longer says anything. */
    public void erase(JdbcClient transaction, WorkspaceContext context, UUID subject) {
        store.erase(transaction, context.workspace(), subject);
    }

    private static String value(String encoded) {
        try {
            return Disclosure.parse(encoded).value() instanceof JsonString text ? text.value() : "";
        } catch (dev.averment.evidence.leaf.LeafException e) {
            throw new IllegalStateException("a kept disclosure is none", e);
        }
    }

    private SecretKey key(JdbcClient transaction, WorkspaceContext context, UUID subject) {
        UUID workspace = context.workspace();
        Optional<byte[]> known = store.wrapped(transaction, workspace, subject);
        if (known.isPresent()) {
            return unwrap(known.get(), workspace, subject);
        }
        byte[] fresh = new byte[32];
        RANDOM.nextBytes(fresh);
        byte[] wrapped = seal(wrapping, fresh, subjectPlace(workspace, subject));
        // Another transaction may have made one meanwhile: the first stays, and everybody uses that.
        return unwrap(store.keep(transaction, workspace, subject, wrapped), workspace, subject);
    }

    private SecretKey unwrap(byte[] wrapped, UUID workspace, UUID subject) {
        return new SecretKeySpec(open(wrapping, wrapped, subjectPlace(workspace, subject)), "AES");
    }

    private static byte[] place(UUID workspace, UUID leaf, String path) {
        return ("disclosure|" + workspace + '|' + leaf + '|' + path).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ofSubject(UUID workspace, UUID subject, String place) {
        return ("sealed|" + workspace + '|' + subject + '|' + place).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] subjectPlace(UUID workspace, UUID subject) {
        return ("subject-key|" + workspace + '|' + subject).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] seal(SecretKey key, byte[] plain, byte[] place) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, nonce, plain, place);
        return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    }

    private static byte[] open(SecretKey key, byte[] sealed, byte[] place) {
        return crypt(
                Cipher.DECRYPT_MODE,
                key,
                java.util.Arrays.copyOf(sealed, NONCE),
                java.util.Arrays.copyOfRange(sealed, NONCE, sealed.length),
                place);
    }

    private static byte[] crypt(int mode, SecretKey key, byte[] nonce, byte[] text, byte[] place) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place);
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a personal value can't be read or kept: wrong key, or altered", e);
        }
    }
}
