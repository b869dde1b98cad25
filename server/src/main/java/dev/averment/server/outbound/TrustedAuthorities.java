package dev.averment.server.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates count for what leaves the server. */
public final class TrustedAuthorities {
    private TrustedAuthorities() {}

    /**
     * @param file PEM file of the certificates that count, and no others do; empty for those of the Java runtime
     * @throws IOException with a message for whoever named the file
     */
    public static SSLContext of(Optional<Path> file) throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(file.isEmpty() ? null : store(file.get()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "The certificates of " + file.map(Path::toString).orElse("this Java")
                            + " can't be read; a PEM file of authorities is needed.",
                    e);
        }
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            int n = 0;
            for (Certificate certificate :
                    Set.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in))) {
                store.setCertificateEntry("authority-" + n++, certificate);
            }
            if (n == 0) {
                throw new IOException("The file " + file + " holds no certificate.");
            }
        }
        return store;
    }
}
