package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One bounded request. The site is not trusted: a body that never ends is cut at {@link #MAX_BODY}, an event stream is
 * left as soon as its headers are read, and a server that stalls or drips runs into a time limit. Redirects are not followed.
 */
public final class WebFetch {
    /** Bytes of a body that are read at most. */
    public static final int MAX_BODY = 4 * 1024 * 1024;

    /** Headers by which a server takes a request for that of a browser, and may answer otherwise than to a program. */
    public static final Map<String, String> BROWSER = Map.of(
            "User-Agent",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36",
            "Accept",
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language",
            "en",
            "Sec-Fetch-Dest",
            "document",
            "Sec-Fetch-Mode",
            "navigate");

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private WebFetch() {}

    /**
     * @param uri       what was asked for
     * @param status    of the answer; redirects are not followed
     * @param headers   of the answer
     * @param body      at most {@link #MAX_BODY} bytes
     * @param truncated true when the body was longer
     */
    public record Answer(URI uri, int status, HttpHeaders headers, byte[] body, boolean truncated) {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Every value of the header, joined by commas as RFC 9110 reads them; empty when it is absent. */
        public String header(String name) {
            return String.join(", ", headers.allValues(name));
        }

        public boolean isHtml() {
            return header("content-type").toLowerCase(Locale.ROOT).startsWith("text/html");
        }
    }

    /** GET with no further headers. */
    public static Answer get(Web web, String path) throws CollectException {
        return send(web, web.base(), "GET", path, Map.of());
    }

    /**
     * Sends a request with an empty body.
     *
     * @param base    scheme, host and port: {@link Web#base()} or the plain listener
     * @param path    begins with a slash
     * @throws CollectException when there was no answer
     */
    public static Answer send(Web web, URI base, String method, String path, Map<String, String> headers)
            throws CollectException {
        return send(web, base, method, path, headers, new byte[0]);
    }

    /** Sends a request with {@code body}, whose type is among the headers. */
    public static Answer send(Web web, URI base, String method, String path, Map<String, String> headers, byte[] body)
            throws CollectException {
        return send(web, base, method, path, headers, body, TIMEOUT);
    }

    /** @param limit from the first byte that is sent to the last one of the body: a body that drips is given up, too */
    static Answer send(
            Web web, URI base, String method, String path, Map<String, String> headers, byte[] body, Duration limit)
            throws CollectException {
        URI uri = resolve(base, path);
        boolean bare = body.length == 0 && (method.equals("GET") || method.equals("HEAD") || method.equals("DELETE"));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(
                        method,
                        bare ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        // The client's own time limit ends with the headers, so the whole exchange is watched from here.
        CompletableFuture<HttpResponse<Bounded.Body>> exchange =
                web.client().sendAsync(request.build(), WebFetch::subscriber);
        try {
            HttpResponse<Bounded.Body> response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    uri,
                    response.statusCode(),
                    response.headers(),
                    response.body().bytes(),
                    response.body().truncated());
        } catch (TimeoutException e) {
            throw new CollectException(
                    method + " " + uri + " came to no end within " + limit.toSeconds()
                            + " s; see whether the site is up and reachable.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException(
                    method + " " + uri + " was interrupted before it answered; run the check again.", e);
        } catch (ExecutionException e) {
            throw new CollectException(
                    method + " " + uri + " got no answer (" + why(e) + "); see whether the site is up and reachable.",
                    e);
        } finally {
            exchange.cancel(true); // no effect on one that has ended
        }
    }

    /** The absolute address of {@code path} at {@code base}, which keeps a path from naming another host. */
    public static URI resolve(URI base, String path) throws CollectException {
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw new CollectException(
                    "The path \"" + path + "\" must begin with one slash; correct it in the page or target file.");
        }
        try {
            return new URI(base.getScheme() + "://" + base.getRawAuthority() + path);
        } catch (URISyntaxException e) {
            throw new CollectException(
                    "The path \"" + path + "\" is no valid path of a URL (" + e.getReason()
                            + "); correct it in the page or target file.",
                    e);
        }
    }

    /** What went wrong, in one bounded line: the innermost message says most, such as why a certificate was refused. */
    public static String why(Throwable e) {
        String reason = e.getClass().getSimpleName();
        int depth = 0;
        for (Throwable cause = e; cause != null && depth < 10; cause = cause.getCause(), depth++) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                reason = cause.getMessage();
            }
        }
        String line = reason.replaceAll("\\s+", " ").strip();
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    private static BodySubscriber<Bounded.Body> subscriber(HttpResponse.ResponseInfo info) {
        boolean endless = info.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
        return new Bounded(endless ? 0 : MAX_BODY);
    }

    /** Collects up to a limit, then cancels, which closes the connection. */
    private static final class Bounded implements BodySubscriber<Bounded.Body> {
        private final int limit;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<Body> body = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        record Body(byte[] bytes, boolean truncated) {}

        Bounded(int limit) {
            this.limit = limit;
        }

        @Override
        public CompletionStage<Body> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            if (limit == 0) {
                subscription.cancel();
                body.complete(new Body(new byte[0], true));
            } else {
                subscription.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] chunk = new byte[Math.min(buffer.remaining(), limit - bytes.size())];
                buffer.get(chunk);
                bytes.write(chunk, 0, chunk.length);
                if (buffer.hasRemaining()) {
                    if (subscription != null) {
                        subscription.cancel();
                    }
                    body.complete(new Body(bytes.toByteArray(), true));
                    return;
                }
            }
        }

        @Override
        public void onError(Throwable error) {
            body.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            body.complete(new Body(bytes.toByteArray(), false));
        }
    }
}
