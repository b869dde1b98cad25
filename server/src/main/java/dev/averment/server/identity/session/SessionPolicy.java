package dev.averment.server.identity.session;

import dev.averment.claims.Durations;
import dev.averment.claims.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How long sessions live and how their cookies travel: {@code policy.sessions} of the operator's page.
 *
 * @param sameSite    Lax or Strict, of every cookie that signs somebody in
 * @param accessToken life of an access token
 * @param idle        a session that was not used for so long has ended (NIST SP 800-63B-4 §2: an hour to thirty days)
 * @param absolute    after which everybody signs in again, however busy
 * @param grace       for which the refresh token before the last gets the same answer again: parallel tabs, lost answers
 * @param fresh       for which a sign-in counts as recent enough for changes of credentials
 */
public record SessionPolicy(
        String sameSite, Duration accessToken, Duration idle, Duration absolute, Duration grace, Duration fresh) {

    public SessionPolicy {
        if (!sameSite.equals("Strict") && !sameSite.equals("Lax")) {
            throw new IllegalArgumentException(
                    "The page's policy gives sessions.cookieSameSite as \"" + sameSite + "\"; write Strict or Lax.");
        }
        for (Duration each : List.of(accessToken, idle, absolute)) {
            if (each.compareTo(Duration.ofMinutes(1)) < 0 || each.compareTo(Duration.ofDays(400)) > 0) {
                throw new IllegalArgumentException("The page's policy lets something about sessions live "
                        + Durations.write(each) + "; between 1m and 400d make sense.");
            }
        }
        if (accessToken.compareTo(absolute) > 0) {
            throw new IllegalArgumentException("The page's policy lets access tokens live longer than sessions; lower"
                    + " sessions.accessTokenLifetime.");
        }
    }

    /** What {@code page} states; Strict, fifteen minutes, a day and a week where it is silent. */
    public static SessionPolicy of(Page page) {
        Map<?, ?> stated = page.policy().get("sessions") instanceof Map<?, ?> m ? m : Map.of();
        Object sameSite = stated.get("cookieSameSite");
        return new SessionPolicy(
                sameSite == null ? "Strict" : String.valueOf(sameSite),
                duration(stated, "accessTokenLifetime", Duration.ofMinutes(15)),
                duration(stated, "idle", Duration.ofDays(1)),
                duration(stated, "absolute", Duration.ofDays(7)),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10));
    }

    private static Duration duration(Map<?, ?> stated, String key, Duration missing) {
        Object value = stated.get(key);
        if (value == null || value instanceof Duration) {
            return value == null ? missing : (Duration) value;
        }
        return Durations.parse(String.valueOf(value))
                .orElseThrow(() -> new IllegalArgumentException("The page's policy gives sessions." + key + " as \""
                        + value + "\"; write a duration such as 15m."));
    }
}
