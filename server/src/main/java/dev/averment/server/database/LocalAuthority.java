package dev.averment.server.database;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority for this one server: it signs the certificates of the web listener, of the embedded database
 * and of each database role, so that transport checks look at real certificates. Nothing outside the machine trusts it.
 */
public final class LocalAuthority {
    private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);
    private static final Duration LEAF_LIFETIME = Duration.ofDays(397);
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final Path folder;
    private final X509Certificate certificate;
    private final PrivateKey key;
    private final Instant now;

    private LocalAuthority(Path folder, X509Certificate certificate, PrivateKey key, Instant now) {
        this.folder = folder;
        this.certificate = certificate;
        this.key = key;
        this.now = now;
    }

    /** Opens or makes the authority in {@code folder}: {@code ca.crt} and {@code ca.key}. */
    public static LocalAuthority open(Path folder, Instant now) throws IOException {
        try {
            Path crt = folder.resolve("ca.crt");
            Path keyFile = folder.resolve("ca.key");
            if (!Files.exists(crt) || !Files.exists(keyFile)) {
                KeyPair pair = newKeyPair();
                var name = new X500Principal("CN=Averment local authority");
                X509Certificate made =
                        sign(name, pair.getPrivate(), name, pair, now, AUTHORITY_LIFETIME, true, List.of());
                DataFolder.writePrivate(keyFile, pem(pair.getPrivate()));
                DataFolder.writePrivate(crt, pem(made));
            }
            return new LocalAuthority(folder, readCertificate(crt), readKey(keyFile), now);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("the local certificate authority can't be made: " + e.getMessage(), e);
        }
    }

    /** The authority's own certificate file, for whoever wants to trust it. */
    public Path certificateFile() {
        return folder.resolve("ca.crt");
    }

    /**
     * A certificate for {@code name} with its key, made or renewed when it is missing or ends within thirty days.
     *
     * @param file  base of the files: {@code FILE.crt} (PEM), {@code FILE.key} (PEM), {@code FILE.pk8} (PKCS#8 DER, as
     *              the JDBC driver reads it)
     * @param hosts names and addresses for a server; empty for a client
     */
    public void ensure(String file, String name, List<String> hosts) throws IOException {
        try {
            Path crt = folder.resolve(file + ".crt");
            if (Files.exists(crt)
                    && readCertificate(crt).getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE))) {
                return;
            }
            KeyPair pair = newKeyPair();
            X509Certificate made = sign(
                    certificate.getSubjectX500Principal(),
                    key,
                    new X500Principal("CN=" + name),
                    pair,
                    now,
                    LEAF_LIFETIME,
                    false,
                    hosts);
            DataFolder.writePrivate(folder.resolve(file + ".key"), pem(pair.getPrivate()));
            DataFolder.writePrivate(
                    folder.resolve(file + ".pk8"), pair.getPrivate().getEncoded());
            DataFolder.writePrivate(crt, pem(made));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("the certificate for " + name + " can't be made: " + e.getMessage(), e);
        }
    }

    private static KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(
            X500Principal issuer,
            PrivateKey issuerKey,
            X500Principal subject,
            KeyPair pair,
            Instant now,
            Duration lifetime,
            boolean authority,
            List<String> hosts)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, new SecureRandom()),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(lifetime)),
                subject,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (authority) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } else {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(
                            hosts.isEmpty() ? KeyPurposeId.id_kp_clientAuth : KeyPurposeId.id_kp_serverAuth));
            if (!hosts.isEmpty()) {
                GeneralName[] names = hosts.stream()
                        .map(h -> new GeneralName(
                                h.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, h))
                        .toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
        }
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static String pem(Object object) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(
                    object instanceof PrivateKey k
                            ? new org.bouncycastle.util.io.pem.PemObject("PRIVATE KEY", k.getEncoded())
                            : object);
        }
        return text.toString();
    }

    /** Reads one PEM certificate. */
    public static X509Certificate readCertificate(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate)
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** Reads one PKCS#8 PEM key of an elliptic curve. */
    public static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
        try (var parser = new PEMParser(new StringReader(Files.readString(file)))) {
            var info = (org.bouncycastle.asn1.pkcs.PrivateKeyInfo) parser.readObject();
            if (info == null) {
                throw new IOException(file + " holds no key");
            }
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        }
    }
}
