package dev.averment.server.identity.factor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals seeds with AES-256-GCM under a key of the data folder: whoever reads the database alone can make no code. What is
 * sealed names its account and enrolment, so that nobody who can write rows puts his own seed under another account.
 */
public final class SeedVault {
    /** Says how the rest is to be read, should another cipher or a second key come. */
    private static final byte FORMAT = 1;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    /** @param hexKey 64 hex digits, as the data folder keeps them */
    public SeedVault(String hexKey) {
        this.key = new SecretKeySpec(HexFormat.of().parseHex(hexKey), "AES");
    }

    byte[] seal(byte[] seed, UUID account, UUID version) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, seed, account, version);
        return ByteBuffer.allocate(1 + NONCE + sealed.length)
                .put(FORMAT)
                .put(nonce)
                .put(sealed)
                .array();
    }

    byte[] open(byte[] sealed, UUID account, UUID version) {
        if (sealed.length <= 1 + NONCE || sealed[0] != FORMAT) {
            throw new IllegalStateException("a sealed seed is of another format");
        }
        return crypt(
                Cipher.DECRYPT_MODE,
                Arrays.copyOfRange(sealed, 1, 1 + NONCE),
                Arrays.copyOfRange(sealed, 1 + NONCE, sealed.length),
                account,
                version);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] text, UUID account, UUID version) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(("totp-seed|" + account + '|' + version).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a seed can't be read or kept: wrong key, or altered", e);
        }
    }
}
