package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes {@link Web} facilities. */
public final class WebTargets {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private WebTargets() {}

    /**
     * @param base      an https address without a path
     * @param authority PEM certificates of the site's own authority; absent for the system's
     * @throws CollectException when the address or the certificates can't be used
     */
    public static Web open(
            URI base,
            Optional<byte[]> authority,
            Optional<URI> plain,
            boolean plainReading,
            List<Web.Route> routes,
            Map<String, String> signedIn)
            throws CollectException {
        if (!"https".equals(lower(base.getScheme())) || base.getHost() == null) {
            throw new CollectException(
                    "The site's base is \"" + base + "\", but must be an https address such as https://example.org; "
                            + "these checks speak of a site that is reached over TLS.");
        }
        if (base.getRawUserInfo() != null
                || base.getRawQuery() != null
                || base.getRawFragment() != null
                || !(base.getRawPath() == null
                        || base.getRawPath().isEmpty()
                        || base.getRawPath().equals("/"))) {
            throw new CollectException("The site's base must be scheme, host and port only; name paths as paths.");
        }
        if (plain.isPresent()
                && (!"http".equals(lower(plain.get().getScheme()))
                        || plain.get().getHost() == null)) {
            throw new CollectException("The plain address is \"" + plain.get()
                    + "\", but must be an http address such as http://example.org.");
        }
        SSLContext trust = authority.isPresent() ? trusting(authority.get()) : system();
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trust)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        URI origin = URI.create(base.getScheme() + "://" + base.getRawAuthority());
        return new Web(origin, trust, client, plain, plainReading, routes, signedIn, Web.Dialer.DIRECT);
    }

    /** A context that trusts exactly the certificates in {@code pem}, and not the system's. */
    public static SSLContext trusting(byte[] pem) throws CollectException {
        try {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
            if (certificates.isEmpty()) {
                throw new CollectException(
                        "The authority's file holds no PEM certificate; give the one that signed the site's.");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int n = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + n++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (CertificateException e) {
            throw new CollectException(
                    "The authority's file can't be read as PEM certificates (" + WebFetch.why(e) + ").", e);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java can't make a trust store", e);
        }
    }

    private static SSLContext system() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static String lower(@Nullable String scheme) {
        return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
    }
}
