package dev.averment.checks.signin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.ProviderService.Kind;
import dev.averment.checks.target.ProviderService.Named;
import dev.averment.checks.target.ProviderService.Place;
import dev.averment.checks.target.ProviderService.Proof;
import dev.averment.evidence.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An OpenID provider on this machine, for one look: it signs in whom it is told to, and lies as it is told to. What a browser
 * does at it is done by {@link #authorize}; the service itself asks it over HTTPS for its document, its keys and its tokens.
 */
public final class StandIn implements AutoCloseable {
    static final long LIFE_SECONDS = 300;

    private static final int LONGEST_FORM = 64 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String ACCESS_TOKEN = "access-token-of-a-check";

    /** Looks at the same time want the same port, for the service knows the provider by it. */
    private static final Map<Integer, ReentrantLock> PORTS = new ConcurrentHashMap<>();

    /**
     * Whom the provider signs in.
     *
     * @param confirmed whether it says that the address was confirmed
     */
    public record Person(String subject, String email, boolean confirmed) {
        /** Somebody whom nobody knows yet. */
        public static Person of(String email) {
            return new Person("check-" + UUID.randomUUID(), email, true);
        }
    }

    /**
     * What the service has sent for a code.
     *
     * @param code     as it came
     * @param redirect the address that it named
     * @param verified whether the verifier belongs to the challenge that came with the browser
     * @param proof    how it proved who it is: {@code shared}, {@code signed}, or {@code none} if that was wrong
     * @param answered whether it got an ID token
     */
    public record Exchange(String code, String redirect, boolean verified, String proof, boolean answered) {}

    /** An answer by way of the browser. */
    public record Answer(String code, Map<String, String> parameters, boolean byForm) {
        public Answer {
            parameters = Map.copyOf(parameters);
        }
    }

    private record Issued(Named provider, Map<String, String> asked, Person person, Lie lie) {}

    private final Map<String, Named> providers = new TreeMap<>();
    private final Place place;
    private final InstantSource clock;
    private final ReentrantLock lock;
    private final HttpsServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Issued> codes = new ConcurrentHashMap<>();
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    private StandIn(List<Named> all, Place place, InstantSource clock, ReentrantLock lock, HttpsServer http) {
        all.forEach(each -> providers.put(each.issuer().getPath(), each));
        this.place = place;
        this.clock = clock;
        this.lock = lock;
        this.http = http;
    }

    /**
     * Takes the place of these providers.
     *
     * @throws CollectException when one of them is somebody else's, or its place is taken
     */
    public static StandIn open(List<Named> providers, InstantSource clock) throws CollectException {
        Named first = providers.getFirst();
        for (Named each : providers) {
            if (each.place().isEmpty()
                    || !LOOPBACK.equals(each.issuer().getHost())
                    || each.issuer().getPort() != first.issuer().getPort()) {
                throw new CollectException("The provider " + each.id() + " of this service is " + each.issuer()
                        + ", which others run, so that a check can't answer in its place and say nothing of what becomes of"
                        + " its answers. Prove the page on a server made for it: aver prove PAGE, without --target.");
            }
        }
        int port = first.issuer().getPort();
        ReentrantLock lock = PORTS.computeIfAbsent(port, _ -> new ReentrantLock());
        try {
            if (!lock.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new CollectException(
                        "Another check has taken the providers' place for as long; run the check again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("The check was interrupted before it began; run it again.", e);
        }
        try {
            Place place = first.place().orElseThrow();
            // Now, and not while the service waits: the first signature takes a key of nobody's to be made.
            IdToken.of(JsonObject.of(), Lie.Signing.STRANGERS_SHOWN, place.signing(), "");
            IdToken.of(JsonObject.of(), Lie.Signing.OWN, place.signing(), "");
            HttpsServer http = HttpsServer.create(new InetSocketAddress(LOOPBACK, port), 0);
            http.setHttpsConfigurator(new HttpsConfigurator(tls(place)));
            var standIn = new StandIn(providers, place, clock, lock, http);
            http.createContext("/", standIn::answer);
            http.setExecutor(standIn.threads);
            http.start();
            return standIn;
        } catch (IOException | GeneralSecurityException e) {
            lock.unlock();
            throw new CollectException(
                    "No provider can be opened on port " + port + " of this machine (" + e.getMessage()
                            + "), where the service looks for it; see what else listens there, and run the check again.",
                    e);
        }
    }

    private static SSLContext tls(Place place) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(place.tls(), new char[0]);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        return tls;
    }

    /** What the service asked for by way of the browser. */
    public static Map<String, String> asked(URI location) {
        return form(location.getRawQuery() == null ? "" : location.getRawQuery());
    }

    /** Signs {@code person} in and lies as {@code lie} says. */
    public Answer authorize(Named provider, Map<String, String> asked, Person person, Lie lie) {
        String code = "code-" + UUID.randomUUID();
        codes.put(code, new Issued(provider, Map.copyOf(asked), person, lie));
        Map<String, String> honest = new TreeMap<>();
        honest.put("code", code);
        honest.put("iss", provider.issuer().toString());
        if (asked.containsKey("state")) {
            honest.put("state", asked.get("state"));
        }
        return new Answer(code, lie.answer().apply(honest), "form_post".equals(asked.get("response_mode")));
    }

    /** What the service has sent for {@code code}, oldest first. */
    public List<Exchange> exchanges(String code) {
        return exchanges.stream().filter(e -> e.code().equals(code)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            // No connection is kept: the next look opens this place anew.
            exchange.getResponseHeaders().set("Connection", "close");
            String path = exchange.getRequestURI().getPath();
            int cut = path.indexOf('/', 1);
            Named provider = providers.get(cut < 0 ? path : path.substring(0, cut));
            if (provider == null) {
                send(exchange, 404, JsonObject.of());
                return;
            }
            switch (path.substring(cut)) {
                case "/.well-known/openid-configuration" -> send(exchange, 200, document(provider));
                case "/keys" -> send(exchange, 200, JsonObject.of("keys", List.of(IdToken.published(place.signing()))));
                case "/token" -> token(exchange, provider);
                default -> send(exchange, 404, JsonObject.of());
            }
        }
    }

    private static JsonObject document(Named provider) {
        String issuer = provider.issuer().toString();
        return JsonObject.of(
                "issuer",
                issuer,
                "authorization_endpoint",
                issuer + "/authorize",
                "token_endpoint",
                issuer + "/token",
                "jwks_uri",
                issuer + "/keys",
                "response_types_supported",
                List.of("code"),
                "subject_types_supported",
                List.of("public"),
                "id_token_signing_alg_values_supported",
                List.of("RS256"),
                "code_challenge_methods_supported",
                List.of("S256"),
                "authorization_response_iss_parameter_supported",
                true);
    }

    private void token(HttpExchange exchange, Named provider) throws IOException {
        Map<String, String> sent =
                form(new String(exchange.getRequestBody().readNBytes(LONGEST_FORM), StandardCharsets.UTF_8));
        String code = sent.getOrDefault("code", "");
        String redirect = sent.getOrDefault("redirect_uri", "");
        String proof = proof(provider, sent, exchange.getRequestHeaders().getFirst("Authorization"));
        Optional<Issued> issued =
                Optional.ofNullable(codes.remove(code)).filter(i -> i.provider().equals(provider));
        Map<String, String> asked = issued.map(Issued::asked).orElse(Map.of());
        boolean verified = "S256".equals(asked.get("code_challenge_method"))
                && IdToken.digest(sent.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"));
        // Whoever sends no challenge is not asked for its verifier, as RFC 7636 has it of providers.
        boolean good = issued.isPresent()
                && !proof.equals("none")
                && redirect.equals(asked.get("redirect_uri"))
                && (verified
                        || !asked.containsKey("code_challenge")
                        || !issued.get().lie().careful());
        exchanges.add(new Exchange(code, redirect, verified, proof, good));
        if (!good) {
            send(exchange, 400, JsonObject.of("error", "invalid_grant"));
            return;
        }
        Issued found = issued.get();
        String token = IdToken.of(
                claims(provider, found),
                found.lie().signing(),
                place.signing(),
                provider.place().orElse(place).proof() instanceof Proof.Shared(String secret) ? secret : "secret");
        send(
                exchange,
                200,
                JsonObject.of(
                        "access_token", ACCESS_TOKEN,
                        "token_type", "Bearer",
                        "expires_in", LIFE_SECONDS,
                        "id_token", token));
    }

    private JsonObject claims(Named provider, Issued issued) {
        long now = clock.instant().getEpochSecond();
        String issuer = provider.issuer().toString();
        JsonObject honest = JsonObject.of(
                "iss", issuer,
                "sub", issued.person().subject(),
                "aud", provider.client(),
                "iat", now,
                "exp", now + LIFE_SECONDS,
                "auth_time", now,
                "at_hash", IdToken.half(ACCESS_TOKEN),
                "email", issued.person().email(),
                "email_verified", issued.person().confirmed(),
                "nonce", issued.asked().get("nonce"),
                "hd", provider.kind() == Kind.GOOGLE ? issued.person().email().replaceFirst(".*@", "") : null);
        return issued.lie().claims().of(honest, issuer, now);
    }

    /** How the service has proved who it is. */
    private static String proof(
            Named provider, Map<String, String> sent, @org.jspecify.annotations.Nullable String basic) {
        String client = sent.getOrDefault("client_id", "");
        String secret = sent.getOrDefault("client_secret", "");
        if (basic != null && basic.startsWith("Basic ")) {
            String[] halves =
                    new String(Base64.getDecoder().decode(basic.substring(6)), StandardCharsets.UTF_8).split(":", 2);
            client = URLDecoder.decode(halves[0], StandardCharsets.UTF_8);
            secret = halves.length < 2 ? "" : URLDecoder.decode(halves[1], StandardCharsets.UTF_8);
        }
        if (!client.equals(provider.client())) {
            return "none";
        }
        return switch (provider.place().orElseThrow().proof()) {
            case Proof.Shared(String wanted) -> secret.equals(wanted) ? "shared" : "none";
            case Proof.Signed signed -> ClientToken.good(secret, signed, provider) ? "signed" : "none";
        };
    }

    private static Map<String, String> form(String encoded) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : encoded.split("&")) {
            String[] halves = pair.split("=", 2);
            fields.put(
                    URLDecoder.decode(halves[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(halves.length > 1 ? halves[1] : "", StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void send(HttpExchange exchange, int status, JsonObject body) throws IOException {
        byte[] bytes = body.canonical();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        lock.unlock();
    }
}
