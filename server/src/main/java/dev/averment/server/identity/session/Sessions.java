package dev.averment.server.identity.session;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Opens, finds, refreshes and ends sessions. Every method takes the transaction that it is part of: what happens to a
 * session and the entry that says so are committed together, or not at all.
 */
public final class Sessions {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A session's last use is written down once a minute, not at each request. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    /** Open sessions that an account may have: the next one ends the one that was used longest ago (ASVS 7.1.2). */
    public static final int MOST = 50;

    private final SessionStore store = new SessionStore();
    private final SessionPolicy policy;
    private final KeyRing cookieKeys;
    private final AccessTokens accessTokens;
    private final InstantSource clock;

    /**
     * @param cookieKeys sign session cookies and refresh tokens
     * @param tokenKeys  sign access tokens
     * @param issuer     this server's own address
     */
    public Sessions(SessionPolicy policy, KeyRing cookieKeys, KeyRing tokenKeys, String issuer, InstantSource clock) {
        this.policy = policy;
        this.cookieKeys = cookieKeys;
        this.accessTokens = new AccessTokens(tokenKeys, issuer, policy.accessToken(), clock);
        this.clock = clock;
    }

    /**
     * What a client is handed. All but the id sign somebody in, so none of it may get into a log.
     *
     * @param cookie  value of the session cookie, for browsers; empty after a refresh
     * @param refresh value of the refresh cookie, for programs that hold access tokens
     */
    public record Credentials(
            UUID session,
            String cookie,
            String refresh,
            String accessToken,
            Duration accessTokenLife,
            Instant expires) {
        @Override
        public String toString() {
            return "credentials of session " + session;
        }
    }

    /** What became of a refresh token. */
    public sealed interface Refreshed {
        /** A new one; {@code repeated} when it is the one that was handed out a moment ago. */
        record Granted(Session session, Credentials credentials, boolean repeated) implements Refreshed {}

        /** It was a copy of one that had been used: its session is over. */
        record Reused(Session session) implements Refreshed {}

        /** It is none, or its session is over. */
        record Refused() implements Refreshed {}
    }

    /**
     * Opens a session for {@code account}.
     *
     * @param proven when its person was asked who it is, which need not be now: {@link Session#NEVER} when nobody knows
     */
    public Credentials open(
            JdbcClient jdbc, UUID account, Set<String> factors, Instant proven, String client, String address) {
        Instant now = clock.instant();
        var session = new Session(
                UUID.randomUUID(),
                account,
                factors,
                proven.isAfter(now) ? now : proven,
                now,
                now,
                now.plus(policy.absolute()),
                client.length() > 200 ? client.substring(0, 200) : client,
                address,
                // Not stored: it is the account's, and read with each request.
                false);
        store.endBeyond(jdbc, account, MOST - 1, "too-many-sessions", now);
        byte[] secret = SessionSecret.random();
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        store.insert(jdbc, session, SessionSecret.hash(secret), salt);
        return credentials(
                session,
                0,
                salt,
                SessionSecret.sign(session.id(), secret, cookieKeys.current()).encoded());
    }

    private Credentials credentials(Session session, int generation, byte[] salt, String cookie) {
        return new Credentials(
                session.id(),
                cookie,
                RefreshToken.make(session.id(), generation, salt, cookieKeys.current())
                        .encoded(),
                accessTokens.issue(session.id(), session.account(), generation),
                accessTokens.life(),
                session.expires());
    }

    /**
     * Gives an open session another cookie; the one from before is worth nothing from now on. For when it may do more than it
     * could: whoever had the cookie of the lesser session must not have the greater one (ASVS 7.2.4).
     *
     * @return the cookie's value; empty when the session has ended
     */
    public Optional<String> renew(JdbcClient jdbc, Session session) {
        byte[] secret = SessionSecret.random();
        return store.resecret(jdbc, session.id(), SessionSecret.hash(secret))
                ? Optional.of(SessionSecret.sign(session.id(), secret, cookieKeys.current())
                        .encoded())
                : Optional.empty();
    }

    /** The live session that a cookie stands for. */
    public Optional<Session> byCookie(JdbcClient jdbc, String cookie) {
        return SessionSecret.verified(cookie, cookieKeys)
                .flatMap(secret -> store.find(jdbc, secret.session())
                        .filter(row -> MessageDigest.isEqual(row.secretHash(), SessionSecret.hash(secret.secret())))
                        .filter(row -> row.live(clock.instant(), policy))
                        // A cookie tells nothing of whether a refresh token arrived.
                        .map(row -> used(jdbc, row, RefreshRule.NONE)));
    }

    /** The live session that an access token is of. */
    public Optional<Session> byAccessToken(JdbcClient jdbc, String token) {
        return accessTokens
                .verified(token)
                .flatMap(claims -> store.find(jdbc, claims.session())
                        .filter(row -> row.session().account().equals(claims.account()))
                        .filter(row -> row.live(clock.instant(), policy))
                        .map(row -> used(jdbc, row, claims.generation())));
    }

