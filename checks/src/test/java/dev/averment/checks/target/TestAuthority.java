package dev.averment.checks.target;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for one test, and certificates for localhost that it signs. */
public final class TestAuthority {
    private final KeyPair key;
    private final X509Certificate certificate;
    private final boolean rsa;

    private TestAuthority(boolean rsa) {
        this.rsa = rsa;
        key = keyPair(rsa);
        certificate = sign("CN=Test authority", key, key, "CN=Test authority", true, Duration.ofDays(30));
    }

    public static TestAuthority create() {
        return new TestAuthority(false);
    }

    /** With RSA keys, for servers of the TLS 1.0 age. */
    public static TestAuthority createRsa() {
        return new TestAuthority(true);
    }

    /** Key and certificate of a server at localhost and 127.0.0.1. */
    public record Leaf(PrivateKey key, X509Certificate certificate) {
        public String pem() {
            return block("PRIVATE KEY", key.getEncoded()) + encoded(certificate);
        }
    }

    public Leaf localhost() {
        return localhost(Duration.ofDays(10));
    }

    /** @param valid negative for a certificate that has expired */
    public Leaf localhost(Duration valid) {
        KeyPair server = keyPair(rsa);
        return new Leaf(server.getPrivate(), sign("CN=localhost", server, key, "CN=Test authority", false, valid));
    }

    public byte[] pem() {
        return encoded(certificate).getBytes(StandardCharsets.US_ASCII);
    }

    public SSLContext serverContext(Leaf leaf) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", leaf.key(), new char[0], new Certificate[] {leaf.certificate(), certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate sign(
            String subject, KeyPair subjectKey, KeyPair issuerKey, String issuer, boolean authority, Duration valid) {
        try {
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(now.minus(Duration.ofDays(20))),
                    Date.from(now.plus(valid)),
                    new X500Name(subject),
                    subjectKey.getPublic());
            if (authority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            } else {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(
                            GeneralName.iPAddress,
                            InetAddress.getLoopbackAddress().getHostAddress())
                }));
            }
            String algorithm = rsa ? "SHA256withRSA" : "SHA256withECDSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKey.getPrivate())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keyPair(boolean rsa) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
            if (rsa) {
                generator.initialize(2048);
            } else {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String block(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }
}
