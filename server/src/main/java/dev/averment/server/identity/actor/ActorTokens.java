package dev.averment.server.identity.actor;

import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs and verifies what a request of one service to another bears: a token that says which service calls
 * ({@code Authorization: Service …}), and one that says on whose behalf ({@code Averment-Actor: …}). Both are JSON Web Tokens
 * signed with HS256 under keys that only this pair of services has. The actor's token is for one audience, workspace, session,
 * method and path, and for one use; the service's is for that actor's token alone, so neither can be put beside another.
 *
 * <p>Modelled on RFC 9449 (method, path, {@code ath}) and RFC 8693 (acting for somebody).
 */
public final class ActorTokens {
    /** Header of the actor's token. */
    public static final String HEADER = "Averment-Actor";

    /** Scheme of the header {@code Authorization}, with which the service's token begins. */
    public static final String SCHEME = "Service ";

    /** By so much the caller's clock may be ahead. */
    static final Duration LEEWAY = Duration.ofSeconds(5);

    private static final String ACTOR_TYPE = "actor+jwt";
    private static final String SERVICE_TYPE = "service+jwt";
    private static final Set<String> ACTOR_CLAIMS =
            Set.of("iss", "aud", "sub", "sid", "ws", "htm", "htu", "iat", "exp", "jti");
    private static final Set<String> SERVICE_CLAIMS = Set.of("iss", "aud", "iat", "exp", "ath");
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Logger log = LoggerFactory.getLogger(ActorTokens.class);

    private final ServiceKeys keys;
    private final Duration life;
    private final InstantSource clock;

    public ActorTokens(ServiceKeys keys, ActorPolicy policy, InstantSource clock) {
        this.keys = keys;
        this.life = policy.life();
        this.clock = clock;
    }

    /** What a request bears; both are secrets until they are used. */
    public record Signed(String authorization, String actor) {
        @Override
        public String toString() {
            return "the tokens of a request";
        }
    }

    /** Why a request was refused; for the log, never for who asked. */
    enum Why {
        MALFORMED,
        OTHER_TYPE,
        OTHER_AUDIENCE,
        NO_KEY,
        NOT_GENUINE,
        OTHER_REQUEST,
        NOT_YET,
        EXPIRED,
        LIVES_TOO_LONG,
        NOT_OF_EACH_OTHER
    }

    /** What became of the two tokens. */
    sealed interface Verified {
        /** @param token id of the actor's token, to be used up before anything is done */
        record Good(String caller, Actor actor, UUID token, Instant expires) implements Verified {}

        record Bad(Why why) implements Verified {}
    }

    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final Why why;

        Refused(Why why) {
            super(why.name(), null, false, false);
            this.why = why;
        }
    }

    /**
     * Signs one request.
     *
     * @param method as GET
     * @param path   without query, exactly as it will be sent
     */
    public Signed sign(ServicePair pair, Actor actor, String method, String path) throws ServiceKeyException {
        ServiceKeys.Key key = keys.signing(pair);
        long now = clock.instant().getEpochSecond();
        long expires = now + life.toSeconds();
        String actors = CompactToken.signed(
                ServiceKeys.Use.ACTOR,
                ACTOR_TYPE,
                pair,
                key,
                JsonObject.of(
                        "iss", pair.caller(),
                        "aud", pair.callee(),
                        "sub", actor.account().toString(),
                        "sid", actor.session().toString(),
                        "ws", actor.workspace().toString(),
                        "htm", method,
                        "htu", path,
                        "iat", now,
                        "exp", expires,
                        "jti", UUID.randomUUID().toString()));
        String services = CompactToken.signed(
                ServiceKeys.Use.SERVICE,
                SERVICE_TYPE,
                pair,
                key,
                JsonObject.of(
                        "iss", pair.caller(),
                        "aud", pair.callee(),
                        "iat", now,
                        "exp", expires,
                        "ath", digest(actors)));
        return new Signed(SCHEME + services, actors);
    }

    private static String digest(String token) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        Hash.sha256(token.getBytes(StandardCharsets.US_ASCII)).bytes());
    }

    /**
     * Whether the two tokens are genuine, of each other, for {@code callee} and for this very request. Asks no database: what
     * is forged costs two hashes.
     *
     * @param authorization value of the header, scheme and all
     */
    Verified verify(String callee, String authorization, String actor, String method, String path) {
        try {
            if (!authorization.startsWith(SCHEME)) {
                throw new Refused(Why.MALFORMED);
            }
            CompactToken service = genuine(
                    authorization.substring(SCHEME.length()),
                    ServiceKeys.Use.SERVICE,
                    SERVICE_TYPE,
                    callee,
                    SERVICE_CLAIMS);
            CompactToken actors = genuine(actor, ServiceKeys.Use.ACTOR, ACTOR_TYPE, callee, ACTOR_CLAIMS);
            if (!service.pair().equals(actors.pair())
                    || !service.claims().string("ath").equals(digest(actor))) {
                throw new Refused(Why.NOT_OF_EACH_OTHER);
            }
            JsonObject claims = actors.claims();
            if (!claims.string("htm").equals(method) || !claims.string("htu").equals(path)) {
                throw new Refused(Why.OTHER_REQUEST);
            }
            return new Verified.Good(
                    actors.pair().caller(),
                    new Actor(id(claims, "ws"), id(claims, "sub"), id(claims, "sid")),
                    id(claims, "jti"),
                    Instant.ofEpochSecond(claims.integer("exp")));
        } catch (Refused e) {
            return new Verified.Bad(e.why);
        } catch (JsonException e) {
            return new Verified.Bad(Why.MALFORMED);
        }
    }

    private CompactToken genuine(String text, ServiceKeys.Use use, String type, String callee, Set<String> known)
            throws Refused, JsonException {
        CompactToken token = CompactToken.parse(text).orElseThrow(() -> new Refused(Why.MALFORMED));
        if (!token.type().equals(type)) {
            throw new Refused(Why.OTHER_TYPE);
        }
        if (!token.pair().callee().equals(callee)) {
            throw new Refused(Why.OTHER_AUDIENCE);
        }
        if (!token.genuine(use, key(token))) {
            throw new Refused(Why.NOT_GENUINE);
        }
        JsonObject claims = token.claims();
        claims.requireOnly(known);
        if (!claims.string("iss").equals(token.pair().caller())
                || !claims.string("aud").equals(callee)) {
            throw new Refused(Why.OTHER_AUDIENCE);
        }
        Instant now = clock.instant();
        long issued = claims.integer("iat");
        long expires = claims.integer("exp");
        if (issued > now.plus(LEEWAY).getEpochSecond()) {
            throw new Refused(Why.NOT_YET);
        }
        if (now.getEpochSecond() >= expires) {
            throw new Refused(Why.EXPIRED);
        }
        if (expires - issued > life.toSeconds()) {
            throw new Refused(Why.LIVES_TOO_LONG);
        }
        return token;
    }

    private ServiceKeys.Key key(CompactToken token) throws Refused {
        try {
            Optional<ServiceKeys.Key> key = keys.verifying(token.pair(), token.key());
            return key.orElseThrow(() -> new Refused(Why.NO_KEY));
        } catch (ServiceKeyException e) {
            log.warn("A call between services is refused. {}", e.getMessage());
            throw new Refused(Why.NO_KEY);
        }
    }

    private static UUID id(JsonObject claims, String name) throws JsonException, Refused {
        String text = claims.string(name);
        if (!UUID_FORM.matcher(text).matches()) {
            throw new Refused(Why.MALFORMED);
        }
        return UUID.fromString(text);
    }
}