    /** The session, if it lives; being asked for by another service doesn't count as a use of it. */
    public Optional<Session> alive(JdbcClient jdbc, UUID session) {
        return store.find(jdbc, session)
                .filter(row -> row.live(clock.instant(), policy))
                .map(SessionStore.Row::session);
    }

    private Session used(JdbcClient jdbc, SessionStore.Row row, int generation) {
        Instant now = clock.instant();
        if (!row.confirmed() && generation == row.generation() && generation > 0) {
            store.confirm(jdbc, row.session().id(), generation);
        }
        if (now.isAfter(row.session().seen().plus(SEEN_EVERY))) {
            store.seen(jdbc, row.session().id(), now);
        }
        return row.session();
    }

    /** Takes a refresh token in: see {@link RefreshRule}. */
    public Refreshed refresh(JdbcClient jdbc, String token) {
        Optional<RefreshToken> parsed = RefreshToken.parse(token);
        Optional<KeyRing.Key> key = parsed.flatMap(t -> cookieKeys.find(t.key()));
        if (parsed.isEmpty() || key.isEmpty()) {
            return new Refreshed.Refused();
        }
        RefreshToken presented = parsed.get();
        Optional<SessionStore.Row> found = store.lock(jdbc, presented.session());
        if (found.isEmpty()
                || !presented.genuine(found.get().refreshSalt(), key.get())
                || !found.get().live(clock.instant(), policy)) {
            return new Refreshed.Refused();
        }
        SessionStore.Row row = found.get();
        Instant now = clock.instant();
        Session session = row.session();
        return switch (RefreshRule.of(
                presented.generation(),
                row.generation(),
                row.base(),
                row.refreshed(),
                row.confirmed(),
                policy.grace(),
                now)) {
            case ROTATE -> rotated(jdbc, row, row.generation(), now);
            case RECOVER -> rotated(jdbc, row, row.base(), now);
            case REPEAT ->
                new Refreshed.Granted(session, credentials(session, row.generation(), row.refreshSalt(), ""), true);
            case REUSED -> {
                store.end(jdbc, session.account(), session.id(), "refresh-token-reused", now);
                yield new Refreshed.Reused(session);
            }
        };
    }

    private Refreshed rotated(JdbcClient jdbc, SessionStore.Row row, int base, Instant now) {
        int next = row.generation() + 1;
        store.advance(jdbc, row.session().id(), next, base, now);
        return new Refreshed.Granted(row.session(), credentials(row.session(), next, row.refreshSalt(), ""), false);
    }

    /** Live sessions of {@code account}, used last first. */
    public List<Session> of(JdbcClient jdbc, UUID account) {
        return store.ofAccount(jdbc, account).stream()
                .filter(row -> row.live(clock.instant(), policy))
                .map(SessionStore.Row::session)
                .toList();
    }

    /** Ends one session; false when {@code account} has no such open session. */
    public boolean end(JdbcClient jdbc, UUID account, UUID session, String because) {
        return store.end(jdbc, account, session, because, clock.instant());
    }

    /** Ends every session of {@code account}: each is refused at its next request. */
    public void endAll(JdbcClient jdbc, UUID account, String because) {
        store.endAll(jdbc, account, because, clock.instant());
    }

    /** Ends every session of {@code account} but the one that asked for it: how it signs in has changed (ASVS 7.4.3). */
    public void endOthers(JdbcClient jdbc, UUID account, UUID kept, String because) {
        store.endOthers(jdbc, account, kept, because, clock.instant());
    }

    /** Notes that a session no longer counts as one that has shown {@code factors}; how fresh it is stays as it was. */
    public void forget(JdbcClient jdbc, Session session, String... factors) {
        var left = new java.util.HashSet<>(session.factors());
        left.removeAll(List.of(factors));
        store.proven(jdbc, session.id(), left.isEmpty() ? Set.of("password") : left, session.proven());
    }

    /** Notes that the person of a session has just proved again to be there. */
    public void proven(JdbcClient jdbc, UUID session, Set<String> factors) {
        proven(jdbc, session, factors, clock.instant());
    }

    /** As {@link #proven(JdbcClient, UUID, Set)}, when it happened elsewhere and a moment ago. */
    public void proven(JdbcClient jdbc, UUID session, Set<String> factors, Instant at) {
        Instant now = clock.instant();
        store.proven(jdbc, session, factors, at.isAfter(now) ? now : at);
    }

    /** True while the last proof is recent enough for a change of credentials (ASVS 7.5.1). */
    public boolean fresh(Session session) {
        return clock.instant().isBefore(session.proven().plus(policy.fresh()));
    }

    public SessionPolicy policy() {
        return policy;
    }
}
