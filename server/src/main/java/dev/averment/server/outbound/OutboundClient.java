package dev.averment.server.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to addresses that users configured. A host is looked up once an attempt; if any of its addresses is refused,
 * the whole host is; and the connection goes to an address that was looked at, with the host's name for the certificate and
 * the Host header. There is no second look-up that a rebinding name server could answer otherwise. No redirects, cookies,
 * stored credentials, proxies of the environment, decompression or retries.
 */
public final class OutboundClient implements AutoCloseable {
    /** Bytes of an answer's body that are kept. */
    public static final int BODY_KEPT = 8 * 1024;

    private static final int MAX_CONNECTIONS = 1_024;
    /** Of all workspaces together: some hosts are everybody's. */
    private static final int MAX_CONNECTIONS_A_HOST = 64;

    private static final int ADDRESSES_TRIED = 3;
    private static final int MAX_HEAD_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 100;

    /** Looks a host up, as {@link InetAddress#getAllByName} does. */
    public interface Resolver {
        /** @return at least one address */
        List<InetAddress> lookUp(String host) throws UnknownHostException;
    }

    /**
     * How long a request may take.
     *
     * @param lookUp  for the name service
     * @param connect for one TCP connection
     * @param total   from the start to the last byte, whatever the other side sends meanwhile
     */
    public record Times(Duration lookUp, Duration connect, Duration total) {
        public static final Times USUAL =
                new Times(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    private final AddressPolicy policy;
    private final Resolver resolver;
    private final Times times;
    private final CloseableHttpClient client;
    private final ExecutorService lookUps = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService deadlines;

    public OutboundClient(AddressPolicy policy, SSLContext trust) {
        this(policy, trust, host -> List.of(InetAddress.getAllByName(host)), Times.USUAL);
    }

    /** @param trust whose certificates count */
    public OutboundClient(AddressPolicy policy, SSLContext trust, Resolver resolver, Times times) {
        this.policy = policy;
        this.resolver = resolver;
        this.times = times;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                        .setDnsResolver(new NoSecondLookUp())
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(MAX_HEAD_LINE)
                                        .setMaxHeaderCount(MAX_HEADERS)
                                        .build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(times.connect()))
                                .setSocketTimeout(Timeout.of(times.total()))
                                .setIdleTimeout(Timeout.ofSeconds(30))
                                .build())
                        .setMaxConnTotal(MAX_CONNECTIONS)
                        .setMaxConnPerRoute(MAX_CONNECTIONS_A_HOST)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(times.total()))
                        .setResponseTimeout(Timeout.of(times.total()))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .setUserAgent("averment")
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .build();
        this.deadlines = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("outbound-deadlines").factory());
    }

    /**
     * Sends a request and reads the answer's beginning.
     *
     * @throws OutboundException when there is no answer; its text names no address that a refused host resolved to, for the
     *     user who configured it may be looking for exactly that
     */
    public OutboundAnswer send(OutboundRequest request) throws OutboundException {
        long began = System.nanoTime();
        OutboundUrl url = request.url();
        List<InetAddress> addresses = addressesOf(url);
        @Nullable OutboundException last = null;
        for (InetAddress address : addresses.subList(0, Math.min(ADDRESSES_TRIED, addresses.size()))) {
            Duration left = times.total().minusNanos(System.nanoTime() - began);
            if (!left.isPositive()) {
                break;
            }
            try {
                return sendTo(address, request, left, began);
            } catch (OutboundException e) {
                // Only what surely did not arrive may be sent to the next address.
                if (e.failure() != OutboundFailure.CONNECT || !(e.getCause() instanceof java.net.ConnectException)) {
                    throw e;
                }
                last = e;
            }
        }
        throw last != null ? last : timeout(null);
    }

    private List<InetAddress> addressesOf(OutboundUrl url) throws OutboundException {
        refuse(policy.refusal(url), url);
        Optional<InetAddress> literal = url.literal();
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        List<InetAddress> addresses = lookUp(url.host());
        for (InetAddress address : addresses) {
            refuse(policy.refusal(address), url);
        }
        return addresses;
    }

    private static void refuse(Optional<String> refusal, OutboundUrl url) throws OutboundException {
        if (refusal.isPresent()) {
            throw new OutboundException(
                    OutboundFailure.REFUSED,
                    "The address is not allowed: " + url.host() + " is, or resolves to, " + refusal.get() + ".");
        }
    }

    private List<InetAddress> lookUp(String host) throws OutboundException {
        Future<List<InetAddress>> answer = lookUps.submit(() -> resolver.lookUp(host));
        try {
            List<InetAddress> addresses = answer.get(times.lookUp().toMillis(), TimeUnit.MILLISECONDS);
            if (!addresses.isEmpty()) {
                return new ArrayList<>(addresses);
            }
            throw new OutboundException(OutboundFailure.DNS, "The host " + host + " has no address.");
        } catch (ExecutionException e) {
            throw new OutboundException(
                    OutboundFailure.DNS, "The host " + host + " has no address; check its spelling.", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new OutboundException(
                    OutboundFailure.DNS, "The name service did not answer for " + host + " in time.", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new OutboundException(OutboundFailure.TIMEOUT, "The request was given up.", e);
        }
    }

    private OutboundAnswer sendTo(InetAddress address, OutboundRequest request, Duration left, long began)
            throws OutboundException {
        OutboundUrl url = request.url();
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), url.uri());
        request.headers().forEach(message::setHeader);
        byte[] body = request.body();
        if (body.length > 0) {
            message.setEntity(new ByteArrayEntity(body, null));
        }
        HttpHost host = new HttpHost("https", pinned(address, url), url.host(), url.port());
        ScheduledFuture<?> deadline = deadlines.schedule(message::abort, left.toMillis(), TimeUnit.MILLISECONDS);
        @Nullable ClassicHttpResponse response = null;
        try {
            response = client.executeOpen(host, message, null);
            OutboundAnswer answer = answer(response, address, began);
            if (answer.truncated()) {
                // Closing alone would read the rest to keep the connection, and the rest may never end.
                message.abort();
            }
            return answer;
        } catch (SSLException e) {
            throw new OutboundException(
                    OutboundFailure.TLS,
                    "No TLS connection to " + url.host() + ": its certificate is not valid for it, or TLS failed.",
                    e);
        } catch (InterruptedIOException e) {
            throw timeout(e);
        } catch (java.net.ConnectException | java.net.NoRouteToHostException e) {
            throw new OutboundException(OutboundFailure.CONNECT, url.host() + " takes no connection.", e);
        } catch (IOException e) {
            if (message.isAborted()) {
                throw timeout(e);
            }
            throw e.getCause() instanceof HttpException
                            || e instanceof org.apache.hc.core5.http.MessageConstraintException
                    ? new OutboundException(
                            OutboundFailure.MALFORMED, url.host() + " answers something that is no HTTP.", e)
                    : new OutboundException(
                            OutboundFailure.CONNECT, url.host() + " closed the connection before it answered.", e);
        } finally {
            deadline.cancel(false);
            Closer.closeQuietly(response);
        }
    }

    private static InetAddress pinned(InetAddress address, OutboundUrl url) throws OutboundException {
        try {
            return InetAddress.getByAddress(url.host(), address.getAddress());
        } catch (UnknownHostException e) {
            throw new OutboundException(OutboundFailure.DNS, "The host " + url.host() + " has no address.", e);
        }
    }

    private OutboundAnswer answer(ClassicHttpResponse response, InetAddress address, long began) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), String.valueOf(header.getValue()));
        }
        byte[] body = {};
        boolean truncated = false;
        @Nullable HttpEntity entity = response.getEntity();
        if (entity != null) {
            InputStream content = entity.getContent();
            body = content.readNBytes(BODY_KEPT);
            truncated = body.length == BODY_KEPT && content.read() != -1;
        }
        return new OutboundAnswer(
                response.getCode(), headers, body, truncated, address, Duration.ofNanos(System.nanoTime() - began));
    }

    private OutboundException timeout(@Nullable Throwable cause) {
        String message = "No whole answer within " + times.total().toSeconds() + " seconds.";
        return cause == null
                ? new OutboundException(OutboundFailure.TIMEOUT, message)
                : new OutboundException(OutboundFailure.TIMEOUT, message, cause);
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        lookUps.shutdownNow();
        client.close();
    }

    /** Every address is given with its request; a look-up by the library would be one that nobody judged. */
    private static final class NoSecondLookUp implements org.apache.hc.client5.http.DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("addresses are looked up before a request, not in it");
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException("addresses are looked up before a request, not in it");
        }
    }
}
