package dev.averment.evidence.dsse;

import dev.averment.evidence.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A public key that statements are checked with: ECDSA on P-256 with SHA-256, or Ed25519. */
public final class StatementKey {

    private static final int MAX_SPKI = 256;
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----\n";
    private static final String END = "-----END PUBLIC KEY-----\n";

    private final PublicKey key;
    private final byte[] spki;
    private final String algorithm;

    private StatementKey(PublicKey key, byte[] spki, String algorithm) {
        this.key = key;
        this.spki = spki;
        this.algorithm = algorithm;
    }

    public static StatementKey of(PublicKey key) throws DsseException {
        return fromSpki(key.getEncoded());
    }

    /** From a SubjectPublicKeyInfo in DER. Other curves and key types are refused. */
    public static StatementKey fromSpki(byte[] spki) throws DsseException {
        if (spki.length > MAX_SPKI) {
            throw new DsseException("a P-256 or Ed25519 key is shorter than " + spki.length + " bytes");
        }
        for (String type : new String[] {"EC", "Ed25519"}) {
            try {
                PublicKey key = KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(spki));
                boolean p256 = key instanceof ECPublicKey ec
                        && ec.getParams().getOrder().bitLength() == 256
                        && ec.getParams().toString().contains("secp256r1");
                if ((p256 || key instanceof EdECPublicKey) && Arrays.equals(key.getEncoded(), spki)) {
                    return new StatementKey(key, spki.clone(), p256 ? "SHA256withECDSA" : "Ed25519");
                }
            } catch (InvalidKeySpecException e) {
                // the other type may fit
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java platform has no " + type, e);
            }
        }
        throw new DsseException("not a public key on P-256 or Ed25519");
    }

    /** From the PEM form, spelled exactly as {@link #pem()} spells it. */
    public static StatementKey fromPem(String pem) throws DsseException {
        if (pem.length() <= 1024 && pem.startsWith(BEGIN) && pem.endsWith(END)) {
            try {
                String body = pem.substring(BEGIN.length(), pem.length() - END.length());
                StatementKey key = fromSpki(Base64.getMimeDecoder().decode(body));
                if (key.pem().equals(pem)) {
                    return key;
                }
            } catch (IllegalArgumentException e) {
                // falls through to the refusal below
            }
        }
        throw new DsseException("not a PUBLIC KEY in PEM, in lines of 64 characters");
    }

    public String pem() {
        return BEGIN
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(spki)
                + "\n"
                + END;
    }

    /** SubjectPublicKeyInfo in DER. */
    public byte[] spki() {
        return spki.clone();
    }

    /** Base64 of SHA-256 over the SubjectPublicKeyInfo. */
    public String hint() {
        return Hash.sha256(spki).base64();
    }

    boolean verify(byte[] message, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a malformed signature verifies nothing
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StatementKey that && Arrays.equals(spki, that.spki);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(spki);
    }

    @Override
    public String toString() {
        return algorithm + " " + hint();
    }
}
