package dev.averment.server.disclosure;

import dev.averment.server.database.DataFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.BCPGOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.Features;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.X25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.X25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/**
 * The OpenPGP key of the security contact: Ed25519 signs security.txt, and an X25519 subkey is there for those who want
 * to encrypt a report. Version 4 packets with the algorithm numbers of RFC 9580 §9.1 that GnuPG 2.2 reads, too. The secret
 * part lies in the data folder as {@code secrets/security-contact-key.asc}; the operator imports it where mail is read.
 */
public final class SigningKey {
    private static final String FILE = "security-contact-key.asc";

    private final PGPSecretKeyRing ring;
    private final PGPPrivateKey signing;

    private SigningKey(PGPSecretKeyRing ring, PGPPrivateKey signing) {
        this.ring = ring;
        this.signing = signing;
    }

    /** The folder's key, made at first use. */
    public static SigningKey open(DataFolder data, Instant now) throws IOException {
        return parse(data.secret(FILE, () -> generate(now)));
    }

    static SigningKey parse(String armored) throws IOException {
        try (var in = ArmoredInputStream.builder()
                .setIgnoreCRC(false)
                .build(new ByteArrayInputStream(armored.getBytes(StandardCharsets.UTF_8)))) {
            var ring = new PGPSecretKeyRing(in, new BcKeyFingerprintCalculator());
            return new SigningKey(ring, ring.getSecretKey().extractPrivateKey(null));
        } catch (PGPException e) {
            throw new IOException("secrets/" + FILE + " holds no OpenPGP key that can be used: " + e.getMessage(), e);
        }
    }

    /** An armoured secret key without a passphrase: it is kept like every other secret of the data folder. */
    static String generate(Instant now) {
        try {
            var random = new SecureRandom();
            Date created = Date.from(now);
            var ed25519 = new Ed25519KeyPairGenerator();
            ed25519.init(new Ed25519KeyGenerationParameters(random));
            PGPKeyPair primary =
                    new BcPGPKeyPair(PublicKeyAlgorithmTags.EDDSA_LEGACY, ed25519.generateKeyPair(), created);
            var x25519 = new X25519KeyPairGenerator();
            x25519.init(new X25519KeyGenerationParameters(random));
            PGPKeyPair encryption = new BcPGPKeyPair(PublicKeyAlgorithmTags.ECDH, x25519.generateKeyPair(), created);

            var ring = new PGPKeyRingGenerator(
                    PGPSignature.POSITIVE_CERTIFICATION,
                    primary,
                    "Security contact",
                    new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                    flags(KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA, created),
                    null,
                    new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.EDDSA_LEGACY, HashAlgorithmTags.SHA512),
                    null);
            ring.addSubKey(encryption, flags(KeyFlags.ENCRYPT_COMMS | KeyFlags.ENCRYPT_STORAGE, created), null);
            return armor(ring.generateSecretKeyRing().getEncoded());
        } catch (PGPException | IOException e) {
            throw new IllegalStateException("an OpenPGP key can't be made", e);
        }
    }

    private static org.bouncycastle.openpgp.PGPSignatureSubpacketVector flags(int flags, Date created) {
        var packets = new PGPSignatureSubpacketGenerator();
        packets.setSignatureCreationTime(true, created);
        packets.setKeyFlags(true, flags);
        packets.setPreferredSymmetricAlgorithms(false, new int[] {SymmetricKeyAlgorithmTags.AES_256});
        packets.setPreferredHashAlgorithms(false, new int[] {HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA256});
        packets.setFeature(false, Features.FEATURE_MODIFICATION_DETECTION);
        return packets.generate();
    }

    /** The public part, armoured, for {@code Encryption}. */
    byte[] publicKey() {
        var keys = new ArrayList<PGPPublicKey>();
        ring.getPublicKeys().forEachRemaining(keys::add);
        try {
            return armor(new PGPPublicKeyRing(keys).getEncoded()).getBytes(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code text} in a cleartext signature (RFC 9580 §7). */
    byte[] clearSigned(String text, Instant now) {
        List<String> lines = List.of(text.stripTrailing().split("\n", -1));
        try {
            var generator = new PGPSignatureGenerator(
                    new BcPGPContentSignerBuilder(
                            signing.getPublicKeyPacket().getAlgorithm(), HashAlgorithmTags.SHA512),
                    ring.getPublicKey());
            generator.init(PGPSignature.CANONICAL_TEXT_DOCUMENT, signing);
            var packets = new PGPSignatureSubpacketGenerator();
            packets.setSignatureCreationTime(true, Date.from(now));
            packets.setIssuerFingerprint(false, ring.getPublicKey());
            generator.setHashedSubpackets(packets.generate());
            // §7.2: blanks at a line's end don't count, line ends are CRLF, and the last one isn't part of the text.
            String covered = String.join(
                    "\r\n", lines.stream().map(String::stripTrailing).toList());
            generator.update(covered.getBytes(StandardCharsets.UTF_8));

            var out = new ByteArrayOutputStream();
            try (ArmoredOutputStream armored =
                    ArmoredOutputStream.builder().clearHeaders().build(out)) {
                armored.beginClearText(HashAlgorithmTags.SHA512);
                armored.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
                armored.endClearText();
                generator.generate().encode(new BCPGOutputStream(armored));
            }
            return out.toByteArray();
        } catch (PGPException | IOException e) {
            throw new IllegalStateException("security.txt can't be signed", e);
        }
    }

    private static String armor(byte[] packets) throws IOException {
        var out = new ByteArrayOutputStream();
        try (ArmoredOutputStream armored =
                ArmoredOutputStream.builder().clearHeaders().build(out)) {
            armored.write(packets);
        }
        return out.toString(StandardCharsets.US_ASCII);
    }
}
