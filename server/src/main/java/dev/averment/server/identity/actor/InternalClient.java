package dev.averment.server.identity.actor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Calls another service on behalf of a person: signs each request anew, and sends it once. Over TLS alone, to a server whose
 * certificate the client trusts.
 */
public final class InternalClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LONGEST_ANSWER = 4 << 20;

    private final URI base;
    private final ServicePair pair;
    private final ActorTokens tokens;
    private final HttpClient http;

    /**
     * @param base scheme, host and port of the callee, https
     * @param http follows no redirects, and trusts the callee's authority
     */
    public InternalClient(URI base, ServicePair pair, ActorTokens tokens, HttpClient http) {
        if (!"https".equals(base.getScheme()) || http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("services speak TLS to each other, and go nowhere else on a word");
        }
        this.base = base;
        this.pair = pair;
        this.tokens = tokens;
        this.http = http;
    }

    /**
     * GET as {@code actor}.
     *
     * @param path begins with /internal/, without a query
     * @throws IOException when there was no answer within ten seconds, or it is over 4 MiB
     */
    public HttpResponse<byte[]> get(Actor actor, String path)
            throws IOException, InterruptedException, ServiceKeyException {
        ActorTokens.Signed signed = tokens.sign(pair, actor, "GET", path);
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", signed.authorization())
                .header(ActorTokens.HEADER, signed.actor())
                .GET()
                .build();
        return http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
    }
}
