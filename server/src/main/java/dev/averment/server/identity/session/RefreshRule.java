package dev.averment.server.identity.session;

import java.time.Duration;
import java.time.Instant;

/**
 * What a presented refresh token means. Every use of the good token makes the next one good; the rule is about all
 * others, where a thief and an honest client whose answer was lost look alike at first.
 *
 * <p>Let n be the generation that was handed out last, and b the one that it was handed out for. <em>Confirmed</em> means
 * that an access token of generation n has been used, so that its answer did arrive.
 * <ul>
 *   <li>n: the good one. Rotates to n+1, and b is n.
 *   <li>b within the grace: a second tab, or an answer that was lost just now. The same n again, nothing changes.
 *   <li>b later, n not confirmed: the answer was lost for longer. Rotates to n+1, b stays, and n is dead: whoever presents
 *       it holds a copy. Should this answer be lost too, b may ask again; of all answers that it got only the last is good.
 *   <li>anything else: a copy. The session ends, for thief and victim alike.
 * </ul>
 * So of two holders of one token who went different ways, the second to come is found out at once, and the first at his
 * next step. A token whose MAC is wrong never gets here and ends nothing: otherwise anybody who knows a session's id could
 * end it. OAuth 2.0 Security BCP (RFC 9700) §4.14.2 asks for rotation with detection of reuse, FAPI 2.0 for retries to
 * succeed, however often.
 */
final class RefreshRule {
    private RefreshRule() {}

    /** What b is for a session that has only its first token. */
    static final int NONE = -1;

    enum Outcome {
        ROTATE,
        REPEAT,
        RECOVER,
        REUSED
    }

    /**
     * @param current   n
     * @param base      b, or {@link #NONE}
     * @param refreshed when n was handed out first
     * @param confirmed whether n arrived, as far as we know
     */
    static Outcome of(
            int presented, int current, int base, Instant refreshed, boolean confirmed, Duration grace, Instant now) {
        if (presented == current) {
            return Outcome.ROTATE;
        }
        if (presented != base) {
            return Outcome.REUSED;
        }
        if (now.isBefore(refreshed.plus(grace))) {
            return Outcome.REPEAT;
        }
        return confirmed ? Outcome.REUSED : Outcome.RECOVER;
    }
}
