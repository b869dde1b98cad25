package dev.averment.checks.ratelimit;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import dev.averment.checks.tries.Tries;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code rate-limit}. */
public final class RateLimitCheck implements CheckType {

    @Override
    public String name() {
        return "rate-limit";
    }

    @Override
    public String description() {
        return "Tries to sign in and to reset a password, again and again, until it is refused with a time to wait.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(
                        new Setting("paths", Kind.LIST, false, "Ways to try: sign-in, reset; both by default."),
                        Tries.setting(RateLimitCollector.TRIES, RateLimitCollector.MOST_TRIES)),
                Tries.expected("a try"));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Tries are for one address: the limit by account is what is met. That a network is limited for all accounts"
                        + " together is not shown.",
                "Where the service is one process, nothing is shown of how several count together; the facts say on how many"
                        + " servers it was tried.",
                "A limit that is higher than the number of tries counts as none.");
    }

    @Override
    public Collector collector() {
        return new RateLimitCollector();
    }

    @Override
    public Judge judge() {
        return new RateLimitJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(
                                RateLimitCollector.SIGN_IN,
                                Map.of("tried", 21L, "refused", true, "retryAfterSeconds", 290L)),
                        new Subject(
                                RateLimitCollector.RESET,
                                Map.of("tried", 6L, "refused", true, "retryAfterSeconds", 1800L))),
                Map.of("servers", 1L));
    }
}
