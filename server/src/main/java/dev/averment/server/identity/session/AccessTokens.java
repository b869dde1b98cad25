package dev.averment.server.identity.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Access tokens: JSON Web Tokens (RFC 7519) of type {@code at+jwt}, signed with HS256, because whoever issues them is also
 * the only one who verifies them. A token says which session it is of, and that session is looked up at every request: a
 * token of an ended session is worth nothing, however long it would have lived.
 */
public final class AccessTokens {
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static final String AUDIENCE = "averment-api";
    private static final int LONGEST = 2_048;

    /** The library passes over letters that are none, and would take many texts for one token. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");

    private final KeyRing keys;
    private final String issuer;
    private final Duration life;
    private final InstantSource clock;

    AccessTokens(KeyRing keys, String issuer, Duration life, InstantSource clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.life = life;
        this.clock = clock;
    }

    /** What a genuine token says. */
    record Claims(UUID session, UUID account, int generation, Instant expires) {}

    String issue(UUID session, UUID account, int generation) {
        Instant now = clock.instant();
        KeyRing.Key key = keys.current();
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(TYPE)
                        .keyID(key.id())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .audience(AUDIENCE)
                        .subject(account.toString())
                        .claim("sid", session.toString())
                        .claim("gen", generation)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(life)))
                        .jwtID(UUID.randomUUID().toString())
                        .build());
        try {
            jwt.sign(new MACSigner(key.secret()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    /**
     * Empty for everything else: another algorithm than HS256 ({@code none} above all), another type, issuer or audience,
     * a key that is unknown or retired, header parameters that point to keys elsewhere, a wrong signature, or an expiry
     * that has passed. No leeway: issuer and verifier read one clock.
     */
    Optional<Claims> verified(String token) {
        if (token.length() > LONGEST || !FORM.matcher(token).matches()) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWSHeader header = jwt.getHeader();
            if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())
                    || !TYPE.equals(header.getType())
                    || header.getKeyID() == null
                    || header.getJWK() != null
                    || header.getJWKURL() != null
                    || header.getX509CertURL() != null
                    || header.getX509CertChain() != null
                    || header.getCriticalParams() != null) {
                return Optional.empty();
            }
            Optional<KeyRing.Key> key = keys.find(header.getKeyID());
            if (key.isEmpty() || !jwt.verify(new MACVerifier(key.get().secret()))) {
                return Optional.empty();
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Date expires = claims.getExpirationTime();
            if (!issuer.equals(claims.getIssuer())
                    || !List.of(AUDIENCE).equals(claims.getAudience())
                    || expires == null
                    || !clock.instant().isBefore(expires.toInstant())
                    || !(claims.getClaim("gen") instanceof Number generation)) {
                return Optional.empty();
            }
            Optional<UUID> session = uuid(claims.getStringClaim("sid"));
            Optional<UUID> account = uuid(claims.getSubject());
            return session.isPresent() && account.isPresent()
                    ? Optional.of(new Claims(session.get(), account.get(), generation.intValue(), expires.toInstant()))
                    : Optional.empty();
        } catch (ParseException | JOSEException | RuntimeException e) {
            // Anybody can send anything: whatever the parser says of it (a header of null breaks it), it is no token.
            return Optional.empty();
        }
    }

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static Optional<UUID> uuid(@org.jspecify.annotations.Nullable String text) {
        return text != null && UUID_FORM.matcher(text).matches()
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    Duration life() {
        return life;
    }
}
