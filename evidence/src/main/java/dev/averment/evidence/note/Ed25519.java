package dev.averment.evidence.note;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 keys in the shapes that notes, SSH and PKCS#8 want them in. */
public final class Ed25519 {

    /** Length of a public key, and of a private key's seed, in bytes. */
    public static final int KEY_BYTES = 32;

    /** What stands before the 32 raw bytes in a SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /** A new key pair from the platform's random source. */
    public static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** The key pair of a 32-byte seed (RFC 8032 section 5.1.5). */
    public static KeyPair fromSeed(byte[] seed) {
        if (seed.length != KEY_BYTES) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        try {
            PrivateKey privateKey = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            return new KeyPair(publicKey(publicOf(seed)), privateKey);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** The key pair of a PKCS#8 private key in DER, as {@code openssl genpkey -algorithm ed25519 -outform DER} writes it. */
    public static KeyPair fromPkcs8(byte[] der) throws NoteException {
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
            if (key instanceof EdECPrivateKey edKey && edKey.getBytes().isPresent()) {
                return fromSeed(edKey.getBytes().get());
            }
        } catch (InvalidKeySpecException e) {
            // falls through: the exception's text could quote key material
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
        throw new NoteException("not an Ed25519 private key in PKCS#8 form");
    }

    /** The 32 raw bytes of a public key. */
    public static byte[] raw(PublicKey key) {
        byte[] spki = key.getEncoded();
        if (spki == null
                || spki.length != SPKI_PREFIX.length + KEY_BYTES
                || !Arrays.equals(spki, 0, SPKI_PREFIX.length, SPKI_PREFIX, 0, SPKI_PREFIX.length)) {
            throw new IllegalArgumentException("not an Ed25519 public key");
        }
        return Arrays.copyOfRange(spki, SPKI_PREFIX.length, spki.length);
    }

    /** A public key from its 32 raw bytes. */
    public static PublicKey publicKey(byte[] raw) throws InvalidKeySpecException {
        if (raw.length != KEY_BYTES) {
            throw new InvalidKeySpecException("an Ed25519 public key has 32 bytes");
        }
        byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + KEY_BYTES);
        System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, KEY_BYTES);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
        } catch (InvalidKeySpecException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    public static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform could not sign with this Ed25519 key", e);
        }
    }

    public static boolean verify(PublicKey key, byte[] message, byte[] signed) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a malformed signature, or a key that is no point of the curve, verifies nothing
        }
    }

    /** The platform has no call for it, but its generator makes a key from whatever 32 bytes its random source gives. */
    private static byte[] publicOf(byte[] seed) throws GeneralSecurityException {
        SecureRandom fixed = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        };
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, fixed);
        KeyPair pair = generator.generateKeyPair();
        if (!(pair.getPrivate() instanceof EdECPrivateKey key)
                || !Arrays.equals(key.getBytes().orElseThrow(), seed)) {
            throw new IllegalStateException("this platform's Ed25519 generator does not take its seed as given");
        }
        return raw(pair.getPublic());
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("this Java platform cannot do Ed25519", e);
    }
}
