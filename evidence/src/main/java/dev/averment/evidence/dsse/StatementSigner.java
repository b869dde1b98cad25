package dev.averment.evidence.dsse;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** Signs statements. P-256 is the default, because it is what stock Sigstore tools take everywhere. */
public final class StatementSigner {

    private final PrivateKey privateKey;
    private final StatementKey publicKey;

    public StatementSigner(KeyPair keys) throws DsseException {
        this.privateKey = keys.getPrivate();
        this.publicKey = StatementKey.of(keys.getPublic());
    }

    /** A new P-256 key pair. */
    public static KeyPair generateKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    public StatementKey publicKey() {
        return publicKey;
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature =
                    Signature.getInstance(privateKey.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519");
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform could not sign with this statement key", e);
        }
    }
}
