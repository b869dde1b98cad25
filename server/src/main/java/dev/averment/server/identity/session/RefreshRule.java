package dev.averment.server.identity.session;

import java.time.Duration;
import java.time.Instant;

/**
 * What a presented refresh token means. Every use of the good token makes the next one good; the rule is about all
 * others, where a thief and an honest client whose answer was lost look alike at first.
 *
 * <p>Let n be the generation that was handed out last. <em>Confirmed</em> means that an access token of generation n has
 * been used, so that its answer did arrive.
 * <ul>
 *   <li>n: the good one. Rotates to n+1.
 *   <li>n−1 within the grace: a second tab, or an answer that was lost just now. The same n again, nothing changes.
 *   <li>n−1 later, n not confirmed and not retried before: the answer was lost for longer. Rotates to n+1, and n is
 *       dead: whoever presents it holds a copy. Should this answer be lost too, the grace holds for it as well.
 *   <li>anything else: a copy. The session ends, for thief and victim alike.
 * </ul>
 * A token whose MAC is wrong never gets here and ends nothing: otherwise anybody who knows a session's id could end it.
 * OAuth 2.0 Security BCP (RFC 9700) §4.14.2 asks for rotation with detection of reuse, FAPI 2.0 for retries to succeed.
 */
final class RefreshRule {
    private RefreshRule() {}

    enum Outcome {
        ROTATE,
        REPEAT,
        RECOVER,
        REUSED
    }

    /**
     * @param current   n
     * @param refreshed when n was handed out
     * @param confirmed whether n arrived, as far as we know
     * @param retried   whether n was handed out for a lost answer, by a token of n−2
     */
    static Outcome of(
            int presented,
            int current,
            Instant refreshed,
            boolean confirmed,
            boolean retried,
            Duration grace,
            Instant now) {
        if (presented == current) {
            return Outcome.ROTATE;
        }
        // After a recovery the generation between is dead, and the one before it asks again if need be.
        if (presented != (retried ? current - 2 : current - 1)) {
            return Outcome.REUSED;
        }
        if (now.isBefore(refreshed.plus(grace))) {
            return Outcome.REPEAT;
        }
        if (retried) {
            return Outcome.REUSED;
        }
        return confirmed ? Outcome.REUSED : Outcome.RECOVER;
    }
}
