package dev.averment.server.identity.session;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody who signed in and has not signed out.
 *
 * @param factors  what was shown: {@code password}, {@code totp}, {@code recovery-code}, {@code passkey}, {@code provider}
 * @param proven   when the person last proved to be there, for changes that want a recent proof
 * @param client   what the browser or program calls itself, cut short
 * @param address  where the session was opened from
 * @param operator whether the account may operate the server, now and not when it signed in
 */
public record Session(
        UUID id,
        UUID account,
        Set<String> factors,
        Instant proven,
        Instant opened,
        Instant seen,
        Instant expires,
        String client,
        String address,
        boolean operator) {
    /** {@link #proven} of a session whose person was not asked by anybody who says when. */
    public static final Instant NEVER = Instant.EPOCH;

    public Session {
        factors = Set.copyOf(factors);
    }
}
