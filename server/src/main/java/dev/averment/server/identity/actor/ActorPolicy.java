package dev.averment.server.identity.actor;

import dev.averment.claims.Durations;
import dev.averment.claims.Page;
import java.time.Duration;
import java.util.Map;

/**
 * {@code policy.services} of the operator's page.
 *
 * @param life how long a token between services may live at most; a minute where the page is silent
 */
public record ActorPolicy(Duration life) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofMinutes(10);

    public ActorPolicy {
        if (life.compareTo(Duration.ofSeconds(5)) < 0 || life.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("The page's policy lets tokens between services live "
                    + Durations.write(life) + " (services.tokenLifetime); between 5s and 10m make sense.");
        }
    }

    public static ActorPolicy of(Page page) {
        Object stated = page.policy().get("services") instanceof Map<?, ?> m ? m.get("tokenLifetime") : null;
        if (stated == null || stated instanceof Duration) {
            return new ActorPolicy(stated == null ? MINUTE : (Duration) stated);
        }
        return new ActorPolicy(Durations.parse(String.valueOf(stated))
                .orElseThrow(() -> new IllegalArgumentException("The page's policy gives services.tokenLifetime as \""
                        + stated + "\"; write a duration such as 60s.")));
    }
}
