package dev.averment.server.identity.purge;

import dev.averment.claims.Durations;
import dev.averment.claims.Page;
import java.time.Duration;
import java.util.Map;

/**
 * For how long identity keeps what is over: {@code policy.retention} of the operator's page. Where the page is silent about one
 * of them its {@code erasure} counts, and 30 days where it is silent about that too.
 *
 * @param sessions  ended or run out, with the address from which they were opened
 * @param links     mailed links, invitations, recovery codes and tokens of programs: used, run out or revoked
 * @param addresses of clients, beside the entries of the log
 */
public record PurgeWindows(Duration sessions, Duration links, Duration addresses) {
    private static final Duration SILENT = Duration.ofDays(30);

    public PurgeWindows {
        for (Duration each : new Duration[] {sessions, links, addresses}) {
            if (each.compareTo(Duration.ofHours(1)) < 0 || each.compareTo(Duration.ofDays(3660)) > 0) {
                throw new IllegalArgumentException("The page's policy keeps something about sign-ins for "
                        + Durations.write(each) + "; between 1h and 3660d make sense.");
            }
        }
    }

    /** @throws IllegalArgumentException when the page states a window that can't be read */
    public static PurgeWindows of(Page page) {
        Map<?, ?> stated = page.policy().get("retention") instanceof Map<?, ?> m ? m : Map.of();
        Duration erasure = window(stated, "erasure", SILENT);
        return new PurgeWindows(
                window(stated, "sessions", erasure),
                window(stated, "links", erasure),
                window(stated, "addresses", erasure));
    }

    private static Duration window(Map<?, ?> stated, String key, Duration silent) {
        Object value = stated.get(key);
        if (value == null || value instanceof Duration) {
            return value == null ? silent : (Duration) value;
        }
        return Durations.parse(String.valueOf(value))
                .orElseThrow(() -> new IllegalArgumentException("The page's policy gives retention." + key + " as \""
                        + value + "\"; write a duration such as 30d."));
    }
}
