package dev.averment.server.identity.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Asks one provider, over HTTPS and within bounds: no redirect is followed, nothing is unpacked, an answer is cut off when it
 * is too long or takes too long as a whole, and without authorities of its own no address inside of a network is reached
 * (a provider's document names the addresses that are asked next).
 */
final class ProviderHttp implements AutoCloseable {
    /** Documents, key sets and answers of providers have some 2 to 10 KiB. */
    static final int LONGEST = 64 << 10;

    private static final int CONNECTIONS = 8;
    private static final int HEADERS = 100;
    private static final int HEADER_LINE = 16 << 10;

    private final CloseableHttpClient client;
    private final Duration patience;

    /** @param patience with one answer as a whole */
    ProviderHttp(Provider provider, Duration patience) throws IOException {
        this.patience = patience;
        var timeout = Timeout.of(patience);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        tls(provider.trust().orElse(null)), HttpsSupport.getDefaultHostnameVerifier()))
                .setDnsResolver(
                        provider.trust().isPresent() ? SystemDefaultDnsResolver.INSTANCE : new PublicAddresses())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(HEADERS)
                                .setMaxLineLength(HEADER_LINE)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .setUserAgent("Averment")
                .build();
    }

    /** @param body of an answer that is not longer than {@link #LONGEST} */
    record Answer(int status, String contentType, String body) {}

    Answer get(URI address) throws IOException {
        var request = new HttpGet(address);
        request.setHeader("Accept", "application/json");
        return ask(request);
    }

    /** Posts a form that is encoded already. */
    Answer post(URI address, String form, Map<String, String> headers) throws IOException {
        var request = new HttpPost(address);
        request.setHeader("Accept", "application/json");
        headers.forEach(request::setHeader);
        request.setEntity(new StringEntity(form, ContentType.APPLICATION_FORM_URLENCODED));
        return ask(request);
    }

    private Answer ask(HttpUriRequestBase request) throws IOException {
        if (!"https".equals(request.getScheme())) {
            throw new IOException("a provider is asked over https only");
        }
        // The client's own limits are by packet: who sends a byte a second would keep us for a day.
        var bell = CompletableFuture.runAsync(
                request::cancel, CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
        try {
            return client.execute(request, ProviderHttp::read);
        } finally {
            bell.cancel(false);
        }
    }

    private static Answer read(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        if (entity == null) {
            return new Answer(response.getCode(), "", "");
        }
        try (InputStream in = entity.getContent()) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                // Thrown, so that the rest is not drained either.
                throw new IOException("the answer is longer than " + LONGEST + " bytes");
            }
            String type = entity.getContentType() == null ? "" : entity.getContentType();
            return new Answer(response.getCode(), type, new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static SSLContext tls(@Nullable Path trust) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            if (trust == null) {
                context.init(null, null, null);
                return context;
            }
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            int count = 0;
            try (InputStream in = Files.newInputStream(trust)) {
                for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    authorities.setCertificateEntry("authority-" + count++, each);
                }
            }
            if (count == 0) {
                throw new IOException(trust + " holds no certificate (PEM)");
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the authorities " + trust + " can't be used: " + e.getMessage(), e);
        }
    }

    /** Names that lead to addresses of the public internet, and to nothing else. */
    private static final class PublicAddresses implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
            for (InetAddress each : found) {
                if (!isPublic(each)) {
                    throw new UnknownHostException(
                            host + " is no address of the public internet; a provider inside of a"
                                    + " network needs trustFile in its file");
                }
            }
            return found;
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
        }
    }

    static boolean isPublic(InetAddress address) {
        byte[] b = address.getAddress();
        boolean sharedOrReserved = b.length == 4
                && ((b[0] & 0xff) == 100 && (b[1] & 0xc0) == 64
                        || b[0] == 0
                        || (b[0] & 0xff) == 198 && (b[1] & 0xfe) == 18
                        || (b[0] & 0xf0) == 0xf0);
        // Unique local addresses, and those that carry an IPv4 address inside (NAT64, 6to4), which may be anybody's.
        boolean special = address instanceof Inet6Address && ((b[0] & 0xe0) != 0x20 || b[0] == 0x20 && b[1] == 0x02);
        return !(address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || sharedOrReserved
                || special);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
